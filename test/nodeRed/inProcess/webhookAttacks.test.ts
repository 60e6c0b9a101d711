/** `casso-webhook` under attack: what somebody with half a secret, or none, can do to it. */
import { TestRuntime, until, type RuntimeOptions, type TestCredentials, type TestFlow } from '../harness/helper';
import { deliverSigned, deliverWithToken, KEY, TOKEN, transaction, webhookFlow } from '../harness/webhook';

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
