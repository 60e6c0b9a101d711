/** Every call of spec section 4 as documented: envelope, key, shapes, failures, bodies. */
import type { CassoAccount, CassoUserInfo } from '../../../packages/sandbox/src/casso/contract';
import { call, closeAll, list, NOW, sandbox } from './support';

afterEach(closeAll);

const UNAUTHORIZED = { error: 401, message: 'Unauthorized Access', data: null };

describe('the key', () => {
	test.each(['Apikey', 'apikey', 'APIKEY', 'Bearer', 'bearer'])('is accepted as %s', async (scheme) => {
		const casso = await sandbox({ apiKey: 'the-key' });
		const answer = await call(casso, '/v2/userInfo', { headers: { Authorization: `${scheme} the-key` } });
		expect(answer.status).toBe(200);
	});

	test.each([undefined, '', 'the-key', 'Basic the-key', 'Apikey', 'Apikey other', 'Apikey the-key2'])(
		'is refused as %j',
		async (header) => {
			const casso = await sandbox({ apiKey: 'the-key' });
			const response = await fetch(`${casso.cassoUrl}/v2/userInfo`, {
				headers: header === undefined ? {} : { Authorization: header },
			});
			expect(response.status).toBe(401);
			expect(await response.json()).toEqual(UNAUTHORIZED);
		},
	);

	test('an access token of its own goes as Bearer only', async () => {
		const casso = await sandbox({ apiKey: 'the-key', accessToken: 'the-token' });
		expect((await call(casso, '/v2/accounts', { headers: { Authorization: 'Bearer the-token' } })).status).toBe(200);
		expect((await call(casso, '/v2/accounts', { headers: { Authorization: 'Apikey the-token' } })).status).toBe(401);
	});

	test('comes before anything else: unknown calls and bad bodies are 401 without it', async () => {
		const casso = await sandbox();
		for (const [path, method] of [
			['/v2/nothing', 'GET'],
			['/v2/sync', 'POST'],
			['/v2/webhooks/1', 'PUT'],
		] as const) {
			expect((await call(casso, path, { method, headers: { Authorization: '' } })).body).toEqual(UNAUTHORIZED);
		}
	});
});

describe('user and accounts', () => {
	test('userInfo names user, business and the linked accounts in the live form', async () => {
		const casso = await sandbox();
		const { status, body } = await call(casso, '/v2/userInfo');
		const info = body.data as CassoUserInfo;
		expect(status).toBe(200);
		expect(body).toMatchObject({ error: 0, message: 'success' });
		expect(info.user.id).toBeGreaterThan(0);
		expect(info.bankAccs).toHaveLength(4);
		expect(Object.keys(info.bankAccs[0] ?? {})).toEqual([
			'id',
			'bank',
			'bankAccountName',
			'bankSubAccId',
			'balance',
			'memo',
			'connectStatus',
			'planStatus',
			'beginDate',
		]);
	});

	test('accounts carry every documented field, and their balance follows the transactions', async () => {
		const casso = await sandbox();
		const first = casso.casso.data.accounts[0];
		const before = ((await call(casso, '/v2/accounts')).body.data as CassoAccount[])[0];
		casso.casso.addTransaction({ amount: 150_000, accountId: first?.id });
		const answer = await call(casso, '/v2/accounts');
		const after = (answer.body.data as CassoAccount[])[0];
		expect(answer.body.message).toBe('Successful');
		expect(Object.keys(after ?? {})).toEqual([
			'id',
			'accountNumber',
			'accountName',
			'accountType',
			'balance',
			'currency',
			'swift',
			'citad',
			'serviceType',
			'bankName',
			'BIN',
			'bankCodeName',
			'memo',
			'connectStatus',
			'beginningSettingDate',
			'beginningTxnDate',
			'beginningBalance',
			'creditTxnTotal',
			'creditTxnAmount',
			'debitTxnTotal',
			'debitTxnAmount',
			'lockSyncDate',
			'endingBalance',
			'endingTxnDate',
		]);
		expect(after?.balance).toBe((before?.balance ?? 0) + 150_000);
		expect(after?.endingTxnDate).toBe('2026-11-20T00:00:00Z');
	});

	test('one account equals its element of the list; userInfo has the same ids and numbers', async () => {
		const casso = await sandbox();
		const all = (await call(casso, '/v2/accounts')).body.data as CassoAccount[];
		const one = await call(casso, `/v2/accounts/${String(all[1]?.id)}`);
		expect(one.body).toEqual({ error: 0, message: 'Successful', data: all[1] });
		const info = (await call(casso, '/v2/userInfo')).body.data as CassoUserInfo;
		expect(info.bankAccs.map(({ id, bankSubAccId }) => [id, bankSubAccId])).toEqual(
			all.map(({ id, accountNumber }) => [id, accountNumber]),
		);
	});

	test('an account id may be 0', async () => {
		const casso = await sandbox({ firstAccountId: 0 });
		expect((await call(casso, '/v2/accounts/0')).body.error).toBe(0);
		expect((await list(casso, '', '/v2/accounts/0/transactions')).totalRecords).toBeGreaterThan(0);
	});

	test.each([
		['/v2/accounts/1', 404, 404],
		['/v2/accounts/1/transactions', 404, 404],
		['/v2/accounts/abc', 400, 400],
		['/v2/transactions/1', 404, 404],
		['/v2/transactions/-1', 400, 400],
		['/v2/webhooks/1', 404, 404],
		['/v2/webhooks', 404, 404],
		['/v2/nothing', 404, 404],
		['/v1/token', 404, 404],
	])('%s answers HTTP %d with error %d in the envelope', async (path, status, error) => {
		const answer = await call(await sandbox(), path);
		expect(answer.status).toBe(status);
		expect(answer.body).toMatchObject({ error, data: null });
	});
});

describe('the same transaction', () => {
	test('has the same id, amount and memo in both lists and by itself', async () => {
		const casso = await sandbox();
		const added = casso.casso.addTransaction({
			amount: 250_000,
			memo: 'MBVCB.1234567890.DH1024.CT tu 0123456789 toi VCB',
			time: '2026-11-19 21:10:00',
			counterparty: { name: 'NGUYEN VAN A', accountNumber: '0123456789', bankId: '970422', bankName: 'MBBank' },
			virtualAccount: { number: 'VA1', name: 'SHOP' },
		});
		const [ofAll] = (await list(casso, '?fromDate=2026-11-19&toDate=2026-11-19&sort=DESC&pageSize=1')).records;
		const [ofOne] = (
			await list(
				casso,
				'?fromDate=2026-11-19&toDate=2026-11-19&sort=DESC&pageSize=1',
				`/v2/accounts/${String(added.accountId)}/transactions`,
			)
		).records;
		const alone = (await call(casso, `/v2/transactions/${String(added.id)}`)).body.data;
		expect(alone).toEqual(ofAll);
		expect(ofAll).toMatchObject({
			id: added.id,
			amount: 250_000,
			description: added.description,
			when: '2026-11-19T21:10:00',
			bookingDate: '2026-11-19T00:00:00',
			cusumBalance: added.runningBalance,
			corresponsiveName: 'NGUYEN VAN A',
			corresponsiveAccount: '0123456789',
			virtualAccount: 'VA1',
			accountId: added.accountId,
			bankCodeName: 'vietcombank',
		});
		expect(ofOne).toMatchObject({
			privateId: added.id,
			amount: 250_000,
			description: added.description,
			transactionDateTime: '2026-11-19T21:10:00Z',
			transactionDate: '2026-11-19',
			bookingDate: '2026-11-19',
			runningBalance: added.runningBalance,
			counterAccountName: 'NGUYEN VAN A',
			virtualAccountNumber: 'VA1',
		});
	});
});

describe('sync', () => {
	test('answers at once with null; what was queued appears shortly after', async () => {
		const casso = await sandbox({ quirks: { syncDelayMs: 50 } });
		const account = casso.casso.data.accounts[1];
		casso.casso.queueForSync({ amount: 77_000, accountId: account?.id, memo: 'DH77' });
		const before = casso.casso.data.transactions.size;
		const answer = await call(casso, '/v2/sync', { method: 'POST', json: { bank_acc_id: account?.accountNumber } });
		expect(answer).toMatchObject({ status: 200, body: { error: 0, message: 'success', data: null } });
		expect(casso.casso.data.transactions.size).toBe(before);
		await casso.casso.whenIdle();
		expect(casso.casso.data.transactions.size).toBe(before + 1);
		expect(casso.casso.data.transactions.last(account?.id ?? 0)).toMatchObject({
			amount: 77_000,
			description: 'DH77',
			time: NOW,
		});
	});

	test("takes the bank's account number as a text and nothing else", async () => {
		const casso = await sandbox();
		const [account] = casso.casso.data.accounts;
		const bodies = [
			{},
			{ bank_acc_id: account?.id },
			{ bank_acc_id: Number(account?.accountNumber) },
			{ bank_acc_id: '' },
			[],
			'text',
		];
		for (const json of bodies) expect((await call(casso, '/v2/sync', { method: 'POST', json })).status).toBe(400);
		expect((await call(casso, '/v2/sync', { method: 'POST', json: { bank_acc_id: String(account?.id) } })).status).toBe(
			404,
		);
		expect((await call(casso, '/v2/sync', { method: 'POST', body: '{' })).body).toMatchObject({
			error: 400,
			data: null,
		});
		expect((await call(casso, '/v2/sync', { method: 'POST' })).status).toBe(400);
	});

	test('may have a cooldown per account', async () => {
		const casso = await sandbox({ quirks: { syncCooldownMs: 120_000 } });
		const [first, second] = casso.casso.data.accounts;
		const sync = async (number = ''): Promise<number> =>
			(await call(casso, '/v2/sync', { method: 'POST', json: { bank_acc_id: number } })).status;
		expect(await sync(first?.accountNumber)).toBe(200);
		expect(await sync(first?.accountNumber)).toBe(429);
		expect(await sync(second?.accountNumber)).toBe(200);
		casso.casso.advanceClock(120_000, true);
		expect(await sync(first?.accountNumber)).toBe(200);
	});
});

test('the request log knows every call and no secret', async () => {
	const casso = await sandbox({ apiKey: 'the-key' });
	await call(casso, '/v2/accounts?x=1');
	await call(casso, '/v2/webhooks', {
		method: 'POST',
		json: { webhook: 'http://127.0.0.1:1/', secure_token: 'the-token', income_only: false },
	});
	await call(casso, '/v2/accounts', { headers: { Authorization: 'Apikey wrong-key' } });
	await call(casso, '/v2/accounts', { headers: { Authorization: 'the-key' } });
	const log = casso.casso.requests.list();
	expect(log.map(({ method, path, status, authScheme }) => [method, path, status, authScheme])).toEqual([
		['GET', '/v2/accounts', 200, 'Apikey'],
		['POST', '/v2/webhooks', 200, 'Apikey'],
		['GET', '/v2/accounts', 401, 'Apikey'],
		['GET', '/v2/accounts', 401, 'other'],
	]);
	expect(log[0]?.query).toEqual({ x: '1' });
	expect(JSON.stringify(log)).not.toMatch(/the-key|the-token|wrong-key/);
	expect(casso.casso.requests.list({ method: 'POST' })).toHaveLength(1);
});
