/** The figures of the runs as a table, and what of them breaks a promise. */
import { WEBHOOK_SETTINGS } from '../../demo/scaled/cluster';
import type { RunResult } from './measure';

const HEAD = [
	'set-up',
	'expression sandboxes',
	'worker',
	'accepted/s',
	'rows/s',
	'p50',
	'p95',
	'p99',
	'max',
	'>5 s',
	'missing',
	'by poll',
	'repeats',
	'memory MB',
];

export function toTable(results: readonly RunResult[]): string {
	const rows = results.map((run) => [
		run.setup,
		getSandboxes(run),
		run.isWorkerKilled ? 'killed' : '',
		run.acceptedPerSecond.toFixed(1),
		run.rowsPerSecond?.toFixed(1) ?? '',
		...[run.latencyMs.p50, run.latencyMs.p95, run.latencyMs.p99, run.latencyMs.max].map((ms) => `${ms} ms`),
		String(run.slowerThan5s),
		String(run.missing.length),
		run.broughtByPoll === undefined ? '' : String(run.broughtByPoll),
		String(run.repeatedWrites),
		run.memoryMb.map((mb) => mb.toFixed(0)).join(' '),
	]);
	const table = [HEAD, ...rows];
	const widths = HEAD.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
	return table
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** When n8n makes a sandbox for expressions at a delivery: always, or only if there is an expression. */
function getSandboxes({ setup, settings }: RunResult): string {
	const { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: lazy } = {
		...(setup === 'queue mode' ? WEBHOOK_SETTINGS : {}),
		...settings,
	};
	return lazy === 'true' ? 'as needed' : 'always';
}

/**
 * Nothing may appear twice or wrong. Nothing may be missing; what a killed worker held, n8n gives up, and the poll must bring
 * all of it.
 *
 * @returns a sentence for each promise that does not hold
 */
export function brokenPromises(run: RunResult): string[] {
	const name = `${run.setup}${run.isWorkerKilled ? ', a worker killed' : ''}`;
	const broken: string[] = [];
	if (run.surplus > 0) broken.push(`${name}: ${run.surplus} rows too many`);
	if (run.wrong > 0) broken.push(`${name}: ${run.wrong} rows differ from what was sent`);
	if (run.missing.length > 0 && !run.isWorkerKilled)
		broken.push(`${name}: ${run.missing.length} transactions are missing`);
	if (run.missing.length > 0 && run.broughtByPoll !== run.missing.length)
		broken.push(`${name}: the poll brought ${run.broughtByPoll ?? 0} of ${run.missing.length}`);
	return broken;
}
