/**
 * Queue mode beside one process: throughput, latency, and what a killed worker costs. Needs a Postgres and a Redis, as
 * `npm run start:scaled` does, and a machine with nothing else to do.
 *
 *   npm run bench:scale-out                        every run
 *   npm run bench:scale-out -- --deliveries 500    shorter
 *   npm run bench:scale-out -- --only queue-killed
 *   npm run bench:scale-out -- --set N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=false     with other settings of n8n
 *
 * Writes the figures to docs/figures/scale-out.json. Ends with 1 when a transaction appears twice, is wrong, or is missing
 * where that is promised not to happen.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fail } from '../hosts/fail';
import { ROOT } from '../hosts/paths';
import { Progress } from '../hosts/progress';
import { machine } from './machine';
import { layGround } from './scaleOut/ground';
import { measure, type RunPlan, type RunResult } from './scaleOut/measure';
import { brokenPromises, toTable } from './scaleOut/report';

const FILE = path.join(ROOT, 'docs', 'figures', 'scale-out.json');
const PARALLEL = 100;

interface Kind extends Pick<RunPlan, 'setup' | 'isWorkerKilled'> {
	settings?: Record<string, string>;
	/** Of the deliveries asked for; default all. */
	share?: number;
}

const LAZY = 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE';

const RUNS: Record<string, Kind> = {
	// What n8n does by default is slow enough to show with fewer deliveries.
	'one-default': { setup: 'one process', isWorkerKilled: false, settings: { [LAZY]: 'false' }, share: 0.2 },
	one: { setup: 'one process', isWorkerKilled: false, settings: { [LAZY]: 'true' } },
	'queue-default': { setup: 'queue mode', isWorkerKilled: false, settings: { [LAZY]: 'false' }, share: 0.2 },
	queue: { setup: 'queue mode', isWorkerKilled: false },
	'queue-killed': { setup: 'queue mode', isWorkerKilled: true },
};

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			deliveries: { type: 'string', default: '5000' },
			only: { type: 'string' },
			set: { type: 'string', multiple: true, default: [] },
		},
	});
	const settings = Object.fromEntries(values.set.map((text) => text.split('=', 2) as [string, string]));
	const deliveries = Number(values.deliveries);
	if (!Number.isInteger(deliveries) || deliveries < 50) throw new Error('--deliveries must be a whole number from 50');
	if (values.only !== undefined && !RUNS[values.only])
		throw new Error(`There is no run ${values.only}. There are: ${Object.keys(RUNS).join(', ')}.`);
	const names = values.only === undefined ? Object.keys(RUNS) : [values.only];
	const progress = new Progress();
	const ground = await layGround(progress);
	try {
		const results = new Map<string, RunResult>();
		for (const name of names) {
			const { share = 1, ...kind } = RUNS[name] as Kind;
			const plan: RunPlan = {
				...kind,
				deliveries: Math.round(deliveries * share),
				parallel: PARALLEL,
				settings: { ...kind.settings, ...settings },
			};
			progress.step(`${name}: ${plan.deliveries} deliveries, ${PARALLEL} in parallel`);
			results.set(name, await measure(plan, ground, progress));
			save(results);
		}
		progress.say(`\n${toTable([...results.values()])}`);
		const broken = [...results.values()].flatMap(brokenPromises);
		for (const line of broken) console.error(line);
		if (broken.length > 0) process.exitCode = 1;
	} finally {
		await ground.close();
	}
}

/** After every run, so that one that fails does not take the others with it. */
function save(results: ReadonlyMap<string, RunResult>): void {
	const earlier = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as { runs?: object }).runs : {};
	const now = Object.fromEntries(
		[...results].map(([name, { missing, ...figures }]) => [name, { ...figures, missing: missing.length }]),
	);
	mkdirSync(path.dirname(FILE), { recursive: true });
	writeFileSync(
		FILE,
		`${JSON.stringify({ takenAt: new Date().toISOString().slice(0, 10), machine: machine(), runs: { ...earlier, ...now } }, null, '\t')}\n`,
	);
}

main().catch(fail);
