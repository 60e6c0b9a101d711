/** The doctor of Casso against the sandbox: what it asks, and how it ends. */
import { CASSO_MORE, runCassoDoctor, type Progress } from '@saoke/core/doctor';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { connectTo } from '../harness/casso';
import { listen } from './listener';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => {
	sandbox.casso.reset();
});
afterAll(async () => {
	await sandbox.close();
});

it('only reads, one request after the other, with a pause and a line of progress for each', async () => {
	const connection = connectTo(sandbox);
	let inFlight = 0;
	let most = 0;
	const { transport } = connection;
	connection.transport = async (request) => {
		most = Math.max(most, ++inFlight);
		try {
			return await transport(request);
		} finally {
			inFlight--;
		}
	};
	const lines: Progress[] = [];
	const report = await runCassoDoctor(connection, { onProgress: (line) => lines.push(line) });
	const requests = sandbox.casso.requests.list();
	expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
	expect(most).toBe(1);
	expect(report.requests).toBe(requests.length);
	expect(report.requests).toBeLessThanOrEqual(60);
	expect(lines.map(({ request }) => request)).toEqual(requests.map((_, place) => place + 1));
	expect(connection.slept.length).toBe(requests.length - 1);
	expect(Math.min(...connection.slept)).toBeGreaterThanOrEqual(200);
});

it('ends with 0 if all is well, with 1 for a wrong key, with 2 if Casso is not there', async () => {
	expect((await runCassoDoctor(connectTo(sandbox))).exitCode).toBe(0);
	const wrongKey = await runCassoDoctor(connectTo(sandbox, { authentication: 'apiKey', apiKey: 'wrong-key-000' }));
	expect(wrongKey.exitCode).toBe(1);
	expect(wrongKey.checks.find(({ id }) => id === 'key')?.verdict).toBe('attention');
	const elsewhere = await runCassoDoctor({ ...connectTo(sandbox), baseUrl: `${sandbox.url}/nowhere` });
	expect(elsewhere.exitCode).toBe(2);
});

it('checks deliveries to its own webhook by its own token, and others by the given one', async () => {
	const listener = await listen();
	const deliver = async (): Promise<typeof listener.received> => {
		const { casso } = sandbox;
		await casso.webhooks.createByDashboard({
			url: `${listener.url}/shop`,
			dialect: 'legacy',
			secret: 'token-of-the-shop',
		});
		casso.addTransaction({ amount: 10_000, memo: 'DH1' });
		await casso.whenIdle();
		return listener.received;
	};
	const report = await runCassoDoctor(connectTo(sandbox), {
		more: CASSO_MORE,
		extras: {
			write: { address: `${listener.url}/own`, token: 'token-of-the-doctor' },
			secrets: { secureToken: 'token-of-the-shop' },
			listen: deliver,
		},
	});
	await listener.close();
	expect(new Set(listener.received.map(({ isOwn }) => isOwn))).toEqual(new Set([true, false]));
	expect(report.checks.find(({ id }) => id === 'deliveries')).toMatchObject({ verdict: 'all right' });
	expect(report.rows.find(({ id }) => id === 'apiDialect')).toMatchObject({ verdict: 'as assumed' });
});
