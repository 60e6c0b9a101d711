/** Draws the long run from its figures: memory and latency over time. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import type { LongRun } from '../../bench/longRun/figures';
import { ROOT } from '../../demo/host/paths';
import { draw } from './draw';

export const LONG_RUN_FILE = path.join(ROOT, 'docs', 'figures', 'long-run.json');
const PICTURE = path.join(ROOT, 'docs', 'pictures', 'long-run.svg');

/** @returns the picture's path */
export async function drawLongRun(): Promise<string> {
	const run = JSON.parse(readFileSync(LONG_RUN_FILE, 'utf8')) as LongRun;
	await draw(chartOf(run), PICTURE);
	return path.relative(ROOT, PICTURE);
}

function chartOf({ lines, rate, minutes, takenAt }: LongRun): TopLevelSpec {
	const values = lines.flatMap(({ name, samples }) =>
		samples.flatMap(({ atS, residentMb, heapMb, p50Ms, p95Ms }) => [
			{ name, minute: atS / 60, kind: 'resident', value: residentMb },
			{ name, minute: atS / 60, kind: 'heap', value: heapMb },
			{ name, minute: atS / 60, kind: '95 in 100', value: p95Ms },
			{ name, minute: atS / 60, kind: 'median', value: p50Ms },
		]),
	);
	return {
		title: { text: `One n8n process under ${rate} deliveries a second, ${minutes} minutes`, subtitle: `Casso Trigger beside n8n's own Webhook node, at the same time on one machine, ${takenAt}`, anchor: 'start' },
		data: { values },
		vconcat: [part('memory (MB)', ['resident', 'heap']), part('time to answer (ms)', ['95 in 100', 'median'])],
		resolve: { scale: { strokeDash: 'independent' } },
	};
}

type Part = Extract<TopLevelSpec, { vconcat: unknown }>['vconcat'][number];

/** @param kinds the first is drawn solid, the second dashed */
function part(title: string, kinds: readonly [string, string]): Part {
	return {
		width: 720,
		height: 200,
		transform: [{ filter: { field: 'kind', oneOf: [...kinds] } }],
		mark: { type: 'line', strokeWidth: 1.5 },
		encoding: {
			x: { field: 'minute', type: 'quantitative', title: 'minutes since the traffic began' },
			y: { field: 'value', type: 'quantitative', title },
			color: { field: 'name', type: 'nominal', title: null, scale: { range: ['#1463b8', '#b5651d'] } },
			strokeDash: { field: 'kind', type: 'nominal', title: null, scale: { domain: [...kinds], range: [[1, 0], [4, 3]] } },
		},
	};
}
