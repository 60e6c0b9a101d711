/** `casso-webhook` under attack: what somebody with half a secret, or none, can do to it. */
import { startSandbox } from '@saoke/sandbox';
import { ThrottledStatus } from '../../../packages/node-red-saoke/src/host/throttledStatus';
import type { HostNode, NodeRed, NodeStatus } from '../../../packages/node-red-saoke/src/host/nodeRed';
import { showReady, showRetry } from '../../../packages/node-red-saoke/src/host/nodeStatus';
import type { Services } from '../../../packages/node-red-saoke/src/host/services';
import {
	getError,
	lastStatus,
	TestRuntime,
	until,
	type RuntimeOptions,
	type TestCredentials,
	type TestFlow,
} from '../harness/helper';
import { deliverSigned, deliverWithToken, KEY, post, TOKEN, transaction, webhookFlow } from '../harness/webhook';

let runtime: TestRuntime;

async function start(
	nodes: TestFlow,
	credentials: TestCredentials = { hook: { securityKey: KEY } },
	options: RuntimeOptions = {},
): Promise<void> {
	runtime = new TestRuntime(options);
	await runtime.start(nodes, credentials);
}

afterEach(async () => {
	await runtime.stop();
});

describe('both kinds of deliveries', () => {
	beforeEach(async () => {
		await start(webhookFlow({ dialects: 'both' }), { hook: { securityKey: KEY, secureToken: TOKEN } });
	});

	test('one with a token does not hide a signed one with its id; what differs comes out and is marked', async () => {
		const out = runtime.collect('out');
		const real = transaction({ amount: 500_000 });
		expect((await deliverWithToken(runtime, { ...real, amount: 1 })).status).toBe(200);
		expect((await deliverSigned(runtime, real)).status).toBe(200);
		await until('both', () => out.length === 2);
		expect(out[0]?.payload).not.toHaveProperty('isConflict');
		expect(out[1]?.payload).toMatchObject({ amount: 500_000, isConflict: true });
	});

	test('one with a token that repeats a signed one is answered and not sent again', async () => {
		const out = runtime.collect('out');
		const real = transaction();
		await deliverSigned(runtime, real);
		expect((await deliverWithToken(runtime, real)).status).toBe(200);
		expect((await deliverWithToken(runtime, { ...real, description: 'DH99' })).status).toBe(200);
		await until('the one that differs', () => out.length === 2);
		expect(out.map(({ payload }) => (payload as { isConflict?: boolean }).isConflict)).toEqual([undefined, true]);
	});
});

describe('a request without a proof', () => {
	it.each([
		['no signature', {}, 'noSignature'],
		['a token only', { 'secure-token': TOKEN }, 'noSignature'],
		['a malformed signature', { 'x-casso-signature': 't=1,v1=00' }, 'malformedSignature'],
	])('is answered 401 before its body is read: %s', async (_, headers, reason) => {
		await start(webhookFlow({ secondOutput: true }));
		const other = runtime.collect('other');
		const answer = await post(runtime, '{"error":0,', headers, { unfinished: true });
		expect(answer).toMatchObject({ status: 401, body: '{"success":false}' });
		await until('refusal', () => other.length === 1);
		expect(other[0]?.payload).toMatchObject({ refused: true, reason, heldBack: 0 });
	});

	it('with a wrong token is answered 401 before its body is read', async () => {
		await start(webhookFlow({ dialects: 'legacy' }), { hook: { secureToken: TOKEN } });
		const headers = { 'secure-token': 'wrong', 'content-length': 1_000_000 };
		expect(await post(runtime, '{', headers, { unfinished: true })).toMatchObject({ status: 401 });
	});

	it('starts the second output once in ten seconds, and then tells how many there were', async () => {
		await start(webhookFlow({ secondOutput: true }));
		const other = runtime.collect('other');
		for (let round = 0; round < 30; round++) await deliverSigned(runtime, transaction(), 'wrong'.repeat(9));
		await until('refusal', () => other.length === 1);
		runtime.time.pass(10_000);
		await post(runtime, '{}');
		await until('second', () => other.length === 2);
		expect(other[1]?.payload).toMatchObject({ refused: true, heldBack: 29 });
	});
});

test('a signed delivery of more than 64 KiB is refused, and one with the right token is not', async () => {
	await start(webhookFlow({ dialects: 'both' }), { hook: { securityKey: KEY, secureToken: TOKEN } });
	const long = transaction({ description: 'x'.repeat(64 * 1024) });
	expect((await deliverSigned(runtime, long)).status).toBe(413);
	expect((await deliverWithToken(runtime, long)).status).toBe(200);
	expect((await deliverSigned(runtime, transaction({ description: 'x'.repeat(60 * 1024) }))).status).toBe(200);
});

test('a flood of one kind does not hide the refusals of another from the log', async () => {
	await start(webhookFlow());
	const lines: unknown[] = [];
	runtime.node('hook').on('call:warn', ({ args }) => lines.push(args[0]));
	for (let round = 0; round < 20; round++) await post(runtime, '{}', { 'x-casso-signature': 't=1,v1=00' });
	// As after a key was changed at Casso alone.
	for (let round = 0; round < 3; round++) await deliverSigned(runtime, transaction(), 'another'.repeat(9));
	await until('two lines', () => lines.length === 2);
	expect(lines).toEqual([expect.stringContaining('malformed'), expect.stringContaining('bad signature')]);
});

describe('paths of the editor', () => {
	it.each([
		['/flows', undefined],
		['/auth/token', undefined],
		['//Flow/', undefined],
		['/inject/go', '/'],
		['/admin/hook', '/admin/'],
	])('%s with an admin root of %s is refused', async (path, httpAdminRoot) => {
		await start(webhookFlow({ path }), undefined, { settings: { httpAdminRoot } });
		const caught = runtime.collect('caught');
		await until('error', () => caught.length > 0);
		expect(getError(caught[0])).toMatchObject({ code: 'INVALID_PARAMETER', cause: { parameter: 'path' } });
		expect((await post(runtime, '{}', {}, { place: path })).status).toBe(404);
	});

	it.each([
		['/flows', '/admin'],
		['/flows', false],
		['/flowers', '/'],
	])('%s with an admin root of %s is not one', async (path, httpAdminRoot) => {
		await start(webhookFlow({ path }), undefined, { settings: { httpAdminRoot } });
		expect((await post(runtime, '{}', {}, { place: path })).status).toBe(401);
	});
});

test('a refusal shows for a minute, then the resting state again', async () => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance', 'Date'] });
	try {
		const shown: NodeStatus[] = [];
		const node = { status: (status: NodeStatus) => shown.push(status) } as unknown as HostNode;
		showReady({ settings: {} } as NodeRed, node, 'ready');
		const status = new ThrottledStatus(node, { now: () => 0 } as Services);
		status.showPassing({ text: 'refused' });
		jest.advanceTimersByTime(59_000);
		expect(shown.at(-1)).toEqual({ text: 'refused' });
		jest.advanceTimersByTime(1_000);
		expect(shown.at(-1)).toMatchObject({ fill: 'green', text: 'status.ready' });
		showRetry(node, 0);
		status.showPassing({ text: 'refused' });
		jest.advanceTimersByTime(60_000);
		expect(shown.at(-1)?.text).toMatch(/^⟳/);
		status.showPassing({ text: 'refused' });
		jest.advanceTimersByTime(1_000);
		status.showSent(3);
		jest.advanceTimersByTime(120_000);
		expect(shown.at(-1)?.text).toMatch(/^\+3/);
	} finally {
		jest.useRealTimers();
	}
	await start(webhookFlow());
});

test('a password in front is not shown as green, also not after the registration', async () => {
	const sandbox = await startSandbox({ transactions: 1 });
	try {
		runtime = new TestRuntime({ settings: { httpNodeAuth: { user: 'shop', pass: 'hash' } } });
		runtime.time.isFree = true;
		await runtime.start(
			webhookFlow(
				{ dialects: 'both', register: true, casso: 'casso', publicUrl: 'http://127.0.0.1:1880' },
				{ id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl },
			),
			{ casso: { apiKey: sandbox.apiKey } },
		);
		const statuses = runtime.collect('statuses');
		await until('registration', () => sandbox.casso.webhooks.list().length === 1);
		await until('status', () => lastStatus(statuses) === 'status.passwordInFront');
		expect(statuses.map(({ status }) => (status as NodeStatus).fill)).not.toContain('green');
	} finally {
		await sandbox.close();
	}
});
