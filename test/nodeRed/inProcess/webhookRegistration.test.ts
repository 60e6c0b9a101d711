/** `casso-webhook` with "register at Casso": its webhook is made, checked and removed there, also when it is deleted halfway. */
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import {
	getError,
	lastStatus,
	LISTENERS,
	TestRuntime,
	until,
	type TestCredentials,
	type TestFlow,
} from '../harness/helper';
import { registeringFlow } from '../harness/webhook';

let sandbox: Sandbox;
/** Every test has its own transactions: a webhook node remembers what it sent for as long as the process runs. */
let seed = 1;
let runtime: TestRuntime;

beforeEach(async () => {
	sandbox = await startSandbox({ seed: seed++, transactions: 5, retryGapsMs: [] });
	runtime = new TestRuntime();
	runtime.time.isFree = true;
});

afterEach(async () => {
	await sandbox.close();
	await runtime.stop();
});

const registering = (publicUrl: string, change: Record<string, unknown> = {}): TestFlow =>
	registeringFlow(sandbox.cassoUrl, publicUrl, change);

const credentials = (): TestCredentials => ({ casso: { apiKey: sandbox.apiKey } });

async function startRegistering(): Promise<string> {
	await runtime.start([...LISTENERS], {});
	const url = await runtime.url();
	await runtime.redeploy(registering(url), 'full', credentials());
	return url;
}

async function untilRegistered(): Promise<void> {
	const statuses = runtime.collect('statuses');
	await until('registered', () => lastStatus(statuses) === 'status.registered');
}

const isAsked = (wanted: string): boolean => sandbox.casso.requests.list().some(({ method }) => method === wanted);

/** By id: before a webhook is made, what has its address is removed, too. */
const isBeingRemoved = (): boolean =>
	sandbox.casso.requests.list().some(({ method, path }) => method === 'DELETE' && /\/\d+$/.test(path));

test('registers once, keeps it over redeploys, and removes it with the node', async () => {
	const url = await startRegistering();
	await untilRegistered();
	const [webhook] = sandbox.casso.webhooks.list();
	expect(webhook?.url).toBe(`${url}/casso/orders`);
	const out = runtime.collect('out');
	sandbox.casso.addTransaction({ amount: 3000, memo: 'DH1' });
	await until('message', () => out.length === 1);
	await runtime.redeploy(registering(url), 'full', credentials());
	await until('checked again', () => isAsked('GET'));
	expect(sandbox.casso.webhooks.list().map(({ id }) => id)).toEqual([webhook?.id]);
	await runtime.redeploy([...LISTENERS], 'full');
	await until('removed', () => sandbox.casso.webhooks.list().length === 0);
});

test('under another address, as in a copy of the installation, it leaves the webhook of the original alone', async () => {
	const url = await startRegistering();
	await untilRegistered();
	const original = sandbox.casso.webhooks.list().map(({ id }) => id);
	const copied = `${url}/copy`;
	await runtime.restart(registering(copied), credentials());
	await until('registered beside it', () => sandbox.casso.webhooks.list().length === 2);
	await runtime.redeploy([...LISTENERS], 'full');
	await until('removed its own', () => sandbox.casso.webhooks.list().length === 1);
	expect(sandbox.casso.webhooks.list().map(({ id }) => id)).toEqual(original);
});

test('deleted while its registration is being checked, it leaves no webhook behind', async () => {
	const url = await startRegistering();
	await untilRegistered();
	sandbox.casso.faults.add({ kind: 'slow', ms: 300, count: 1 });
	await runtime.redeploy(registering(url), 'full', credentials());
	await until('asked', () => isAsked('GET'));
	await runtime.redeploy([...LISTENERS], 'full');
	await until('removed', () => sandbox.casso.webhooks.list().length === 0);
});

test('deleted before it learnt that Casso made the webhook, it leaves none behind', async () => {
	await startRegistering();
	await until('made', () => sandbox.casso.webhooks.list().length === 1);
	await runtime.redeploy([...LISTENERS], 'full');
	await until('removed', () => sandbox.casso.webhooks.list().length === 0);
});

test('a registration from before takes deliveries while the API does not answer', async () => {
	const url = await startRegistering();
	await untilRegistered();
	sandbox.casso.faults.add({ kind: 'httpError', status: 500 });
	await runtime.redeploy(registering(url), 'full', credentials());
	const out = runtime.collect('out');
	await until('asked in vain', () => isAsked('GET'));
	sandbox.casso.addTransaction({ amount: 4000, memo: 'DH2' });
	await until('message', () => out.length === 1);
});

test('tries again while Casso does not answer, and says so', async () => {
	sandbox.casso.faults.add({ kind: 'httpError', status: 500, count: 3 });
	await startRegistering();
	await until('registered', () => sandbox.casso.webhooks.list().length === 1);
});

test.each(['not an address', 'https://shop:a-password@till.example.com'])(
	'an address that Casso could never reach, or that holds a password, is refused: %s',
	async (publicUrl) => {
		await runtime.start(registering(publicUrl), credentials());
		const caught = runtime.collect('caught');
		await until('error', () => caught.length > 0);
		expect(getError(caught[0])).toMatchObject({ cause: { parameter: 'publicUrl' } });
		expect(getError(caught[0]).message).not.toContain('a-password');
		expect(sandbox.casso.webhooks.list()).toEqual([]);
	},
);

test('if only signed deliveries are accepted, registering is refused, and nothing is told to Casso', async () => {
	const url = 'https://till.example.com';
	await runtime.start(registering(url, { dialects: 'v2' }), {
		...credentials(),
		hook: { securityKey: 'k'.repeat(64) },
	});
	const caught = runtime.collect('caught');
	await until('error', () => caught.length > 0);
	expect(getError(caught[0])).toMatchObject({ code: 'INVALID_PARAMETER', cause: { parameter: 'register' } });
	await settled(200);
	expect(sandbox.casso.requests.list()).toEqual([]);
});

test('while one of its secrets comes from an unset variable, nothing is told to Casso', async () => {
	const url = await startRegistering();
	await untilRegistered();
	const before = sandbox.casso.webhooks.list();
	const asked = sandbox.casso.requests.list().length;
	const unset = { ...credentials(), hook: { secureToken: '${SAOKE_TEST_NOPE}' } };
	await runtime.redeploy(registering(url, { path: '/casso/new' }), 'full', unset);
	const statuses = runtime.collect('statuses');
	await settled(200);
	expect(sandbox.casso.webhooks.list()).toEqual(before);
	expect(sandbox.casso.requests.list()).toHaveLength(asked);
	expect(statuses.map(({ status }) => (status as { fill?: string }).fill)).not.toContain('green');
});

describe('what somebody changes at Casso is seen within an hour', () => {
	it('deleted: the webhook is made again, and deliveries pass', async () => {
		await startRegistering();
		await untilRegistered();
		const [webhook] = sandbox.casso.webhooks.list();
		if (webhook) sandbox.casso.webhooks.remove(webhook);
		runtime.time.pass(3_600_000);
		await until('registered again', () => sandbox.casso.webhooks.list().length === 1);
		await settled(200);
		await expectDelivered(3100);
	});

	it('Casso does not answer: a status says so until it does', async () => {
		await startRegistering();
		await untilRegistered();
		const statuses = runtime.collect('statuses');
		runtime.time.isFree = false;
		sandbox.casso.faults.add({ kind: 'httpError', status: 400, count: 1 });
		runtime.time.pass(3_600_000);
		await until('retry', () => lastStatus(statuses)?.startsWith('⟳'));
		runtime.time.pass(60_000);
		await until('registered', () => lastStatus(statuses) === 'status.registered');
		expect(sandbox.casso.webhooks.list()).toHaveLength(1);
	});
});

/** A delivery passes: the node has the token of the one webhook that Casso has. */
async function expectDelivered(amount: number): Promise<void> {
	const out = runtime.collect('out');
	sandbox.casso.addTransaction({ amount, memo: 'DH9' });
	await until('a message', () => out.length === 1);
}

const settled = async (ms = 400): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

describe.each([
	['deleted and undone', []],
	['disabled and enabled', [{ d: true }]],
])('%s while the DELETE is slow', (_name, without) => {
	test('what is wanted now wins: registered at Casso, and deliveries pass', async () => {
		const url = await startRegistering();
		await untilRegistered();
		sandbox.casso.faults.add({ kind: 'slow', ms: 300, method: 'DELETE', count: 1 });
		const gone = without[0] ? registering(url, without[0]) : [...LISTENERS];
		await runtime.redeploy(gone, 'full', credentials());
		await until('being removed', isBeingRemoved);
		await runtime.redeploy(registering(url), 'full', credentials());
		await settled(900);
		expect(sandbox.casso.webhooks.list()).toHaveLength(1);
		await expectDelivered(5000);
	});
});

test('deleted, undone and deleted again while the DELETE is slow: nothing stays at Casso', async () => {
	const url = await startRegistering();
	await untilRegistered();
	sandbox.casso.faults.add({ kind: 'slow', ms: 200, method: 'DELETE', count: 1 });
	await runtime.redeploy([...LISTENERS], 'full');
	await until('being removed', isBeingRemoved);
	await runtime.redeploy(registering(url), 'full', credentials());
	await runtime.redeploy([...LISTENERS], 'full');
	await settled(600);
	expect(sandbox.casso.webhooks.list()).toEqual([]);
});

test('deleted while Casso is slow to make the webhook, it leaves none behind', async () => {
	sandbox.casso.faults.add({ kind: 'slow', ms: 300, method: 'POST', count: 1 });
	await startRegistering();
	await until('being made', () => isAsked('POST'));
	await runtime.redeploy([...LISTENERS], 'full');
	await settled(600);
	expect(sandbox.casso.webhooks.list()).toEqual([]);
});

test('a removal that fails is tried again until it succeeds', async () => {
	await startRegistering();
	await untilRegistered();
	sandbox.casso.faults.add({ kind: 'httpError', status: 503, method: 'DELETE', count: 3 });
	await runtime.redeploy([...LISTENERS], 'full');
	await until('removed', () => sandbox.casso.webhooks.list().length === 0);
});

test('a removal that fails is given up when the node is wanted again', async () => {
	const url = await startRegistering();
	await untilRegistered();
	runtime.time.isFree = false;
	sandbox.casso.faults.add({ kind: 'httpError', status: 503, method: 'DELETE', count: 1 });
	await runtime.redeploy([...LISTENERS], 'full');
	await until('a failed removal', isBeingRemoved);
	await settled(50);
	runtime.time.isFree = true;
	await runtime.redeploy(registering(url), 'full', credentials());
	await settled();
	runtime.time.pass(3_600_000);
	await settled(200);
	expect(sandbox.casso.webhooks.list()).toHaveLength(1);
	await expectDelivered(6000);
});

test('without its tick "register" the webhook goes from Casso', async () => {
	const url = await startRegistering();
	await untilRegistered();
	await runtime.redeploy(registering(url, { register: false }), 'nodes', credentials());
	await until('removed', () => sandbox.casso.webhooks.list().length === 0);
});

test('deleted while its settings were wrong, it still leaves no webhook behind', async () => {
	const url = await startRegistering();
	await untilRegistered();
	await runtime.redeploy(registering(url, { replayWindow: 'soon' }), 'nodes', credentials());
	await settled(100);
	expect(sandbox.casso.webhooks.list()).toHaveLength(1);
	await runtime.redeploy([...LISTENERS], 'full');
	await until('removed', () => sandbox.casso.webhooks.list().length === 0);
});

test('with a new address, Casso has the new one alone', async () => {
	const url = await startRegistering();
	await untilRegistered();
	await runtime.redeploy(registering(url, { path: '/casso/new' }), 'nodes', credentials());
	await until('moved', () => sandbox.casso.webhooks.list()[0]?.url === `${url}/casso/new`);
	await settled(100);
	expect(sandbox.casso.webhooks.list()).toHaveLength(1);
	await expectDelivered(7000);
});

test('what was deleted while Node-RED was off is removed at its start', async () => {
	const url = await startRegistering();
	await untilRegistered();
	await runtime.restart(
		registering(url).filter(({ id }) => id !== 'hook'),
		credentials(),
	);
	await until('removed', () => sandbox.casso.webhooks.list().length === 0);
});

test('another node with the address takes the registration over, without a gap', async () => {
	const url = await startRegistering();
	await untilRegistered();
	const second = registering(url).map((node) => (node.id === 'hook' ? { ...node, id: 'second' } : node));
	await runtime.redeploy([...registering(url), ...second.filter(({ id }) => id === 'second')], 'nodes', credentials());
	await runtime.redeploy(second, 'nodes', credentials());
	await until('checked', () => isAsked('GET'));
	await settled(100);
	expect(sandbox.casso.webhooks.list()).toHaveLength(1);
	await expectDelivered(8000);
});
