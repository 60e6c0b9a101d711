/** The control API: what another process can do, and who is kept out. */
import { call, closeAll, control, list, sandbox } from './support';

afterEach(closeAll);

describe('transactions', () => {
	test('are added one by one and in batches, listed newest first, and deleted', async () => {
		const casso = await sandbox({ transactions: 3 });
		const one = await control(casso, 'POST', '/transactions', {
			amount: 250_000,
			memo: 'DH1024',
			time: '2026-11-19T21:10:00',
			counterparty: { name: 'NGUYEN VAN A' },
			virtualAccount: { number: 'VA1' },
			reference: 'FT1',
		});
		expect(one.status).toBe(201);
		expect(one.body.transaction).toMatchObject({
			amount: 250_000,
			description: 'DH1024',
			reference: 'FT1',
			time: '2026-11-19T21:10:00+07:00',
			accountNumber: casso.casso.data.accounts[0]?.accountNumber,
		});
		const batch = await control(casso, 'POST', '/transactions/batch', { transactions: [{ amount: 1 }, { amount: 2 }] });
		expect(batch.body.transactions).toHaveLength(2);
		const { body } = await control(casso, 'GET', '/transactions?limit=3');
		expect(body.total).toBe(6);
		expect((body.transactions as Array<{ amount: number }>).map(({ amount }) => amount)).toEqual([2, 1, 250_000]);
		const { id } = one.body.transaction as { id: number };
		expect((await control(casso, 'DELETE', `/transactions/${String(id)}`)).body).toEqual({ deleted: id });
		expect((await control(casso, 'DELETE', `/transactions/${String(id)}`)).status).toBe(404);
		expect((await call(casso, `/v2/transactions/${String(id)}`)).status).toBe(404);
	});

	test('can be queued until the next sync', async () => {
		const casso = await sandbox({ transactions: 0, quirks: { syncDelayMs: 0 } });
		expect((await control(casso, 'POST', '/queue', { amount: 5 })).status).toBe(202);
		expect((await list(casso)).records).toEqual([]);
		await call(casso, '/v2/sync', {
			method: 'POST',
			json: { bank_acc_id: casso.casso.data.accounts[0]?.accountNumber },
		});
		expect((await control(casso, 'GET', '/idle')).body).toEqual({ idle: true });
		expect((await list(casso)).records).toHaveLength(1);
	});

	test.each([
		[{}, "must have required property 'amount'"],
		[{ amount: '5' }, 'amount must be integer'],
		[{ amount: 1.5 }, 'amount must be integer'],
		[{ amount: 5, momo: 'x' }, 'The body has no field "momo"'],
		[{ amount: 5, counterparty: { nam: 'x' } }, 'counterparty has no field "nam"'],
		[{ amount: 5, accountId: 3 }, 'There is no account 3'],
		[{ amount: 5, time: 'soon' }, 'time must be'],
	])('%j is refused with a reason', async (json, message) => {
		const casso = await sandbox({ transactions: 0 });
		const answer = await control(casso, 'POST', '/transactions', json);
		expect(answer.status).toBe(400);
		expect(answer.body.message).toContain(message);
		expect(casso.casso.data.transactions.size).toBe(0);
	});

	test('accounts are listed with their balance', async () => {
		const casso = await sandbox();
		const { body } = await control(casso, 'GET', '/accounts');
		expect((body.accounts as object[])[0]).toMatchObject({
			id: 16608,
			bin: 970436,
			connectStatus: 1,
			balance: casso.casso.data.transactions.balance(16608),
		});
	});
});

describe('switches', () => {
	test('quirks are shown with their choices, changed and reset', async () => {
		const casso = await sandbox();
		expect((await control(casso, 'GET', '/quirks')).body).toMatchObject({
			quirks: { pageEnd: 'null' },
			choices: { pageEnd: ['null', 'zero', 'missing'] },
		});
		expect((await control(casso, 'PATCH', '/quirks', { pageEnd: 'zero', maxPageSize: 5 })).body.quirks).toMatchObject({
			pageEnd: 'zero',
			maxPageSize: 5,
		});
		expect((await list(casso, '?pageSize=50')).pageSize).toBe(5);
		expect(await control(casso, 'PATCH', '/quirks', { pageEnd: 'x' })).toMatchObject({
			status: 400,
			body: { message: expect.stringContaining('pageEnd must be one of') as string },
		});
		expect((await control(casso, 'DELETE', '/quirks')).body.quirks).toMatchObject({
			pageEnd: 'null',
			maxPageSize: null,
		});
	});

	test.each([
		['/faults', { kind: 'httpError', status: 503, count: 3 }],
		['/delivery-faults', { kind: 'duplicate', copies: 2, probability: 0.5 }],
	])('%s are switched on, listed, switched off', async (path, rule) => {
		const casso = await sandbox();
		const added = await control(casso, 'POST', path, rule);
		expect(added).toMatchObject({ status: 201, body: { id: 1 } });
		expect((await control(casso, 'GET', path)).body.faults).toEqual([expect.objectContaining({ id: 1, rule })]);
		expect((await control(casso, 'DELETE', `${path}/1`)).body).toEqual({ removed: 1 });
		expect((await control(casso, 'DELETE', `${path}/1`)).status).toBe(404);
		await control(casso, 'POST', path, rule);
		expect((await control(casso, 'DELETE', path)).body).toEqual({ faults: [] });
	});

	test('a fault set here acts', async () => {
		const casso = await sandbox();
		await control(casso, 'POST', '/faults', { kind: 'errorEnvelope', path: '/v2/accounts', error: 9, count: 1 });
		expect((await call(casso, '/v2/accounts')).body.error).toBe(9);
		expect((await call(casso, '/v2/accounts')).body.error).toBe(0);
	});

	test.each([
		['/faults', {}, 'kind'],
		['/faults', { kind: 'duplicate' }, 'needs a known "kind", not "duplicate"'],
		['/faults', { kind: 'httpError' }, "must have required property 'status'"],
		['/faults', { kind: 'httpError', status: 200 }, 'status must be >= 400'],
		['/faults', { kind: 'slow', ms: 5, path: 1 }, 'path must be string'],
		['/faults', { kind: 'nullData', ms: 5 }, 'has no field "ms"'],
		['/delivery-faults', { kind: 'slow', ms: 5 }, 'needs a known "kind"'],
		['/delivery-faults', { kind: 'memo', form: 'big' }, 'form must be one of long, vietnamese, html'],
	])('%s refuses %j', async (path, rule, message) => {
		const answer = await control(await sandbox(), 'POST', path, rule);
		expect(answer.status).toBe(400);
		expect(answer.body.message).toContain(message);
	});

	test('delivery settings and the clock', async () => {
		const casso = await sandbox();
		expect(
			(await control(casso, 'PATCH', '/delivery-settings', { deadlineMs: 100, retryGapsMs: [1] })).body.settings,
		).toMatchObject({ deadlineMs: 100, retryGapsMs: [1] });
		expect((await control(casso, 'PATCH', '/delivery-settings', { retryGapsMs: [-1] })).status).toBe(400);
		expect((await control(casso, 'POST', '/clock', { speed: 60, advanceMs: 86_400_000, wall: true })).body).toEqual({
			now: '2026-11-21T03:00:00.000Z',
			speed: 60,
		});
		expect((await control(casso, 'GET', '/delivery-settings')).body).toMatchObject({
			clockSpeed: 60,
			settings: { deadlineMs: 100 },
		});
		expect((await control(casso, 'POST', '/clock', { speed: 0 })).status).toBe(400);
	});
});

test('the request log and the reset', async () => {
	const casso = await sandbox();
	await call(casso, '/v2/accounts');
	await call(casso, '/v2/userInfo');
	const { body } = await control(casso, 'GET', '/requests?path=/v2/userInfo');
	expect(body.requests).toEqual([
		expect.objectContaining({ method: 'GET', path: '/v2/userInfo', status: 200, authScheme: 'Apikey' }),
	]);
	await control(casso, 'POST', '/transactions', { amount: 1 });
	await control(casso, 'POST', '/reset');
	expect((await control(casso, 'GET', '/requests')).body.requests).toEqual([]);
	expect(casso.casso.data.transactions.size).toBe(40);
});

describe('cross-site requests', () => {
	const attempts: Array<[name: string, headers: Record<string, string>, status: number]> = [
		['own page', { Origin: 'http://127.0.0.1:4010', 'Content-Type': 'application/json' }, 201],
		['localhost page', { Origin: 'http://localhost:5678', 'Content-Type': 'application/json; charset=utf-8' }, 201],
		['another site', { Origin: 'https://evil.example', 'Content-Type': 'application/json' }, 403],
		['a look-alike site', { Origin: 'http://127.0.0.1.evil.example', 'Content-Type': 'application/json' }, 403],
		['a page without an origin', { Origin: 'null', 'Content-Type': 'application/json' }, 403],
		['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
		['plain text', { 'Content-Type': 'text/plain' }, 415],
	];

	test.each(attempts)('%s', async (_name, headers, status) => {
		const casso = await sandbox({ transactions: 0 });
		const response = await fetch(`${casso.url}/control/casso/transactions`, {
			method: 'POST',
			headers,
			body: '{"amount":1}',
		});
		expect(response.status).toBe(status);
		expect(casso.casso.data.transactions.size).toBe(status === 201 ? 1 : 0);
	});

	test('a foreign host name that was pointed at this machine is refused, for reading too', async () => {
		const casso = await sandbox();
		const { request } = await import('node:http');
		const status = await new Promise<number | undefined>((resolve, reject) => {
			request(`${casso.url}/control/casso/requests`, { headers: { Host: 'rebound.example:4010' } }, (response) => {
				response.resume();
				resolve(response.statusCode);
			})
				.on('error', reject)
				.end();
		});
		expect(status).toBe(403);
	});
});
