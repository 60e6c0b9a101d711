/** Draws what reading, polling, receiving and matching cost as they grow, from docs/figures/cost.json. */
import path from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { PARTS, readFigures, type CostFigures, type Part, type Point } from '../../bench/cost/figures';
import { ROOT } from '../../hosts/paths';
import { draw } from './draw';

const PICTURE = path.join('docs', 'pictures', 'cost.svg');

const TITLES: Record<Part, { title: string; size: string }> = {
	reading: { title: 'Reading transactions', size: 'transactions' },
	polling: { title: 'One poll', size: 'transactions in the window' },
	webhook: { title: 'Receiving deliveries, 10 at a time', size: 'deliveries' },
	matching: { title: 'Matching 100 transactions', size: 'open orders' },
};

const OURS = ['#1463b8', '#5fa8e6'];
const PEER = '#b5651d';

/** The same in every row, so that rows can be compared; what is less stands at the bottom. */
const SECONDS = [0.001, 0.01, 0.1, 1, 10, 100];
const MOST_SECONDS = 100;
const MEGABYTES = [1, 10, 100, 1_000];
const MOST_MEGABYTES = 2_000;
const SIZES = [10, 100, 1_000, 10_000, 100_000];

/** @returns the picture's path */
export async function drawCost(): Promise<string> {
	await draw(createChart(readFigures()), path.join(ROOT, PICTURE));
	return PICTURE;
}

type Concatenation = Extract<TopLevelSpec, { vconcat: unknown }>['vconcat'];

function createChart({ parts, takenAt, machine }: CostFigures): TopLevelSpec {
	return {
		title: {
			text: 'What it costs as it grows',
			subtitle: `Time, and growth of the whole process's memory to its peak; all axes in powers of ten; ${machine.cores} cores, ${takenAt}`,
			anchor: 'start',
			offset: 16,
		},
		vconcat: PARTS.map((part) => drawPart(part, parts[part] ?? [])),
		resolve: { scale: { color: 'independent' } },
	};
}

function drawPart(part: Part, points: readonly Point[]): Concatenation[number] {
	const { title, size } = TITLES[part];
	const ours = [...new Set(points.flatMap(({ line, isPeer }) => (isPeer ? [] : line)))];
	const peer = points.find(({ isPeer }) => isPeer)?.line ?? '';
	const color = { domain: [...ours, peer], range: [...OURS.slice(0, ours.length), PEER] };
	const seconds = points.flatMap(({ line, size: at, ms }) => (ms === undefined ? [] : { line, at, value: ms / 1_000 }));
	const megabytes = points.flatMap(({ line, size: at, mb }) => (mb === undefined ? [] : { line, at, value: mb }));
	return {
		title: { text: title, anchor: 'start', fontSize: 12 },
		hconcat: [
			panel('seconds', SECONDS, MOST_SECONDS, size, seconds, color),
			panel('MB', MEGABYTES, MOST_MEGABYTES, size, megabytes, color),
		],
	};
}

function panel(
	unit: string,
	steps: readonly number[],
	most: number,
	size: string,
	values: { line: string; at: number; value: number }[],
	color: { domain: string[]; range: string[] },
): Concatenation[number] {
	const [least = 1] = steps;
	const domain = [least, most];
	return {
		width: 330,
		height: 140,
		data: { values: values.map((point) => ({ ...point, value: Math.max(point.value, least) })) },
		mark: { type: 'line', strokeWidth: 1.5, point: { size: 22 } },
		encoding: {
			x: {
				field: 'at',
				type: 'quantitative',
				title: size,
				scale: { type: 'log', nice: false },
				axis: { values: SIZES, format: '~s' },
			},
			y: {
				field: 'value',
				type: 'quantitative',
				title: unit,
				scale: { type: 'log', domain },
				axis: { values: [...steps], format: '~r', minExtent: 36, maxExtent: 36 },
			},
			color: { field: 'line', type: 'nominal', title: null, scale: color, legend: { labelLimit: 240 } },
		},
	};
}
