/** Writes the figures of the scale-out benchmark into docs/scaling.md: what was measured, and what follows for more. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Machine } from '../../bench/machine';
import type { RunResult } from '../../bench/scaleOut/measure';
import { WORKERS } from '../../bench/scaleOut/setups';
import { ROOT } from '../../hosts/paths';
import { markdownTable, writeInto } from './page';

const FIGURES = path.join(ROOT, 'docs', 'figures', 'scale-out.json');

type Run = Omit<RunResult, 'missing'> & { missing: number };

interface Figures {
	takenAt: string;
	machine: Machine;
	runs: Record<string, Run>;
}

const NAMES: Record<string, string> = {
	'one-default': "one process, n8n's defaults",
	one: 'one process, isolates as needed',
	'queue-default': "queue mode, n8n's defaults",
	queue: 'queue mode, isolates as needed in the webhook process',
	'queue-killed': 'the same, a worker killed on the way',
};

const SECONDS_A_DAY = 86_400;
const DAYS = [1_000, 10_000, 100_000, 1_000_000];
/** Of a day's transactions, how many times its average the busiest hour and the busiest second bring. */
const BUSY_HOUR = 4;
const BUSY_SECOND = 25;
/** Room for what else runs. */
const LOAD = 0.7;

export function writeScaleOutTables(): void {
	const figures = JSON.parse(readFileSync(FIGURES, 'utf8')) as Figures;
	writeInto('measured', measuredTable(figures));
	writeInto('arithmetic', arithmeticTable(figures));
}

function measuredTable({ takenAt, machine, runs }: Figures): string {
	const head = [
		'set-up',
		'deliveries',
		'answered a second',
		'rows a second',
		'p50',
		'p95',
		'p99',
		'failed attempts',
		'missing',
		'brought by the poll',
		'twice',
		'memory (MB)',
	];
	const rows = Object.entries(NAMES).flatMap(([id, name]) => (runs[id] ? [createRow(name, runs[id])] : []));
	const on = `*${takenAt}, ${machine.cores} cores (${machine.cpu}) for everything: n8n, Postgres, Redis and the sender.*`;
	return `${on}\n\n${markdownTable([head, ...rows])}`;
}

function createRow(name: string, run: Run): string[] {
	const { p50, p95, p99 } = run.latencyMs;
	return [
		name,
		String(run.deliveries),
		run.acceptedPerSecond.toFixed(0),
		run.rowsPerSecond?.toFixed(0) ?? '–',
		...[p50, p95, p99].map((ms) => `${(ms / 1_000).toFixed(1)} s`),
		String(run.failedAttempts),
		String(run.missing),
		run.broughtByPoll === undefined ? '–' : String(run.broughtByPoll),
		String(run.surplus),
		run.memoryMb.map((mb) => mb.toFixed(0)).join(' · '),
	];
}

function arithmeticTable({ runs }: Figures): string {
	const queue = runs.queue;
	if (queue?.rowsPerSecond === undefined)
		throw new Error('docs/figures/scale-out.json has no run "queue": npm run bench:scale-out -- --only queue');
	const perWorker = queue.rowsPerSecond / WORKERS;
	const perWebhook = queue.acceptedPerSecond;
	const head = [
		'transactions a day',
		'average',
		'busiest hour',
		'workers',
		'busiest second',
		'webhook processes',
		'stored by n8n a day',
	];
	const rows = DAYS.map((day) => {
		const average = day / SECONDS_A_DAY;
		const gigabytes = (day * queue.executionKb) / 2 ** 20;
		return [
			day.toLocaleString('en'),
			`${digits(average)}/s`,
			`${digits(average * BUSY_HOUR)}/s`,
			String(Math.max(1, Math.ceil((average * BUSY_HOUR) / (perWorker * LOAD)))),
			`${digits(average * BUSY_SECOND)}/s`,
			String(Math.max(1, Math.ceil((average * BUSY_SECOND) / (perWebhook * LOAD)))),
			`${digits(gigabytes)} GB`,
		];
	});
	const from = `From the run *queue mode*: ${digits(perWorker)} executions a second for each worker, ${digits(perWebhook)} answers a second for the webhook process, ${digits(queue.executionKb)} kB for each execution in n8n's database.`;
	return `${from}\n\n${markdownTable([head, ...rows])}`;
}

/** Two that count. */
function digits(value: number): string {
	return Number(value.toPrecision(2)).toLocaleString('en');
}
