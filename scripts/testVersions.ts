/**
 * The tests on every supported n8n and Node. What came of it stands in docs/versions.md.
 *
 *   npm run test:versions                engine tests on the engine of each n8n
 *   npm run test:versions -- --hosts     end-to-end tests in the real n8n, of each release
 *   npm run test:versions -- --nodes     all Jest tests, on one Node of each line
 *   … --only 2.8.4                       one of them
 *
 * Installs what it needs into .saoke/versions. Ends with 1 when a test fails.
 */
import { parseArgs } from 'node:util';
import { fail } from '../demo/host/fail';
import { Progress } from '../demo/host/progress';
import { packPackages } from '../demo/host/tarball';
import { runInN8n } from './versions/hostRun';
import { runJest, type Outcome } from './versions/jestRun';
import { n8nFolder } from './versions/n8nFolder';
import { engineFolder, N8N_VERSIONS } from './versions/n8nVersions';
import { nodeBinary, NODE_VERSIONS } from './versions/nodeVersions';
import { toTable } from './versions/table';

interface Run {
	/** First cells of its row. */
	cells: string[];
	result: Outcome;
}

/** What users rely on, by n8n's REST interface: its editor looks different in each release. */
const IN_N8N = ['start.test.ts', 'simplize.test.ts', 'polling.long.ts', 'trigger.lifecycle.long.ts', 'trigger.refusals.long.ts'].map((file) => `test/e2e/${file}`);

const progress = new Progress();

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { only: { type: 'string' }, nodes: { type: 'boolean', default: false }, hosts: { type: 'boolean', default: false } } });
	packPackages();
	const run = values.nodes ? onEachNode : values.hosts ? inEachN8n : onEachEngine;
	const head = values.nodes ? ['Node'] : values.hosts ? ['n8n'] : ['n8n', 'n8n-core', 'n8n-workflow', 'Node'];
	const runs = await run(values.only);
	const rows = runs.map(({ cells, result }) => [...cells, String(result.passed), String(result.failed), `${result.seconds} s`]);
	progress.say(`\n${toTable([[...head, 'passed', 'failed', 'time'], ...rows])}`);
	if (runs.length === 0 || runs.some(({ result }) => result.failed > 0 || result.passed === 0)) process.exitCode = 1;
}

async function onEachEngine(only?: string): Promise<Run[]> {
	const runs: Run[] = [];
	for (const version of N8N_VERSIONS.filter(({ n8n }) => only === undefined || n8n === only)) {
		progress.step(`n8n ${version.n8n}: n8n-core ${version.core}`);
		const folder = await engineFolder(version);
		const result = await runJest({ paths: ['test/engine'], env: { SAOKE_N8N_ENGINE: folder, SAOKE_N8N_CORE: version.core, SAOKE_N8N_WORKFLOW: version.workflow } });
		for (const failure of result.failures) progress.say(`  ${failure}`);
		runs.push({ cells: [version.n8n, version.core, version.workflow, process.version.slice(1)], result });
	}
	return runs;
}

async function onEachNode(only?: string): Promise<Run[]> {
	const runs: Run[] = [];
	for (const version of NODE_VERSIONS.filter((each) => only === undefined || each === only)) {
		progress.step(`Node ${version}`);
		const result = await runJest({ node: await nodeBinary(version) });
		for (const failure of result.failures) progress.say(`  ${failure}`);
		runs.push({ cells: [version], result });
	}
	return runs;
}

async function inEachN8n(only?: string): Promise<Run[]> {
	const runs: Run[] = [];
	for (const { n8n } of N8N_VERSIONS.filter((version) => only === undefined || version.n8n === only)) {
		progress.step(`n8n ${n8n}`);
		const result = await runInN8n(await n8nFolder(n8n, progress), IN_N8N);
		for (const failure of result.failures) progress.say(`  ${failure}`);
		runs.push({ cells: [n8n], result });
	}
	return runs;
}

main().catch(fail);
