/** Registering webhooks through the API (spec 4.8). */
import type { CassoWebhook } from '../../../packages/sandbox/src/casso/contract';
import { call, closeAll, sandbox } from './support';

afterEach(closeAll);

describe('webhook registration', () => {
	const input = { webhook: 'http://127.0.0.1:1/hook?a=1&b=2', secure_token: 'tokentokentoken1', income_only: true };

	test('create, read, change, delete by id', async () => {
		const casso = await sandbox();
		const created = await call(casso, '/v2/webhooks', { method: 'POST', json: input });
		const { id } = created.body.data as CassoWebhook;
		expect(created.body).toEqual({
			error: 0,
			message: 'success',
			data: { id, channel: 'webhook', param1: input.webhook, param2: '', send_only_income: 1 },
		});
		expect((await call(casso, `/v2/webhooks/${String(id)}`)).body).toEqual(created.body);
		const changed = await call(casso, `/v2/webhooks/${String(id)}`, {
			method: 'PUT',
			json: { ...input, webhook: 'https://example.com/x', income_only: false },
		});
		expect(changed.body.data).toMatchObject({ id, param1: 'https://example.com/x', send_only_income: 0 });
		expect((await call(casso, `/v2/webhooks/${String(id)}`, { method: 'DELETE' })).body).toMatchObject({
			error: 0,
			data: { id },
		});
		expect((await call(casso, `/v2/webhooks/${String(id)}`)).status).toBe(404);
		expect((await call(casso, `/v2/webhooks/${String(id)}`, { method: 'DELETE' })).status).toBe(404);
	});

	test('delete by URL removes every equal one and no other; none is error 12', async () => {
		const casso = await sandbox();
		for (const webhook of [input.webhook, input.webhook, `${input.webhook}3`]) {
			await call(casso, '/v2/webhooks', { method: 'POST', json: { ...input, webhook } });
		}
		const path = `/v2/webhooks?webhook=${encodeURIComponent(input.webhook)}`;
		expect((await call(casso, path, { method: 'DELETE' })).body.data).toHaveLength(2);
		expect(casso.casso.webhooks.list().map(({ url }) => url)).toEqual([`${input.webhook}3`]);
		expect((await call(casso, path, { method: 'DELETE' })).body).toEqual({
			error: 12,
			message: 'Webhook not exists',
			data: null,
		});
		expect((await call(casso, '/v2/webhooks', { method: 'DELETE' })).status).toBe(400);
	});

	test.each([
		[{}],
		[{ webhook: '' }],
		[{ webhook: 5 }],
		[{ webhook: 'ftp://x' }],
		[{ webhook: 'no url' }],
		[{ ...input, secure_token: 5 }],
		[{ ...input, secure_token: 'khóa' }],
		[{ ...input, secure_token: 'a\nb' }],
		[{ ...input, income_only: 1 }],
		[{ ...input, income_only: 'true' }],
		[null],
		[[]],
	])('refuses %j', async (json) => {
		const casso = await sandbox();
		const answer = await call(casso, '/v2/webhooks', { method: 'POST', json });
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ error: 400, data: null });
		expect(casso.casso.webhooks.list()).toEqual([]);
	});

	test('a webhook made on the dashboard can be read and removed, and its key is never shown', async () => {
		const casso = await sandbox({ quirks: { param2: 'token' } });
		const { id, secret } = await casso.casso.webhooks.createByDashboard({ url: input.webhook });
		const answer = await call(casso, `/v2/webhooks/${String(id)}`);
		expect(answer.body.data).toMatchObject({ id, param2: '' });
		expect(answer.text).not.toContain(secret);
	});
});
