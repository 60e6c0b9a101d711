/** Webhook deliveries: both dialects, filters, success rule (spec 6, 7, 12). */
import { call, closeAll, expectSigned, idsIn, onlyDelivery, receiver, sandbox, stage, TOKEN } from './support';
import type { Received, Receiver } from './support';

afterEach(closeAll);

describe('dialects', () => {
	test('a webhook made through the API gets the legacy form with its token', async () => {
		const casso = await sandbox({ transactions: 0 });
		const target = await receiver();
		await call(casso, '/v2/webhooks', {
			method: 'POST',
			json: { webhook: target.url, secure_token: TOKEN, income_only: false },
		});
		const added = casso.casso.addTransaction({ amount: 79_000, memo: 'DH35', time: '2026-11-20 08:34:57' });
		await casso.casso.whenIdle();
		const [received] = target.received;
		expect(received?.headers).toMatchObject({ 'secure-token': TOKEN, 'content-type': 'application/json' });
		expect(received?.headers).not.toHaveProperty('x-casso-signature');
		const account = casso.casso.data.accounts[0];
		expect(received?.json).toEqual({
			error: 0,
			data: [
				{
					id: added.id,
					tid: added.reference,
					description: 'DH35',
					amount: 79_000,
					cusum_balance: added.runningBalance,
					when: '2026-11-20 08:34:57',
					bank_sub_acc_id: account?.accountNumber,
					subAccId: account?.accountNumber,
					bankName: 'Vietcombank',
					bankAbbreviation: 'VCB',
					virtualAccount: '',
					virtualAccountName: '',
					corresponsiveName: '',
					corresponsiveAccount: '',
					corresponsiveBankId: '',
					corresponsiveBankName: '',
				},
			],
		});
	});

	test('V2 is signed and has its keys in wire order, never null', async () => {
		const { casso, target } = await stage();
		casso.casso.addTransaction({ amount: -5_000, memo: 'Trả tiền / "hàng"', time: '2026-11-20 08:34:57' });
		await casso.casso.whenIdle();
		const [received] = target.received;
		expectSigned(received as Received);
		expect(received?.headers).not.toHaveProperty('secure-token');
		const data = received?.json.data as Record<string, unknown>;
		expect(Object.keys(data)).toEqual([
			'id',
			'reference',
			'description',
			'amount',
			'runningBalance',
			'transactionDateTime',
			'accountNumber',
			'bankName',
			'bankAbbreviation',
			'virtualAccountNumber',
			'virtualAccountName',
			'counterAccountName',
			'counterAccountNumber',
			'counterAccountBankId',
			'counterAccountBankName',
		]);
		expect(Object.values(data)).not.toContain(null);
		expect(data).toMatchObject({
			amount: -5_000,
			description: 'Trả tiền / "hàng"',
			transactionDateTime: '2026-11-20 08:34:57',
		});
	});

	test('quirks of webhooks: date only, few keys, batches', async () => {
		const { casso, target } = await stage('legacy', {
			quirks: { legacyWhen: 'date', legacyKeys: 'minimal', legacyBatchSize: 2 },
		});
		const added = casso.casso.addTransactions([{ amount: 1 }, { amount: 2 }, { amount: 3 }]);
		await casso.casso.whenIdle();
		expect(target.received.map(idsIn).sort((left, right) => right.length - left.length)).toEqual([
			[added[0]?.id, added[1]?.id],
			[added[2]?.id],
		]);
		const records = target.received[0]?.json.data as object[];
		expect(Object.keys(records[0] ?? {})).toEqual([
			'id',
			'tid',
			'description',
			'amount',
			'cusum_balance',
			'when',
			'bank_sub_acc_id',
			'subAccId',
		]);
		expect(records[0]).toHaveProperty('when', '2026-11-20');
	});

	test('V2 gives 07:00:00 where the bank gives no time', async () => {
		const { casso, target } = await stage('v2', { quirks: { bankTimes: 'dateOnly', extraKeys: 'some' } });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		expect(target.received[0]?.json.data).toMatchObject({
			transactionDateTime: '2026-11-20 07:00:00',
			sandboxUnknownKey: 'hai',
		});
		expectSigned(target.received[0] as Received);
	});
});

describe('who hears of what', () => {
	test('income only, account filter, silent, several webhooks', async () => {
		const { casso, target } = await stage();
		const [first, second] = casso.casso.data.accounts;
		const others = [await receiver(), await receiver()];
		await casso.casso.webhooks.createByDashboard({ url: others[0]?.url ?? '', incomeOnly: true });
		await casso.casso.webhooks.createByDashboard({ url: others[1]?.url ?? '', accountIds: [second?.id ?? -1] });
		casso.casso.addTransaction({ amount: 5, accountId: first?.id });
		casso.casso.addTransaction({ amount: -5, accountId: second?.id });
		casso.casso.addTransaction({ amount: 0, accountId: second?.id });
		casso.casso.addTransaction({ amount: 7, accountId: second?.id, silent: true });
		await casso.casso.whenIdle();
		const amounts = ({ received }: Receiver): number[] =>
			received.map(({ json }) => (json.data as { amount: number }).amount).sort((left, right) => left - right);
		expect(amounts(target)).toEqual([-5, 0, 5]);
		expect(others.map(amounts)).toEqual([[5], [-5, 0]]);
	});

	test('a removed webhook hears nothing more, not even a planned retry', async () => {
		const { casso, target, webhookId } = await stage();
		target.answer = () => ({ status: 500, body: '' });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		await call(casso, `/v2/webhooks/${String(webhookId)}`, { method: 'DELETE' });
		casso.casso.addTransaction({ amount: 2 });
		casso.casso.advanceClock(60_000);
		await casso.casso.whenIdle(true);
		expect(target.received).toHaveLength(1);
		expect(casso.casso.deliveries.list().map(({ state }) => state)).toEqual(['missed']);
	});

	test('targets outside this machine are registered but not called, unless allowed', async () => {
		const casso = await sandbox({ transactions: 0 });
		await casso.casso.webhooks.createByDashboard({ url: 'https://hooks.example.com/x' });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		expect(casso.casso.deliveries.list()[0]?.attempts[0]).toMatchObject({
			success: false,
			response: null,
			failure: expect.stringContaining('--allow-remote-targets') as string,
		});
	});
});

describe('what counts as success', () => {
	const cases: Array<[status: number, body: string, lax: boolean, strict: boolean]> = [
		[200, '{"success":true}', true, true],
		[200, '{"success":1,"x":2}', true, true],
		[200, '{"success":"true"}', true, false],
		[200, '{"success":false}', true, false],
		[200, '[]', true, false],
		[200, 'null', true, false],
		[200, 'ok', true, false],
		[200, '', true, false],
		[201, '{"success":true}', false, false],
		[302, '{"success":true}', false, false],
		[401, '{"success":true}', false, false],
		[500, '{"success":true}', false, false],
	];

	test.each(cases)('HTTP %d with %j: plain %j, strict %j', async (status, body, lax, strict) => {
		for (const [mode, expected] of [
			[false, lax],
			[true, strict],
		] as const) {
			const { casso, target } = await stage('v2', { retryGapsMs: [] }, { strict: mode });
			target.answer = () => ({ status, body });
			casso.casso.addTransaction({ amount: 1 });
			await casso.casso.whenIdle();
			const [delivery] = casso.casso.deliveries.list();
			expect(delivery?.state).toBe(expected ? 'succeeded' : 'failed');
			expect(delivery?.attempts[0]).toMatchObject({ success: expected, response: { status, body } });
		}
	});

	test('strict can be asked for all, also for API-made webhooks', async () => {
		const { casso, target } = await stage('legacy', { deliveries: { strict: true }, retryGapsMs: [] });
		target.answer = () => ({ status: 200, body: 'ok' });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		expect(casso.casso.deliveries.list()[0]?.attempts[0]?.failure).toContain('strict');
	});

	test('an answer after the deadline, none at all and a refused connection are failures', async () => {
		const late = await stage('v2', { deliveries: { deadlineMs: 80 } });
		late.target.answer = () => ({ status: 200, body: '{}', delayMs: 400 });
		late.casso.casso.addTransaction({ amount: 1 });
		await late.casso.casso.whenIdle();
		expect(onlyDelivery(late).attempts[0]).toMatchObject({
			success: false,
			response: null,
			failure: 'no complete answer within 80 ms',
		});
		const casso = await sandbox({ transactions: 0 });
		await casso.casso.webhooks.createByDashboard({ url: 'http://127.0.0.1:1/' });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		expect(casso.casso.deliveries.list()[0]?.attempts[0]?.failure).toContain('ECONNREFUSED');
	});
});
