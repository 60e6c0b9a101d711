/**
 * The tests on every supported n8n and Node. What came of it is in docs/versions.md.
 *
 *   npm run test:versions                engine tests on the engine of each n8n
 *   npm run test:versions -- --n8n       end-to-end tests in the real n8n of each release
 *   npm run test:versions -- --node-red  end-to-end tests in Node-RED 4.1 and 5.0, on one Node of each line they allow
 *   npm run test:versions -- --nodes     all Jest tests, on one Node of each line
 *   … --only 2.8.4                       one of them
 *
 * Installs what it needs into .saoke/versions. Ends with 1 when a test fails.
 */
import { parseArgs } from 'node:util';
import { fail } from '../hosts/fail';
import { Progress } from '../hosts/progress';
import { packPackages } from '../hosts/tarball';
import { runInHost } from './versions/hostRun';
import { runJest, type Outcome } from './versions/jestRun';
import { n8nFolder } from './versions/n8nFolder';
import { engineFolder, N8N_VERSIONS } from './versions/n8nVersions';
import { NODE_RED_NODES, nodeBinary, NODE_VERSIONS } from './versions/nodeVersions';
import { toTable } from './versions/table';

interface Run {
	/** First cells of its row. */
	cells: string[];
	result: Outcome;
}

/** What users rely on, by n8n's REST interface: its editor looks different in each release. */
const IN_N8N = [
	'start.test.ts',
	'simplize.test.ts',
	'polling.long.ts',
	'trigger.lifecycle.long.ts',
	'trigger.refusals.long.ts',
].map((file) => `test/e2e/${file}`);

const progress = new Progress();

interface Kind {
	/** First cells of the table's head. */
	head: string[];
	run: (only?: string) => Promise<Run[]>;
}

async function main(): Promise<void> {
	const flag = { type: 'boolean', default: false } as const;
	const { values } = parseArgs({ options: { only: { type: 'string' }, n8n: flag, 'node-red': flag, nodes: flag } });
	packPackages();
	const { head, run } = describeType(values);
	const runs = await run(values.only);
	const rows = runs.map(({ cells, result }) => [
		...cells,
		String(result.passed),
		String(result.failed),
		`${result.seconds} s`,
	]);
	progress.say(`\n${toTable([[...head, 'passed', 'failed', 'time'], ...rows])}`);
	if (runs.length === 0 || runs.some(({ result }) => result.failed > 0 || result.passed === 0)) process.exitCode = 1;
}

function describeType(chosen: { n8n?: boolean; 'node-red'?: boolean; nodes?: boolean }): Kind {
	if (chosen.n8n) return { head: ['n8n', 'Node'], run: inEachN8n };
	if (chosen['node-red']) return { head: ['Node-RED', 'Node'], run: inNodeRed };
	if (chosen.nodes) return { head: ['Node'], run: onEachNode };
	return { head: ['n8n', 'n8n-core', 'n8n-workflow', 'Node'], run: onEachEngine };
}

async function onEachEngine(only?: string): Promise<Run[]> {
	const runs: Run[] = [];
	for (const version of N8N_VERSIONS.filter(({ n8n }) => only === undefined || n8n === only)) {
		progress.step(`n8n ${version.n8n}: n8n-core ${version.core}`);
		const folder = await engineFolder(version);
		const result = await runJest({
			paths: ['test/engine'],
			env: { SAOKE_N8N_ENGINE: folder, SAOKE_N8N_CORE: version.core, SAOKE_N8N_WORKFLOW: version.workflow },
		});
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
	for (const { n8n, node } of N8N_VERSIONS.filter((version) => only === undefined || version.n8n === only)) {
		progress.step(`n8n ${n8n} on Node ${node}`);
		const result = await runInHost({
			files: IN_N8N,
			node: await nodeBinary(node),
			n8nFolder: await n8nFolder(n8n, progress),
		});
		for (const failure of result.failures) progress.say(`  ${failure}`);
		runs.push({ cells: [n8n, node], result });
	}
	return runs;
}

async function inNodeRed(only?: string): Promise<Run[]> {
	const runs: Run[] = [];
	for (const node of NODE_RED_NODES.filter((each) => only === undefined || each === only)) {
		progress.step(`Node-RED 4.1 and 5.0 on Node ${node}`);
		const result = await runInHost({
			files: ['test/e2e/nodeRedNodes.test.ts', 'test/e2e/nodeRedHosts.test.ts'],
			node: await nodeBinary(node),
		});
		for (const failure of result.failures) progress.say(`  ${failure}`);
		runs.push({ cells: ['4.1 and 5.0', node], result });
	}
	return runs;
}

main().catch(fail);
