/** Requests a second of several receivers of webhooks in one n8n, measured in turn. */
import { postAll } from '../../test/e2e/harness/post';
import { median } from '../median';
import type { BenchResult } from '../result';
import { startContest, whenNothingRuns, type Contender, type Contest } from './contenders';

const PARALLEL = 10;
const ROUNDS = 5;

interface Comparison {
	ours: Contender;
	peer: Contender;
	/** Ratio to reach; undefined if it is only shown. */
	atLeast?: number;
}

export interface Setting {
	/** In words, for the names of the results. */
	name: string;
	env: Record<string, string>;
	/** Of a round. */
	requests: number;
	/** Ratio to n8n's Webhook node that grouped deliveries have to reach. */
	grouped: number;
	/** What a receiver without our checks makes of it, which is only shown. */
	bare: Comparison;
}

/**
 * POST, JSON, 10 at a time, median of five rounds. Rounds of less than a few seconds vary by more than the differences
 * that are measured.
 */
export async function compareRates({ name, env, requests, grouped, bare }: Setting): Promise<BenchResult[]> {
	const comparisons: Comparison[] = [
		{ ours: 'signed, grouped', peer: 'webhook node', atLeast: grouped },
		{ ours: 'token, grouped', peer: 'webhook node', atLeast: grouped },
		{ ours: 'signed', peer: 'header auth', atLeast: 1 },
		{ ours: 'token', peer: 'header auth', atLeast: 1 },
		{ ours: 'signed', peer: 'code node' },
		{ ours: 'signed', peer: 'webhook node' },
		{ ours: 'header auth', peer: 'webhook node' },
		bare,
	];
	const contest = await startContest(env);
	try {
		const contenders = [...new Set(comparisons.flatMap(({ ours, peer }) => [ours, peer]))];
		const rates = await measureInTurn(contest, contenders, requests);
		return comparisons.map(({ ours, peer, atLeast }) => {
			const [own, other] = [median(rates[ours] ?? []), median(rates[peer] ?? [])];
			const ratio = own / other;
			return {
				name: `deliveries: ${ours}, against ${peer}, ${name}`,
				ours: own,
				peer: other,
				unit: 'requests/s',
				ratio,
				goal: atLeast ? `at least ${atLeast}` : '',
				pass: atLeast === undefined || ratio >= atLeast,
			};
		});
	} finally {
		await contest.close();
	}
}

async function measureInTurn(
	contest: Contest,
	contenders: readonly Contender[],
	requests: number,
): Promise<Partial<Record<Contender, number[]>>> {
	const rates: Partial<Record<Contender, number[]>> = {};
	for (let round = 0; round <= ROUNDS; round++) {
		const first = round % contenders.length;
		// Another one begins each time; the first round warms up.
		for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
			const rate = await measure(contest, contender, requests);
			if (round > 0) (rates[contender] ??= []).push(rate);
		}
	}
	return rates;
}

async function measure({ scratch, urls, makePost }: Contest, contender: Contender, requests: number): Promise<number> {
	const posts = Array.from({ length: requests }, () => makePost(contender));
	const startedMs = performance.now();
	const answers = await postAll(urls[contender], posts, PARALLEL);
	const tookMs = performance.now() - startedMs;
	const failed = answers.filter(({ status }) => status !== 200).length;
	if (failed > 0) throw new Error(`${failed} of ${requests} requests failed at ${contender}`);
	await whenNothingRuns(scratch.n8n.api);
	return requests / (tookMs / 1_000);
}
