/**
 * Most memory that n8n takes while it receives 300 deliveries, 100 at a time, as after an outage: the Casso Trigger, also
 * grouped, against n8n's Webhook node. A fresh n8n for each, since a process keeps what it once took.
 */
import { postAll } from '../test/e2e/harness/post';
import { residentMb } from './residentMemory';
import type { BenchResult } from './result';
import { DEFAULTS, LAZY, startContest, whenNothingRuns, type Contender } from './webhook/contenders';

const DELIVERIES = 300;
const PARALLEL = 100;
const SAMPLE_MS = 100;

export async function run(): Promise<BenchResult[]> {
	const results: BenchResult[] = [];
	for (const [setting, env] of [
		['sandboxes as needed', LAZY],
		["n8n's defaults", DEFAULTS],
	] as const) {
		const peer = await measurePeakMb('webhook node', env);
		for (const [contender, isGoal] of [
			['signed, grouped', true],
			['signed', false],
			['header auth', false],
		] as const) {
			const ours = await measurePeakMb(contender, env);
			results.push({
				name: `peak memory: ${contender}, against webhook node, ${setting}`,
				ours,
				peer,
				unit: 'MB',
				ratio: ours / peer,
				goal: isGoal ? 'at most 1' : '',
				pass: !isGoal || ours <= peer,
			});
		}
	}
	return results;
}

async function measurePeakMb(contender: Contender, env: Record<string, string>): Promise<number> {
	const { scratch, urls, makePost, close } = await startContest(env);
	try {
		const { api, pid } = scratch.n8n;
		// Loads and compiles what the first deliveries need.
		await postAll(
			urls[contender],
			Array.from({ length: 5 }, () => makePost(contender)),
			1,
		);
		await whenNothingRuns(api);
		let peakMb = residentMb(pid);
		const timer = setInterval(() => (peakMb = Math.max(peakMb, residentMb(pid))), SAMPLE_MS);
		const answers = await postAll(
			urls[contender],
			Array.from({ length: DELIVERIES }, () => makePost(contender)),
			PARALLEL,
		);
		await whenNothingRuns(api);
		clearInterval(timer);
		const failed = answers.filter(({ status }) => status !== 200).length;
		if (failed > 0) throw new Error(`${failed} of ${DELIVERIES} deliveries failed at ${contender}`);
		return peakMb;
	} finally {
		await close();
	}
}
