/** What the Casso client does when calls go wrong, over real HTTP (casso-api 3). */
import {
	ApiError,
	createWebhook,
	deleteWebhook,
	deleteWebhooksByUrl,
	getAccount,
	getAccounts,
	getTransaction,
	getTransactionPage,
	getUserInfo,
	getWebhook,
	NetworkError,
	requestSync,
	updateWebhook,
	type CassoConnection,
} from '@saoke/core';
import { startSandbox, type ApiFault, type Sandbox } from '@saoke/sandbox';
import { connectTo, getEverything, rejected, type TestConnection } from './harness/casso';

const AUTH_KEY = 'AK_CS.c0ffee00c0ffee00.contract';
const AUTH_TOKEN = 'hook-0123456789abcdef';
const input = { url: 'https://example.com/hook', secureToken: AUTH_TOKEN, incomeOnly: true };

/** Every operation of the client. */
const reads: [string, (connection: CassoConnection) => Promise<unknown>][] = [
	['getUserInfo', getUserInfo],
	['getAccounts', getAccounts],
	['getAccount', (connection) => getAccount(connection, 16608)],
	['getTransactionPage', (connection) => getTransactionPage(connection, {})],
	['getTransactionPage of an account', (connection) => getTransactionPage(connection, { accountId: '16608' })],
	['getTransaction', (connection) => getTransaction(connection, 4_512_301)],
	['getWebhook', (connection) => getWebhook(connection, 1)],
];
const writes: [string, (connection: CassoConnection) => Promise<unknown>][] = [
	['requestSync', (connection) => requestSync(connection, '0071')],
	['createWebhook', (connection) => createWebhook(connection, input)],
	['updateWebhook', (connection) => updateWebhook(connection, 1, input)],
	['deleteWebhook', (connection) => deleteWebhook(connection, 1)],
	['deleteWebhooksByUrl', (connection) => deleteWebhooksByUrl(connection, input.url)],
];

let sandbox: Sandbox;
let connection: TestConnection;

beforeAll(async () => {
	sandbox = await startSandbox({ accounts: 2, transactions: 20, apiKey: AUTH_KEY });
});
beforeEach(() => {
	sandbox.casso.reset();
	connection = connectTo(sandbox);
});
afterAll(async () => {
	await sandbox.close();
});

const sentCount = (): number => sandbox.casso.requests.list().length;

describe.each(reads)('%s', (_name, call) => {
	it.each([401, 403, 404, 500, 501])('HTTP %d is told at once', async (status) => {
		sandbox.casso.faults.add({ kind: 'httpError', status, message: 'in its own words' });
		const error = await rejected(call(connection));
		expect(error).toMatchObject({
			failure: { httpStatus: status, serviceCode: status, serviceMessage: 'in its own words', method: 'GET' },
		});
		expect(sentCount()).toBe(1);
	});

	it.each([429, 502, 503, 504])('HTTP %d is tried again, five times in all', async (status) => {
		sandbox.casso.faults.add({ kind: 'httpError', status });
		expect(await rejected(call(connection))).toMatchObject({ httpStatus: status });
		expect(sentCount()).toBe(5);
		expect(connection.slept).toEqual([250, 500, 1000, 2000]);
	});

	it.each<ApiFault>([
		{ kind: 'html', status: 200 },
		{ kind: 'invalidJson' },
		{ kind: 'errorEnvelope', error: 5, message: 'Busy' },
	])('%p is a failure', async (fault) => {
		sandbox.casso.faults.add(fault);
		expect(await rejected(call(connection))).toBeInstanceOf(ApiError);
	});

	it.each([0, 20])('a connection that breaks after %d bytes of the body is tried again', async (afterBytes) => {
		sandbox.casso.faults.add({ kind: 'reset', afterBytes });
		expect(await rejected(call(connection))).toBeInstanceOf(NetworkError);
		expect(sentCount()).toBe(5);
	});

	it('never shows the key', async () => {
		for (const fault of faultsThatEcho('')) {
			sandbox.casso.faults.clear();
			sandbox.casso.faults.add(fault);
			expect(getEverything(await rejected(call(connection)))).not.toMatch(/AK_CS|c0ffee/);
		}
	});
});

describe.each(writes)('%s', (name, call) => {
	it.each<ApiFault>([
		{ kind: 'httpError', status: 429, retryAfterSeconds: 0 },
		{ kind: 'httpError', status: 503 },
		{ kind: 'html', status: 502 },
		{ kind: 'invalidJson' },
		{ kind: 'errorEnvelope', error: 5 },
		{ kind: 'reset', afterBytes: 0 },
		{ kind: 'reset', afterBytes: 10 },
	])('is sent once, whatever happens: %p', async (fault) => {
		sandbox.casso.faults.add(fault);
		await rejected(call(connection));
		expect(sentCount()).toBe(1);
		expect(connection.slept).toEqual([]);
	});

	it('shows neither the key nor the token', async () => {
		const sendsToken = /create|update/.test(name);
		for (const fault of faultsThatEcho(sendsToken ? AUTH_TOKEN : '')) {
			sandbox.casso.faults.clear();
			sandbox.casso.faults.add(fault);
			expect(getEverything(await rejected(call(connection)))).not.toMatch(/AK_CS|c0ffee|0123456789abcdef/);
		}
	});
});

/** Failures of every class, some of which repeat the key and what else was sent. */
function faultsThatEcho(sent: string): ApiFault[] {
	return [
		{ kind: 'httpError', status: 401, message: `Key ${AUTH_KEY} is unknown` },
		{ kind: 'httpError', status: 400, message: `Bad ${sent} for ${AUTH_KEY}` },
		{ kind: 'errorEnvelope', error: 7, message: `${'x'.repeat(280)}${AUTH_KEY}${sent}` },
		{ kind: 'html', status: 500 },
		{ kind: 'invalidJson' },
		{ kind: 'reset', afterBytes: 0 },
	];
}

describe('a read recovers', () => {
	it.each<[string, ApiFault]>([
		[
			'a rate limit in seconds',
			{ kind: 'httpError', status: 429, retryAfterSeconds: 3, retryAfterForm: 'seconds', count: 1 },
		],
		[
			'a rate limit with a date',
			{ kind: 'httpError', status: 429, retryAfterSeconds: 3, retryAfterForm: 'date', count: 1 },
		],
	])('from %s, having waited as long as asked', async (_case, fault) => {
		sandbox.casso.faults.add(fault);
		await expect(getAccounts(connection)).resolves.toHaveLength(2);
		expect(connection.slept).toHaveLength(1);
		// A date has no fractions of a second, so up to one second is lost on the way.
		expect(connection.slept[0]).toBeGreaterThan(1900);
		expect(connection.slept[0]).toBeLessThanOrEqual(3000);
	});

	it.each<ApiFault>([
		{ kind: 'httpError', status: 503, count: 2 },
		{ kind: 'html', status: 502, count: 2 },
		{ kind: 'reset', afterBytes: 0, count: 2 },
		{ kind: 'reset', count: 2 },
	])('from %p', async (fault) => {
		sandbox.casso.faults.add(fault);
		await expect(getAccounts(connection)).resolves.toHaveLength(2);
		expect(sentCount()).toBe(3);
	});

	it('not from a limit that is longer than it may wait', async () => {
		sandbox.casso.faults.add({ kind: 'httpError', status: 429, retryAfterSeconds: 3600 });
		expect(await rejected(getAccounts(connection))).toMatchObject({
			failure: { httpStatus: 429, retryAfterMs: 3_600_000 },
		});
		expect(sentCount()).toBe(1);
	});
});

it('a server that nobody listens at is named by its reason, not by its address', async () => {
	const gone = await startSandbox();
	await gone.close();
	const error = await rejected(
		getAccounts({ ...connectTo(gone), runtime: { ...connection.runtime, maxTotalWaitMs: 0 } }),
	);
	expect(error).toBeInstanceOf(NetworkError);
	expect(error.message).toBe('No answer to GET /casso/v2/accounts: ECONNREFUSED');
});

it('an answer that never comes is given up', async () => {
	sandbox.casso.faults.add({ kind: 'never' });
	const impatient: CassoConnection = {
		...connection,
		transport: (request) => connection.transport({ ...request, timeoutMs: 1_000 }),
		runtime: { ...connection.runtime, maxTotalWaitMs: 0 },
	};
	const error = await rejected(getAccounts(impatient));
	expect(error.message).toBe('No answer to GET /casso/v2/accounts: timed out');
});

it('a redirect is not followed: the key stays where it was sent', async () => {
	sandbox.casso.faults.add({ kind: 'httpError', status: 302 });
	expect(await rejected(getAccounts(connection))).toMatchObject({ httpStatus: 302 });
	expect(sentCount()).toBe(1);
});
