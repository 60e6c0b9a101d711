/** Deliveries started by hand, and the ledger that records them all (spec 7, 12). */
import { closeAll, expectSigned, idsIn, NOW, onlyDelivery, receiver, sandbox, stage, TOKEN } from './support';
import type { Received } from './support';

afterEach(closeAll);

describe('by hand', () => {
	test('the test call of V2 is the official one, signed, at the time of the call, and not retried', async () => {
		const { casso, target, webhookId } = await stage();
		target.answer = () => ({ status: 500, body: 'no' });
		const delivery = await casso.casso.webhooks.testCall(webhookId);
		expect(delivery).toMatchObject({ kind: 'test', state: 'failed', transactionIds: [0] });
		expectSigned(target.received[0] as Received);
		expect(target.received[0]?.body).toBe(
			'{"error":0,"data":{"id":0,"reference":"MA_GIAO_DICH_THU_NGHIEM","description":"giao dich thu nghiem","amount":599000,"runningBalance":25000000,"transactionDateTime":"2026-11-20 10:00:00","accountNumber":"88888888","bankName":"VPBank","bankAbbreviation":"VPB","virtualAccountNumber":"","virtualAccountName":"","counterAccountName":"NGUYEN VAN A","counterAccountNumber":"8888888888","counterAccountBankId":"970415","counterAccountBankName":"VietinBank"}}',
		);
		await casso.casso.whenIdle(true);
		expect(target.received).toHaveLength(1);
		expect(casso.casso.webhooks.get(webhookId)?.failingSince).toBeNull();
	});

	test('the test call and the ping of the legacy dialect', async () => {
		const { casso, target, webhookId } = await stage('legacy');
		await casso.casso.webhooks.testCall(webhookId);
		await casso.casso.webhooks.ping(webhookId, 'missing');
		await casso.casso.webhooks.ping(webhookId, 'emptyArray');
		expect(target.received[0]?.json).toMatchObject({
			error: 0,
			data: [{ id: 0, tid: 'MA_GIAO_DICH_THU_NGHIEM', amount: 599_000 }],
		});
		expect(target.received.slice(1).map(({ body }) => body)).toEqual(['{"error":0}', '{"error":0,"data":[]}']);
		expect(target.received.every(({ headers }) => headers['secure-token'] === TOKEN)).toBe(true);
	});

	test('the dashboard saves only after a successful test call, where that is asked', async () => {
		const casso = await sandbox({ transactions: 0 });
		const target = await receiver();
		target.answer = () => ({ status: 404, body: '' });
		await expect(casso.casso.webhooks.createByDashboard({ url: target.url, requireTestCall: true })).rejects.toThrow(
			'HTTP status 404',
		);
		expect(casso.casso.webhooks.list()).toEqual([]);
		target.answer = () => ({ status: 200, body: '' });
		await casso.casso.webhooks.createByDashboard({ url: target.url, requireTestCall: true });
		expect(casso.casso.webhooks.list()).toHaveLength(1);
	});

	test('resending sends the same event again, also after success', async () => {
		const played = await stage();
		const { casso, target } = played;
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		expect(casso.casso.webhooks.resend(onlyDelivery(played).id)).toBe(true);
		await casso.casso.whenIdle();
		expect(target.received.map(({ body }) => body)).toEqual([target.received[0]?.body, target.received[0]?.body]);
		expect(onlyDelivery(played).attempts.map(({ purpose }) => purpose)).toEqual(['scheduled', 'resend']);
		expect(casso.casso.webhooks.resend(99)).toBe(false);
	});
});

describe('the ledger', () => {
	test('holds the exact bytes and headers that went out, and what came back', async () => {
		const played = await stage('v2');
		played.target.answer = () => ({ status: 418, body: 'câu trả lời' });
		played.casso.casso.addTransaction({ amount: 1, memo: 'Đơn hàng 🎁' });
		await played.casso.casso.whenIdle();
		const [attempt] = onlyDelivery(played).attempts;
		const [received] = played.target.received;
		expect(attempt?.request.body).toBe(received?.body);
		for (const [name, value] of Object.entries(attempt?.request.headers ?? {}))
			expect(received?.headers[name.toLowerCase()]).toBe(value);
		expect(attempt).toMatchObject({
			number: 1,
			purpose: 'scheduled',
			response: { status: 418, body: 'câu trả lời' },
			failure: 'HTTP status 418 instead of 200',
		});
		expect(attempt?.startedAt).toBe(new Date(NOW).toISOString());
		expect(attempt?.nextRetryAt).toBe(new Date(NOW + 60_000).toISOString());
	});

	test('can be filtered', async () => {
		const { casso, target, webhookId } = await stage();
		target.answer = (_request, count) => ({ status: count === 1 ? 500 : 200, body: '' });
		const first = casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		const second = casso.casso.addTransaction({ amount: 2 });
		await casso.casso.whenIdle();
		const { deliveries } = casso.casso;
		expect(deliveries.list({ state: 'pending' }).map(({ transactionIds }) => transactionIds)).toEqual([[first.id]]);
		expect(deliveries.list({ transactionId: second.id }).map(({ state }) => state)).toEqual(['succeeded']);
		expect(deliveries.list({ webhookId, limit: 1 })).toEqual(deliveries.list({ afterId: 1 }));
		expect(deliveries.list({ webhookId: webhookId + 1 })).toEqual([]);
		expect(deliveries.list({ kind: 'test' })).toEqual([]);
	});
});

test('1,000 transactions reach the target once each, never more than the set number at once', async () => {
	const { casso, target } = await stage('legacy', { deliveries: { maxParallel: 8 } });
	target.answer = () => ({ status: 200, body: '', delayMs: 1 });
	const added = casso.casso.addTransactions(Array.from({ length: 1_000 }, (_, place) => ({ amount: place + 1 })));
	await casso.casso.whenIdle();
	expect(target.received.flatMap(idsIn).sort((left, right) => left - right)).toEqual(added.map(({ id }) => id));
	expect(target.mostAtOnce).toBeLessThanOrEqual(8);
	expect(target.mostAtOnce).toBeGreaterThan(1);
});
