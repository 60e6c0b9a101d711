/** Sync and webhook registration of the Casso client against the sandbox (casso-api 4.7 and 4.8). */
import {
	createWebhook,
	deleteWebhook,
	deleteWebhooksByUrl,
	getWebhook,
	isNotFound,
	requestSync,
	updateWebhook,
} from '@saoke/core';
import { startSandbox, type CassoQuirks, type Sandbox } from '@saoke/sandbox';
import { connectTo, rejected, type TestConnection } from './harness/casso';

const AUTH_TOKEN = 'hook-0123456789abcdef';
const input = { url: 'https://example.com/hook?a=1&b=ă', secureToken: AUTH_TOKEN, incomeOnly: true };

let sandbox: Sandbox;
let connection: TestConnection;

beforeAll(async () => {
	sandbox = await startSandbox({ accounts: 2, transactions: 5 });
});
beforeEach(() => {
	sandbox.casso.reset();
	connection = connectTo(sandbox);
});
afterAll(async () => {
	await sandbox.close();
});

describe('sync', () => {
	const number = (): string => sandbox.casso.data.accounts[0]?.accountNumber ?? '';

	it.each(['null', 'list', 'object'] as const)('%s as its data is a success', async (syncData) => {
		sandbox.casso.quirks.set({ syncData });
		const data = await requestSync(connection, number());
		expect(data === null ? 'null' : Array.isArray(data) ? 'list' : typeof data).toBe(syncData);
	});

	it('sends the account number as text under the documented key', async () => {
		await requestSync(connection, ` ${number()} `);
		expect(sandbox.casso.requests.list()).toMatchObject([
			{ method: 'POST', path: '/v2/sync', query: {}, body: { bank_acc_id: number() } },
		]);
		expect(Object.keys(sandbox.casso.requests.list()[0]?.body as object)).toEqual(['bank_acc_id']);
	});

	it('too soon is told, with what to do, and not tried again', async () => {
		sandbox.casso.quirks.set({ syncCooldownMs: 60_000 });
		await requestSync(connection, number());
		const error = await rejected(requestSync(connection, number()));
		expect(error).toMatchObject({ httpStatus: 429, hint: expect.stringMatching(/wait/) as string });
		expect(sandbox.casso.requests.list()).toHaveLength(2);
	});

	it.each(['', '  ', '../x', '12 34', 'ă'])('%p is refused before any request', async (accountNumber) => {
		expect(await rejected(requestSync(connection, accountNumber))).toMatchObject({ parameter: 'accountNumber' });
		expect(sandbox.casso.requests.list()).toEqual([]);
	});
});

describe('webhooks', () => {
	it.each<Partial<CassoQuirks>>([{}, { createdStatus: 201 }, { param2: 'token' }])(
		'live from create to delete, with %p',
		async (change) => {
			sandbox.casso.quirks.set(change);
			const created = await createWebhook(connection, input);
			expect(created).toMatchObject({ url: input.url, incomeOnly: true });
			expect(await getWebhook(connection, created.id)).toEqual(created);
			const updated = await updateWebhook(connection, created.id, {
				...input,
				url: 'https://example.com/other',
				incomeOnly: false,
			});
			expect(updated).toMatchObject({ id: created.id, url: 'https://example.com/other', incomeOnly: false });
			await deleteWebhook(connection, created.id);
			expect(isNotFound(await rejected(getWebhook(connection, created.id)))).toBe(true);
			expect(JSON.stringify([created, updated])).not.toContain(AUTH_TOKEN);
		},
	);

	it('all three documented fields are sent, and nothing else', async () => {
		await createWebhook(connection, input);
		expect(sandbox.casso.requests.list()).toMatchObject([{ method: 'POST', path: '/v2/webhooks', query: {} }]);
		expect(sandbox.casso.requests.list()[0]?.body).toEqual({
			webhook: input.url,
			secure_token: '***',
			income_only: true,
		});
		await createWebhook(connection, { ...input, incomeOnly: false });
		expect(sandbox.casso.requests.list()[1]?.body).toMatchObject({ income_only: false });
	});

	it.each<Partial<CassoQuirks>>([{}, { deleteByIdBody: 'null' }, { deleteByIdBody: 'emptyBody' }])(
		'deleting by id succeeds with every body: %p',
		async (change) => {
			sandbox.casso.quirks.set(change);
			const { id } = await createWebhook(connection, input);
			await expect(deleteWebhook(connection, id)).resolves.toBeUndefined();
			expect(isNotFound(await rejected(deleteWebhook(connection, id)))).toBe(true);
		},
	);

	it.each<Partial<CassoQuirks>>([{}, { deleteByUrlBody: 'null' }, { deleteByUrlBody: 'emptyBody' }])(
		'deleting by URL takes every equal one and no other: %p',
		async (change) => {
			sandbox.casso.quirks.set(change);
			const first = await createWebhook(connection, input);
			const second = await createWebhook(connection, input);
			const other = await createWebhook(connection, { ...input, url: 'https://example.com/hook' });
			await expect(deleteWebhooksByUrl(connection, input.url)).resolves.toBe(true);
			expect(isNotFound(await rejected(getWebhook(connection, first.id)))).toBe(true);
			expect(isNotFound(await rejected(getWebhook(connection, second.id)))).toBe(true);
			await expect(getWebhook(connection, other.id)).resolves.toMatchObject({ id: other.id });
			expect(sandbox.casso.requests.list({ method: 'DELETE' })).toMatchObject([
				{ path: '/v2/webhooks', query: { webhook: input.url } },
			]);
		},
	);

	it.each([200, 404, 400] as const)(
		'deleting by URL where there is none is no failure, with HTTP %d',
		async (webhookNotExistsStatus) => {
			sandbox.casso.quirks.set({ webhookNotExistsStatus });
			await expect(deleteWebhooksByUrl(connection, input.url)).resolves.toBe(false);
		},
	);

	it('deleting by URL with a wrong key is a failure, not "none"', async () => {
		const call = deleteWebhooksByUrl(
			connectTo(sandbox, { authentication: 'apiKey', apiKey: 'wrong-key-000' }),
			input.url,
		);
		expect(await rejected(call)).toMatchObject({ httpStatus: 401 });
	});

	it.each(['http', 'always200'] as const)('an unknown id is not found, status %s', async (errorStatus) => {
		sandbox.casso.quirks.set({ errorStatus });
		for (const call of [
			getWebhook(connection, 99),
			deleteWebhook(connection, 99),
			updateWebhook(connection, 99, input),
		]) {
			expect(isNotFound(await rejected(call))).toBe(true);
		}
	});

	it('a URL that is refused as taken is told in Casso’s words', async () => {
		sandbox.casso.quirks.set({ duplicateWebhook: 'reject' });
		await createWebhook(connection, input);
		expect((await rejected(createWebhook(connection, input))).message).toContain('Webhook exists already');
	});

	it('what cannot be meant is refused before any request', async () => {
		expect(await rejected(createWebhook(connection, { ...input, secureToken: '' }))).toMatchObject({
			parameter: 'secureToken',
		});
		expect(await rejected(updateWebhook(connection, 5, { ...input, url: 'example.com' }))).toMatchObject({
			parameter: 'webhookUrl',
		});
		expect(await rejected(updateWebhook(connection, '../5', input))).toMatchObject({ parameter: 'webhookId' });
		expect(await rejected(getWebhook(connection, ''))).toMatchObject({ parameter: 'webhookId' });
		expect(await rejected(deleteWebhook(connection, undefined))).toMatchObject({ parameter: 'webhookId' });
		expect(await rejected(deleteWebhooksByUrl(connection, ''))).toMatchObject({ parameter: 'webhookUrl' });
		expect(sandbox.casso.requests.list()).toEqual([]);
	});
});
