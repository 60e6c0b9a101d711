/** Paths of `casso-webhook`: two nodes on one path, nodes that go, and an "http in" beside it. */
import {
	getError,
	lastStatus,
	LISTENERS,
	TestRuntime,
	until,
	type RuntimeOptions,
	type TestCredentials,
	type TestFlow,
} from '../harness/helper';
import { deliverSigned, KEY, transaction, webhookFlow } from '../harness/webhook';

let runtime: TestRuntime;

afterEach(async () => {
	await runtime.stop();
});

async function start(
	nodes: TestFlow,
	credentials: TestCredentials = { hook: { securityKey: KEY } },
	options: RuntimeOptions = {},
): Promise<void> {
	runtime = new TestRuntime(options);
	await runtime.start(nodes, credentials);
}

test('two nodes on one path: the first keeps it, the second says so; when the first goes, the path is free', async () => {
	const second = {
		id: 'second',
		type: 'casso-webhook',
		z: 'tab',
		path: 'casso/orders/',
		dialects: 'v2',
		wires: [['other']],
	};
	const credentials = { hook: { securityKey: KEY }, second: { securityKey: 'second'.repeat(9) } };
	await start(webhookFlow({}, second), credentials);
	const caught = runtime.collect('caught');
	await until('error', () => caught.length > 0);
	expect(getError(caught[0]).message).toMatch(/already has the path/);
	expect((await deliverSigned(runtime, transaction())).status).toBe(200);
	expect((await deliverSigned(runtime, transaction(), 'second'.repeat(9))).status).toBe(401);
	await runtime.redeploy([...LISTENERS, second, { id: 'other', type: 'helper', z: 'tab' }], 'full', {
		second: { securityKey: 'second'.repeat(9) },
	});
	expect((await deliverSigned(runtime, transaction(), 'second'.repeat(9))).status).toBe(200);
});

describe.each(['nodes', 'flows', 'full'] as const)(
	'two nodes with one path, after a deployment of kind "%s"',
	(type) => {
		const second = {
			id: 'second',
			type: 'casso-webhook',
			z: 'tab',
			path: 'casso/orders/',
			dialects: 'v2',
			wires: [['other']],
		};
		const other = { id: 'other', type: 'helper', z: 'tab' };
		/** Made again each time: Node-RED removes from it what belongs to no node any more. */
		const keys = (): TestCredentials => ({ hook: { securityKey: KEY }, second: { securityKey: 'second'.repeat(9) } });

		test('the first keeps the path when it is changed; when it goes, the second takes over', async () => {
			await start(webhookFlow({}, second, other), keys());
			await runtime.redeploy(webhookFlow({ name: 'changed' }, second, other), type, keys());
			expect((await deliverSigned(runtime, transaction())).status).toBe(200);
			const statuses = runtime.collect('statuses');
			await runtime.redeploy([...LISTENERS, second, other], type, keys());
			expect((await deliverSigned(runtime, transaction(), 'second'.repeat(9))).status).toBe(200);
			if (type === 'nodes') await until('a status', () => lastStatus(statuses)?.startsWith('+'));
			await runtime.redeploy([...LISTENERS], type);
			expect((await deliverSigned(runtime, transaction(), 'second'.repeat(9))).status).toBe(404);
		});

		test('the second takes over when the first moves to another path or is disabled, and gives way to nobody after that', async () => {
			await start(webhookFlow({}, second, other), keys());
			await runtime.redeploy(webhookFlow({ d: true }, second, other), type, keys());
			expect((await deliverSigned(runtime, transaction(), 'second'.repeat(9))).status).toBe(200);
			if (type === 'full') return;
			await runtime.redeploy(webhookFlow({}, second, other), type, keys());
			expect((await deliverSigned(runtime, transaction(), 'second'.repeat(9))).status).toBe(
				type === 'nodes' ? 200 : 401,
			);
		});

		test('a second one that takes nothing, because a setting is wrong, does not come back for the path after it is gone', async () => {
			await start(webhookFlow({}, { ...second, replayWindow: 'soon' }, other), keys());
			await runtime.redeploy(webhookFlow({}, other), type, keys());
			await runtime.redeploy([...LISTENERS, other], type);
			expect((await deliverSigned(runtime, transaction())).status).toBe(404);
		});
	},
);

test('a deleted or disabled node leaves no route behind', async () => {
	await start(webhookFlow());
	expect((await deliverSigned(runtime, transaction())).status).toBe(200);
	await runtime.redeploy(webhookFlow({ d: true }), 'nodes', { hook: { securityKey: KEY } });
	expect((await deliverSigned(runtime, transaction())).status).toBe(404);
	await runtime.redeploy(webhookFlow(), 'flows', { hook: { securityKey: KEY } });
	expect((await deliverSigned(runtime, transaction())).status).toBe(200);
	await runtime.redeploy([...LISTENERS], 'full');
	expect((await deliverSigned(runtime, transaction())).status).toBe(404);
});

test('an "http in" on the same path neither takes our deliveries nor our route with it when it goes', async () => {
	const httpIn = { id: 'in', type: 'http in', z: 'tab', url: '/casso/orders', method: 'post', wires: [['other']] };
	await start(webhookFlow({}, httpIn), { hook: { securityKey: KEY } }, { coreNodes: ['network/21-httpin'] });
	const other = runtime.collect('other');
	expect((await deliverSigned(runtime, transaction())).status).toBe(200);
	expect(other).toEqual([]);
	await runtime.redeploy(webhookFlow(), 'nodes', { hook: { securityKey: KEY } });
	expect((await deliverSigned(runtime, transaction())).status).toBe(200);
});
