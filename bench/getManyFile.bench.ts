/** 200,000 transactions to a CSV file in a real n8n: memory and time, against n8n's HTTP Request node with its pagination. */
import { measureReading } from './cost/inN8n';
import type { BenchResult } from './result';

const TRANSACTIONS = 200_000;
const MOST_MB = 300;

export async function run(): Promise<BenchResult[]> {
	const points = await measureReading(TRANSACTIONS);
	const ours = points.find(({ line }) => line.endsWith('CSV file'));
	// Not a number if n8n died of it, or had not ended after two minutes.
	const peer = points.find(({ isPeer }) => isPeer);
	const compare = (what: 'ms' | 'mb', unit: string, goal: string, most: number): BenchResult => {
		const [mine, theirs] = [ours?.[what] ?? NaN, peer?.[what] ?? NaN];
		const name = `${TRANSACTIONS} transactions to a file, against the HTTP Request node`;
		return { name, ours: mine, peer: theirs, unit, ratio: mine / theirs, goal, pass: goal === '' || mine <= most };
	};
	return [compare('mb', 'MB more', `at most ${MOST_MB} MB`, MOST_MB), compare('ms', 'ms', '', Infinity)];
}
