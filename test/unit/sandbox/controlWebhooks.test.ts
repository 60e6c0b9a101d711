/** The control API for webhooks and deliveries. */
import { closeAll, control, receiver, sandbox } from './support';

afterEach(closeAll);

describe('webhooks and deliveries', () => {
	test('a dashboard webhook shows its key once, and nowhere later', async () => {
		const casso = await sandbox({ transactions: 0 });
		const target = await receiver();
		const made = await control(casso, 'POST', '/webhooks', { url: target.url, strict: true, incomeOnly: true });
		const secret = String(made.body.secret);
		expect(secret).toMatch(/^[A-Za-z0-9]{64}$/);
		expect(made.body.webhook).toEqual({
			id: 114,
			dialect: 'v2',
			url: target.url,
			incomeOnly: true,
			accountIds: null,
			strict: true,
			madeBy: 'dashboard',
			state: 'ACTIVE',
		});
		await control(casso, 'POST', '/transactions', { amount: 5 });
		await control(casso, 'GET', '/idle');
		const seen = [];
		for (const path of ['/webhooks', '/deliveries', '/deliveries/1', '/requests', '/delivery-settings'])
			seen.push((await control(casso, 'GET', path)).body);
		expect(JSON.stringify(seen)).not.toContain(secret);
		expect(JSON.stringify(seen)).toContain('X-Casso-Signature');
	});

	test('the token of a legacy webhook is masked in the ledger', async () => {
		const casso = await sandbox({ transactions: 0 });
		const target = await receiver();
		const made = await control(casso, 'POST', '/webhooks', { url: target.url, dialect: 'legacy' });
		const secret = String(made.body.secret);
		await control(casso, 'POST', '/transactions', { amount: 5 });
		await control(casso, 'GET', '/idle');
		expect(target.received[0]?.headers['secure-token']).toBe(secret);
		const { body } = await control(casso, 'GET', '/deliveries');
		expect(JSON.stringify(body)).not.toContain(secret);
		expect(JSON.stringify(body)).toContain('"secure-token":"***"');
	});

	test('test call, ping, resend, resend of what was missed, reactivation, removal', async () => {
		const casso = await sandbox({ transactions: 0, retryGapsMs: [] });
		const target = await receiver();
		await control(casso, 'POST', '/webhooks', { url: target.url });
		expect((await control(casso, 'POST', '/webhooks/114/test')).body.delivery).toMatchObject({
			kind: 'test',
			state: 'succeeded',
		});
		expect((await control(casso, 'POST', '/webhooks/114/ping', { form: 'missing' })).body.delivery).toMatchObject({
			kind: 'ping',
			state: 'succeeded',
		});
		target.answer = () => ({ status: 500, body: '' });
		await control(casso, 'POST', '/transactions', { amount: 1 });
		await control(casso, 'GET', '/idle');
		await control(casso, 'POST', '/transactions', { amount: 2 });
		expect((await control(casso, 'GET', '/webhooks')).body.webhooks).toEqual([
			expect.objectContaining({ state: 'PAUSED' }),
		]);
		target.answer = () => ({ status: 200, body: '' });
		expect((await control(casso, 'POST', '/webhooks/114/reactivate')).body.webhook).toMatchObject({ state: 'ACTIVE' });
		expect((await control(casso, 'POST', '/webhooks/114/resend-missed')).body).toEqual({ resent: 1 });
		const failed = (await control(casso, 'GET', '/deliveries?state=failed')).body.deliveries as Array<{ id: number }>;
		expect((await control(casso, 'POST', `/deliveries/${String(failed[0]?.id)}/resend`)).body).toEqual({
			resent: true,
		});
		await control(casso, 'GET', '/idle');
		expect((await control(casso, 'GET', '/deliveries?kind=transactions&state=succeeded')).body.deliveries).toHaveLength(
			2,
		);
		expect((await control(casso, 'DELETE', '/webhooks/114')).body).toEqual({ deleted: 114 });
		expect((await control(casso, 'POST', '/webhooks/114/test')).status).toBe(404);
	});

	test.each([
		[{ url: 'no url' }, 'url must be'],
		[{ url: 'http://127.0.0.1/', accountIds: [1] }, 'there is no account 1'],
		[{ url: 'http://127.0.0.1/', dialect: 'v3' }, 'dialect must be one of legacy, v2'],
		[{ url: 'http://127.0.0.1:1/', requireTestCall: true }, 'The test call failed'],
	])('refuses the webhook %j', async (json, message) => {
		const casso = await sandbox();
		const answer = await control(casso, 'POST', '/webhooks', json);
		expect(answer.status).toBe(400);
		expect(answer.body.message).toContain(message);
		expect(casso.casso.webhooks.list()).toEqual([]);
	});

	test('unknown ids and bad filters', async () => {
		const casso = await sandbox();
		expect((await control(casso, 'GET', '/deliveries/5')).status).toBe(404);
		expect((await control(casso, 'POST', '/deliveries/5/resend')).status).toBe(404);
		expect((await control(casso, 'GET', '/deliveries?state=lost')).status).toBe(400);
		expect((await control(casso, 'GET', '/deliveries?webhookId=x')).status).toBe(400);
		expect((await control(casso, 'GET', '/nothing')).status).toBe(404);
	});

	test('waiting until idle gives up after the time it was given', async () => {
		const casso = await sandbox({ transactions: 0 });
		const target = await receiver();
		target.answer = () => null;
		await control(casso, 'POST', '/webhooks', { url: target.url });
		await control(casso, 'POST', '/transactions', { amount: 1 });
		expect((await control(casso, 'GET', '/idle?timeoutMs=50')).body).toEqual({ idle: false });
	});
});
