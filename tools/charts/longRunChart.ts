/** Draws a long run from its figures, memory and latency over time, and writes into the page what they say. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import type { LongRun, Traffic } from '../../bench/longRun/figures';
import { ROOT } from '../../hosts/paths';
import { draw } from './draw';
import { markdownTable, writeInto } from './page';

const NAMES: Record<Traffic['kind'], string> = { pace: 'long-run', burst: 'burst' };

export function figuresFile(kind: Traffic['kind']): string {
	return path.join(ROOT, 'docs', 'figures', `${NAMES[kind]}.json`);
}

/** @returns the picture's path */
export async function drawLongRun(kind: Traffic['kind']): Promise<string> {
	const run = JSON.parse(readFileSync(figuresFile(kind), 'utf8')) as LongRun;
	const picture = path.join('docs', 'pictures', `${NAMES[kind]}.svg`);
	await draw(createChart(run), path.join(ROOT, picture));
	if (kind === 'pace') writeInto('long run', createTable(run));
	return picture;
}

function createTable({ lines, machine, minutes, takenAt }: LongRun): string {
	const head = [
		'',
		'sent',
		'failed',
		'memory at most',
		'at the end',
		'growth in the second half',
		'of the heap',
		'median answer',
		'95 in 100',
	];
	const rows = lines.map(({ name, sent, failed, samples, growth }) => [
		name,
		String(sent),
		String(failed),
		`${Math.max(...samples.map(({ residentMb }) => residentMb)).toFixed(0)} MB`,
		`${samples.at(-1)?.residentMb.toFixed(0) ?? '–'} MB`,
		`${growth.residentMbPerHour.toFixed(0)} MB/h`,
		`${growth.heapMbPerHour.toFixed(0)} MB/h`,
		`${getMedian(samples.flatMap(({ p50Ms }) => p50Ms ?? [])).toFixed(0)} ms`,
		`${getMedian(samples.flatMap(({ p95Ms }) => p95Ms ?? [])).toFixed(0)} ms`,
	]);
	return `*${takenAt}, ${minutes} minutes, ${machine.cores} cores (${machine.cpu}) for both and the sender.*\n\n${markdownTable([head, ...rows])}`;
}

/** Of what was seen in each ten seconds. */
function getMedian(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function createChart({ lines, traffic, minutes, takenAt }: LongRun): TopLevelSpec {
	const values = lines.flatMap(({ name, samples }) =>
		samples.flatMap(({ atS, residentMb, heapMb, p50Ms, p95Ms }) => [
			{ name, minute: atS / 60, kind: 'resident', value: residentMb },
			{ name, minute: atS / 60, kind: 'heap', value: heapMb },
			{ name, minute: atS / 60, kind: '95 in 100', value: p95Ms },
			{ name, minute: atS / 60, kind: 'median', value: p50Ms },
		]),
	);
	const what =
		traffic.kind === 'pace'
			? `${traffic.perSecond} deliveries a second, ${minutes} minutes`
			: `${traffic.atOnce} deliveries at once for ${minutes / 2} minutes, and afterwards`;
	return {
		title: {
			text: `One n8n process: ${what}`,
			subtitle: `Casso Trigger beside n8n's own Webhook node, at the same time on one machine, ${takenAt}`,
			anchor: 'start',
		},
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
			strokeDash: {
				field: 'kind',
				type: 'nominal',
				title: null,
				scale: {
					domain: [...kinds],
					range: [
						[1, 0],
						[4, 3],
					],
				},
			},
		},
	};
}
