/**
 * Runs the benchmarks: every `bench/*.bench.ts`, each of which measures us and a named peer in one run.
 *
 *   npm run bench                     all, as one table
 *   npm run bench -- --only NAME      one, NAME being its file name without .bench.ts
 *   npm run bench -- --json           one JSON object a line
 *
 * Ends with 1 when a goal is missed.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { fail } from '../hosts/fail';
import type { BenchResult } from './result';

const SUFFIX = '.bench.ts';

interface Benchmark {
	run: () => Promise<BenchResult[]>;
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } });
	const all: BenchResult[] = [];
	for (const name of chosenNames(values.only)) {
		if (!values.json) console.log(`${name} …`);
		const benchmark = (await import(pathToFileURL(path.join(__dirname, name + SUFFIX)).href)) as Benchmark;
		const results = await benchmark.run();
		if (values.json) for (const result of results) console.log(JSON.stringify(result));
		all.push(...results);
	}
	if (!values.json) console.log(`\n${toTable(all)}`);
	if (all.some(({ pass }) => !pass)) process.exitCode = 1;
}

/** @throws Error naming the benchmarks there are, when none has this name */
function chosenNames(only: string | undefined): string[] {
	const names = readdirSync(__dirname)
		.filter((file) => file.endsWith(SUFFIX))
		.map((file) => file.slice(0, -SUFFIX.length))
		.sort();
	if (only === undefined) return names;
	if (names.includes(only)) return [only];
	throw new Error(`There is no benchmark ${only}. There are: ${names.join(', ')}.`);
}

function toTable(results: readonly BenchResult[]): string {
	const rows = results.map(({ name, ours, peer, unit, ratio, goal, pass }) => [
		name,
		`${round(ours)} ${unit}`,
		`${round(peer)} ${unit}`,
		ratio.toFixed(2),
		goal,
		goal === '' ? '' : pass ? 'yes' : 'NO',
	]);
	const table = [['benchmark', 'ours', 'peer', 'ratio', 'goal', 'met'], ...rows];
	const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
	return table
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

function round(value: number): string {
	return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

main().catch(fail);
