/** `casso-poll`: what is new comes once, over redeploys, restarts and failures; never two polls at once. */
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { FlowMessage } from '../../../packages/node-red-saoke/src/host/nodeRed';
import { getFormerIds, toRuntimePaths } from '../../../packages/node-red-saoke/src/host/subflows';
import { getError, lastStatus, LISTENERS, TestRuntime, until, type TestFlow } from '../harness/helper';

let sandbox: Sandbox;
let runtime: TestRuntime;

beforeEach(async () => {
	sandbox = await startSandbox({ transactions: 30 });
	runtime = new TestRuntime();
});

afterEach(async () => {
	await sandbox.close();
	await runtime.stop();
});

function flow(properties: Record<string, unknown> = {}): TestFlow {
	return [
		...LISTENERS,
		{ id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl },
		{ id: 'poll', type: 'casso-poll', z: 'tab', casso: 'casso', interval: '60', wires: [['out']], ...properties },
		{ id: 'out', type: 'helper', z: 'tab' },
	];
}

const credentials = (): Record<string, Record<string, string>> => ({ casso: { apiKey: sandbox.apiKey } });

/** Lets the pause pass that the node is in, and waits until the poll is over. */
async function poll(): Promise<void> {
	await until('a pause', () => runtime.time.waiting === 1);
	const asked = runtime.time.asked.length;
	runtime.time.pass(16 * 60_000);
	await until('the next pause', () => runtime.time.asked.length > asked && runtime.time.waiting === 1);
}

function ids(messages: FlowMessage[]): unknown[] {
	return messages.map(({ payload }) => (payload as { id: number }).id);
}

test('the first poll sends nothing; then each new transaction comes once, test money out as well', async () => {
	await runtime.start(flow(), credentials());
	const out = runtime.collect('out');
	await poll();
	expect(out).toEqual([]);
	const first = sandbox.casso.addTransaction({ amount: 5000, memo: 'DH1' });
	const second = sandbox.casso.addTransaction({ amount: -700, memo: 'fee' });
	await poll();
	await poll();
	expect(ids(out).sort()).toEqual([first.id, second.id].sort());
});

test('the place is kept in a file over redeploys of every kind', async () => {
	await runtime.start(flow(), credentials());
	await poll();
	expect(readdirSync(path.join(runtime.userDir, 'saoke-state'))).toEqual(['poll.json']);
	for (const type of ['full', 'flows', 'nodes'] as const) {
		const sent = sandbox.casso.addTransaction({ amount: 1000, memo: type });
		await runtime.redeploy(flow({ name: type }), type, credentials());
		const out = runtime.collect('out');
		await poll();
		expect(ids(out)).toEqual([sent.id]);
	}
	expect(readFileSync(path.join(runtime.userDir, 'saoke-state', 'poll.json'), 'utf8')).not.toContain(sandbox.apiKey);
});

test('a file that was damaged is said so, and nothing old is sent', async () => {
	await runtime.start(flow(), credentials());
	await poll();
	writeFileSync(path.join(runtime.userDir, 'saoke-state', 'poll.json'), '{"version":1,"fl');
	await runtime.redeploy(flow({ name: 'again' }), 'nodes', credentials());
	const out = runtime.collect('out');
	await poll();
	expect(out).toEqual([]);
});

test('a backlog is sent at the first poll, as one message where chosen', async () => {
	await runtime.start(flow({ backlogDays: '90', delivery: 'array' }), credentials());
	const out = runtime.collect('out');
	await poll();
	await until('message', () => out.length === 1);
	expect(out[0]?.payload).toHaveLength(30);
});

test('filters: what they refuse is settled, not put off', async () => {
	await runtime.start(flow({ direction: 'in', minAmount: '1000', description: 'DH*' }), credentials());
	await poll();
	const out = runtime.collect('out');
	sandbox.casso.addTransaction({ amount: 5000, memo: 'coffee' });
	sandbox.casso.addTransaction({ amount: 500, memo: 'DH1' });
	const wanted = sandbox.casso.addTransaction({ amount: 5000, memo: 'DH2' });
	await poll();
	expect(ids(out)).toEqual([wanted.id]);
});

test('while Casso fails it waits longer and longer, up to 15 minutes, reports each failure, and then catches up', async () => {
	await runtime.start(flow(), credentials());
	await poll();
	const caught = runtime.collect('caught');
	const statuses = runtime.collect('statuses');
	const out = runtime.collect('out');
	sandbox.casso.faults.add({ kind: 'httpError', status: 401 });
	const before = runtime.time.asked.length;
	for (let round = 0; round < 10; round++) await poll();
	const waits = runtime.time.asked.slice(before);
	expect(waits).toEqual([...waits].sort((a, b) => a - b));
	expect(waits[0]).toBeLessThan(10_000);
	expect(waits.at(-1)).toBe(15 * 60_000);
	expect(caught.length).toBe(10);
	expect(getError(caught[0])).toMatchObject({ code: 'CASSO_API', cause: { httpStatus: 401 } });
	expect(lastStatus(statuses)).toMatch(/^401 · ⟳ \d\d:\d\d:\d\d$/);
	const sent = sandbox.casso.addTransaction({ amount: 5000, memo: 'DH1' });
	sandbox.casso.faults.clear();
	await poll();
	expect(ids(out)).toEqual([sent.id]);
	expect(runtime.time.asked.at(-1)).toBe(60_000);
});

test('a missing key stops the polls: status and one catchable error, no requests', async () => {
	await runtime.start(flow(), {});
	const caught = runtime.collect('caught');
	await until('first pause', () => runtime.time.waiting === 1);
	runtime.time.pass(1000);
	await until('error', () => caught.length === 1);
	expect(getError(caught[0])).toMatchObject({ code: 'INVALID_PARAMETER', cause: { parameter: 'apiKey' } });
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(runtime.time.waiting).toBe(0);
	expect(sandbox.casso.requests.list()).toEqual([]);
});

test('an unknown context store is refused rather than silently replaced by memory', async () => {
	await runtime.start(flow({ store: 'disk' }), credentials());
	const caught = runtime.collect('caught');
	await until('first pause', () => runtime.time.waiting === 1);
	runtime.time.pass(1000);
	await until('error', () => caught.length === 1);
	expect(getError(caught[0]).message).toMatch(/no context store "disk"/);
});

test('closing in the middle of a request ends it, sends nothing and starts no other', async () => {
	await runtime.start(flow(), credentials());
	await poll();
	sandbox.casso.addTransaction({ amount: 5000, memo: 'DH1' });
	sandbox.casso.faults.add({ kind: 'slow', ms: 300 });
	const out = runtime.collect('out');
	runtime.time.pass(60_000);
	await until('request', () => sandbox.casso.requests.list().some(({ status }) => status === null));
	await runtime.redeploy([{ id: 'empty', type: 'tab' }], 'full');
	const count = sandbox.casso.requests.list().length;
	await new Promise((resolve) => setTimeout(resolve, 400));
	expect(out).toEqual([]);
	expect(sandbox.casso.requests.list()).toHaveLength(count);
	expect(runtime.time.waiting).toBe(0);
});

test('state of nodes that were deleted long ago is removed at the start; younger and foreign state stays', async () => {
	await runtime.start(flow(), credentials());
	await poll();
	const folder = path.join(runtime.userDir, 'saoke-state');
	const old = (Date.now() - 40 * 86_400_000) / 1000;
	for (const name of ['gone.json', 'poll.json']) {
		writeFileSync(path.join(folder, name), '{}');
		utimesSync(path.join(folder, name), old, old);
	}
	writeFileSync(path.join(folder, 'young.json'), '{}');
	const { pruneStateFiles } = await import('../../../packages/node-red-saoke/src/host/stateFile');
	await pruneStateFiles(runtime.userDir, new Set(['poll']), Date.now());
	expect(readdirSync(folder).sort()).toEqual(['poll.json', 'young.json']);
	expect(existsSync(path.join(folder, 'gone.json'))).toBe(false);
});

/** The poll inside a subflow, with one instance or several. */
function subflow(...instances: string[]): TestFlow {
	return [
		...LISTENERS,
		{ id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl },
		{ id: 'sub', type: 'subflow', name: 'Bank', in: [], out: [{ x: 0, y: 0, wires: [{ id: 'poll', port: 0 }] }] },
		{ id: 'poll', type: 'casso-poll', z: 'sub', casso: 'casso', interval: '60', wires: [[]] },
		...instances.map((id) => ({ id, type: 'subflow:sub', z: 'tab', wires: [['out']] })),
		{ id: 'out', type: 'helper', z: 'tab' },
	];
}

test('in a subflow, the state of every instance is kept, however old; what no flow has goes after a month', async () => {
	await runtime.start(subflow('a', 'b'), credentials());
	await until('two pauses', () => runtime.time.waiting === 2);
	runtime.time.pass(16 * 60_000);
	const folder = path.join(runtime.userDir, 'saoke-state');
	await until(
		'state',
		() => existsSync(path.join(folder, 'a-poll.json')) && existsSync(path.join(folder, 'b-poll.json')),
	);
	await until('two pauses', () => runtime.time.waiting === 2);
	const old = (Date.now() - 40 * 86_400_000) / 1000;
	writeFileSync(path.join(folder, 'gone-poll.json'), '{}');
	for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), old, old);
	await runtime.restart(subflow('a', 'b'), credentials());
	await until('pruned', () => !existsSync(path.join(folder, 'gone-poll.json')));
	expect(readdirSync(folder).sort()).toEqual(['a-poll.json', 'b-poll.json']);
});

test('moved into a subflow, a poll goes on where it was; a second instance begins with now', async () => {
	await runtime.start(flow(), credentials());
	await poll();
	const sent = sandbox.casso.addTransaction({ amount: 5000, memo: 'DH1' });
	await runtime.redeploy(subflow('a'), 'full', credentials());
	const out = runtime.collect('out');
	await poll();
	expect(ids(out)).toEqual([sent.id]);
	expect(readdirSync(path.join(runtime.userDir, 'saoke-state'))).toEqual(['a-poll.json']);
});

test('ids of nodes as they run, nested subflows included', () => {
	const nodes = [
		{ id: 'outer', type: 'subflow' },
		{ id: 'inner', type: 'subflow' },
		{ id: 'poll', type: 'casso-poll', z: 'inner' },
		{ id: 'in-outer', type: 'subflow:inner', z: 'outer' },
		{ id: 'x', type: 'subflow:outer', z: 'tab' },
		{ id: 'y', type: 'subflow:inner', z: 'tab' },
		{ id: 'plain', type: 'casso-poll', z: 'tab' },
	];
	const paths = toRuntimePaths(nodes);
	expect([...paths.keys()]).toEqual(expect.arrayContaining(['x-in-outer-poll', 'y-poll', 'plain', 'x', 'y']));
	expect(paths.has('poll')).toBe(false);
	expect(getFormerIds(paths, 'x-in-outer-poll')).toEqual(['in-outer-poll', 'poll']);
	expect(getFormerIds(paths, 'plain')).toEqual([]);
	expect([
		...toRuntimePaths([
			{ id: 's', type: 'subflow' },
			{ id: 'i', type: 'subflow:s', z: 's' },
		]).keys(),
	]).toEqual(['s']);
});

test('state that cannot be written: red, one error, nothing lost or sent twice, and stored as soon as that works', async () => {
	const folder = path.join(runtime.userDir, 'saoke-state');
	writeFileSync(folder, 'a file in the place of the folder');
	await runtime.start(flow(), credentials());
	const caught = runtime.collect('caught');
	const statuses = runtime.collect('statuses');
	const out = runtime.collect('out');
	await poll();
	const sent = [1, 2].map((number) => sandbox.casso.addTransaction({ amount: 5000, memo: `DH${number}` }));
	await poll();
	await poll();
	expect(ids(out).sort()).toEqual(sent.map(({ id }) => id).sort());
	expect(lastStatus(statuses)).toBe('status.stateNotStored');
	expect((statuses.at(-1)?.status as { fill: string }).fill).toBe('red');
	expect(caught.map((message) => getError(message).code)).toEqual(['STATE']);
	expect(getError(caught[0]).message).toMatch(/cannot be written to .*saoke-state \(E[A-Z]+\)\. Let Node-RED write/);
	rmSync(folder);
	await poll();
	expect(existsSync(path.join(folder, 'poll.json'))).toBe(true);
	expect(lastStatus(statuses)).toMatch(/^✓/);
});
