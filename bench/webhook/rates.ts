/** Requests a second of several receivers of webhooks in one n8n, measured in turn. */
import { postAll } from '../../test/e2e/harness/post';
import { median } from '../median';
import type { BenchResult } from '../result';
import { startContest, whenNothingRuns, type Contender, type Contest } from './contenders';

const PARALLEL = 10;
const ROUNDS = 5;

export interface Comparison {
	ours: Contender;
	peer: Contender;
	/** Ratio to reach; undefined if it is only shown. */
	atLeast?: number;
}

/**
 * POST, JSON, 10 at a time, median of five rounds. Rounds of less than a few seconds vary by more than the differences
 * that are measured.
 *
 * @param setting in words, for the names of the results
 * @param requests of a round
 */
export async function compareRates(
	comparisons: readonly Comparison[],
	setting: string,
	env: Record<string, string>,
	requests: number,
): Promise<BenchResult[]> {
	const contest = await startContest(env);
	try {
		const contenders = [...new Set(comparisons.flatMap(({ ours, peer }) => [ours, peer]))];
		const rates = await measureInTurn(contest, contenders, requests);
		return comparisons.map(({ ours, peer, atLeast }) => {
			const [own, other] = [median(rates[ours] ?? []), median(rates[peer] ?? [])];
			const ratio = own / other;
			return {
				name: `deliveries: ${ours}, against ${peer}, ${setting}`,
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
