/**
 * What it costs as it grows, in time and memory: reading transactions, polling, receiving deliveries, and matching orders.
 *
 *   npm run bench:cost                                   all parts, 15 minutes
 *   npm run bench:cost -- --only reading                 one part
 *   npm run bench:cost -- --only reading --size 200000   one size of it
 *
 * Puts the figures into docs/figures/cost.json and draws docs/pictures/cost.svg; `npm run charts` draws it again.
 */
import { parseArgs } from 'node:util';
import { fail } from '../hosts/fail';
import { drawCost } from '../tools/charts/costChart';
import { PARTS, store, type Part, type Point } from './cost/figures';
import { measureMatching, measurePolling } from './cost/inProcess';
import { measureReading, measureWebhook } from './cost/inN8n';

const SIZES: Record<Part, number[]> = {
	reading: [1_000, 10_000, 100_000, 200_000],
	polling: [1_000, 10_000, 40_000, 100_000],
	webhook: [100, 1_000, 3_000],
	matching: [10, 100, 1_000, 10_000, 100_000],
};

const MEASURES: Record<Part, (size: number) => Promise<Point[]>> = {
	reading: measureReading,
	polling: measurePolling,
	webhook: measureWebhook,
	matching: measureMatching,
};

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { only: { type: 'string' }, size: { type: 'string' } } });
	const parts = PARTS.filter((part) => values.only === undefined || values.only === part);
	if (parts.length === 0) throw new Error(`There is no part ${values.only}. There are: ${PARTS.join(', ')}.`);
	for (const part of parts) {
		for (const size of values.size === undefined ? SIZES[part] : [Number(values.size)]) {
			const points = await MEASURES[part](size);
			for (const { line, ms, mb } of points)
				console.log(`${part} ${size}: ${line}: ${ms?.toFixed(1) ?? '–'} ms, ${mb?.toFixed(1) ?? '–'} MB`);
			store(part, points);
		}
	}
	console.log(`Drew ${await drawCost()}`);
}

main().catch(fail);
