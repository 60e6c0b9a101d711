/** `casso-webhook` with "register at Casso": its webhook is made, checked and removed there, also when it is deleted halfway. */
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import {
	errorOf,
	lastStatus,
	LISTENERS,
	TestRuntime,
	until,
	type TestCredentials,
	type TestFlow,
} from '../harness/helper';

let sandbox: Sandbox;
let runtime: TestRuntime;

beforeEach(async () => {
	sandbox = await startSandbox({ transactions: 5, retryGapsMs: [] });
	runtime = new TestRuntime();
	runtime.time.isFree = true;
});

afterEach(async () => {
	await sandbox.close();
	await runtime.stop();
});

function registering(publicUrl: string): TestFlow {
	return [
		...LISTENERS,
		{ id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl },
		{
			id: 'hook',
			type: 'casso-webhook',
			z: 'tab',
			path: '/casso/orders',
			dialects: 'v2',
			register: true,
			casso: 'casso',
			publicUrl,
			wires: [['out']],
		},
		{ id: 'out', type: 'helper', z: 'tab' },
	];
}

function credentials(): TestCredentials {
	return { casso: { apiKey: sandbox.apiKey } };
}

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

function isAsked(wanted: string): boolean {
	return sandbox.casso.requests.list().some(({ method }) => method === wanted);
}

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
	await runtime.redeploy(registering(copied), 'full', credentials());
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

test('an address that Casso could never reach is refused', async () => {
	await runtime.start(registering('not an address'), credentials());
	const caught = runtime.collect('caught');
	await until('error', () => caught.length > 0);
	expect(errorOf(caught[0])).toMatchObject({ cause: { parameter: 'publicUrl' } });
	expect(sandbox.casso.webhooks.list()).toEqual([]);
});
