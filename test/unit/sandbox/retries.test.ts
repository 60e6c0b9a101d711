/** Retries, pausing and disabling, broken connections, reset (spec 7, 12). */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { RegisteredWebhook } from '@saoke/sandbox';
import { closeAll, expectSigned, idsIn, NOW, onlyDelivery, sandbox, stage } from './support';

afterEach(closeAll);

describe('retries', () => {
	test('by default 17 deliveries over 22.7 h, then the webhook is paused and hears nothing more', async () => {
		const played = await stage('v2', { retryGapsMs: undefined });
		const { casso, target, webhookId } = played;
		target.answer = () => ({ status: 500, body: '' });
		casso.casso.addTransaction({ amount: 1 });
		const gaps = [0.5, 1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90, 135, 202, 303, 453].map((minutes) => minutes * 60_000);
		await casso.casso.whenIdle();
		for (const [place, gap] of gaps.entries()) {
			expect(target.received).toHaveLength(place + 1);
			expect(casso.casso.webhooks.get(webhookId)?.state).toBe('ACTIVE');
			casso.casso.advanceClock(gap - 10_000);
			await casso.casso.whenIdle();
			expect(target.received).toHaveLength(place + 1);
			casso.casso.advanceClock(10_000);
			await casso.casso.whenIdle();
		}
		expect(target.received).toHaveLength(17);
		expect(onlyDelivery(played)).toMatchObject({ state: 'failed' });
		expect(onlyDelivery(played).attempts.map(({ number }) => number)).toEqual(
			Array.from({ length: 17 }, (_, place) => place + 1),
		);
		expect(casso.casso.webhooks.get(webhookId)?.state).toBe('PAUSED');
		casso.casso.addTransaction({ amount: 2 });
		await casso.casso.whenIdle(true);
		expect(target.received).toHaveLength(17);
		expect(casso.casso.deliveries.list({ state: 'missed' })).toHaveLength(1);
	});

	test('end with the first success and carry the same event, each signed with its own t', async () => {
		let now = NOW;
		const played = await stage('v2', { now: () => now });
		const { casso, target } = played;
		target.answer = (_request, count) => ({ status: count < 3 ? 503 : 200, body: '' });
		casso.casso.addTransaction({ amount: 1 });
		for (let step = 0; step < 3; step += 1) {
			await casso.casso.whenIdle();
			now += 60_000;
			casso.casso.advanceClock(60_000);
		}
		await casso.casso.whenIdle(true);
		expect(target.received).toHaveLength(3);
		expect(new Set(target.received.map(({ body }) => body)).size).toBe(1);
		expect(new Set(target.received.map(({ headers }) => headers['x-casso-signature'])).size).toBe(3);
		for (const received of target.received) expectSigned(received);
		expect(onlyDelivery(played).state).toBe('succeeded');
	});

	test('may reuse the first t', async () => {
		let now = NOW;
		const { casso, target } = await stage('v2', { now: () => now, deliveries: { signatureTime: 'reuse' } });
		target.answer = (_request, count) => ({ status: count < 2 ? 503 : 200, body: '' });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		now += 60_000;
		casso.casso.advanceClock(60_000);
		await casso.casso.whenIdle(true);
		expect(target.received).toHaveLength(2);
		expect(target.received[1]?.headers['x-casso-signature']).toBe(target.received[0]?.headers['x-casso-signature']);
	});

	test('wait shorter on a faster clock, and the ledger says when', async () => {
		const played = await stage('v2', { clockSpeed: 600, now: Date.now });
		const { casso, target } = played;
		target.answer = (_request, count) => ({ status: count < 2 ? 503 : 200, body: '' });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle(true);
		expect(target.received).toHaveLength(2);
		const gap = (target.received[1]?.at ?? 0) - (target.received[0]?.at ?? 0);
		expect(gap).toBeGreaterThan(80);
		const [first] = onlyDelivery(played).attempts;
		const planned = Date.parse(first?.nextRetryAt ?? '') - Date.parse(first?.startedAt ?? '');
		expect(planned).toBeGreaterThan(80);
		expect(planned).toBeLessThan(5_000);
	});
});

describe('states', () => {
	test('24 h of failures only pause, 7 days disable; events meanwhile are missed until resent', async () => {
		const { casso, target, webhookId } = await stage('v2', {
			retryGapsMs: Array.from({ length: 40 }, () => 3_600_000),
		});
		target.answer = () => ({ status: 500, body: '' });
		casso.casso.addTransaction({ amount: 1 });
		const state = (): string | undefined => casso.casso.webhooks.get(webhookId)?.state;
		for (let hour = 0; hour < 24; hour += 1) {
			await casso.casso.whenIdle();
			expect(state()).toBe('ACTIVE');
			casso.casso.advanceClock(3_600_000);
		}
		await casso.casso.whenIdle();
		expect(state()).toBe('PAUSED');
		casso.casso.advanceClock(6 * 24 * 3_600_000);
		await casso.casso.whenIdle(true);
		expect(state()).toBe('DISABLE');
		casso.casso.addTransaction({ amount: 2 });
		target.answer = () => ({ status: 200, body: '' });
		const webhook = casso.casso.webhooks.get(webhookId);
		if (webhook !== undefined) casso.casso.webhooks.reactivate(webhook);
		expect(state()).toBe('ACTIVE');
		const before = target.received.length;
		casso.casso.addTransaction({ amount: 3 });
		await casso.casso.whenIdle(true);
		expect(target.received).toHaveLength(before + 1);
		expect(casso.casso.webhooks.resendMissed(webhookId)).toBe(2);
		await casso.casso.whenIdle();
		expect(target.received).toHaveLength(before + 3);
		expect(casso.casso.deliveries.list({ state: 'missed' })).toEqual([]);
	});

	test('used-up retries pause only where that is on', async () => {
		for (const pauseWhenExhausted of [true, false]) {
			const { casso, webhookId } = await stage('v2', {
				retryGapsMs: [],
				deliveries: { deadlineMs: 50, pauseWhenExhausted },
			});
			casso.casso.webhooks.update(casso.casso.webhooks.list()[0] as RegisteredWebhook, {
				webhook: 'http://127.0.0.1:1/',
			});
			casso.casso.addTransaction({ amount: 1 });
			await casso.casso.whenIdle();
			expect(casso.casso.webhooks.get(webhookId)?.state).toBe(pauseWhenExhausted ? 'PAUSED' : 'ACTIVE');
		}
	});

	test('a success in between restarts the count', async () => {
		const { casso, target, webhookId } = await stage('v2', {
			retryGapsMs: [60_000, 60_000],
			deliveries: { pauseAfterMs: 90_000 },
		});
		target.answer = ({ json }) => ({ status: (json.data as { amount: number }).amount > 0 ? 200 : 500, body: '' });
		casso.casso.addTransaction({ amount: -1 });
		await casso.casso.whenIdle();
		casso.casso.advanceClock(60_000);
		await casso.casso.whenIdle();
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		casso.casso.advanceClock(60_000);
		await casso.casso.whenIdle(true);
		expect(casso.casso.deliveries.list().map(({ state, attempts }) => [state, attempts.length])).toEqual([
			['failed', 3],
			['succeeded', 1],
		]);
		expect(casso.casso.webhooks.get(webhookId)?.state).toBe('ACTIVE');
	});
});

test('a target that once gives no answer loses nothing', async () => {
	const { casso, target } = await stage();
	target.answer = (_request, count) => (count === 2 ? null : { status: 200, body: '' });
	casso.casso.webhooks.changeSettings({ deadlineMs: 100 });
	for (let round = 0; round < 3; round += 1) {
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
	}
	casso.casso.advanceClock(60_000);
	await casso.casso.whenIdle(true);
	expect(new Set(target.received.flatMap(idsIn)).size).toBe(3);
	expect(casso.casso.deliveries.list().every(({ state }) => state === 'succeeded')).toBe(true);
});

test('reset forgets webhooks and planned retries', async () => {
	const { casso, target } = await stage();
	target.answer = () => ({ status: 500, body: '' });
	casso.casso.addTransaction({ amount: 1 });
	await casso.casso.whenIdle();
	casso.casso.reset();
	await casso.casso.webhooks.createByDashboard({ url: target.url });
	casso.casso.advanceClock(600_000);
	await casso.casso.whenIdle(true);
	expect(target.received).toHaveLength(1);
	expect(casso.casso.deliveries.list()).toEqual([]);
});

test('what waited for its turn at a reset is not sent to a later webhook with the same number', async () => {
	const { casso, target, webhookId } = await stage('v2', { deliveries: { maxParallel: 1 } });
	target.answer = () => ({ status: 200, body: '', delayMs: 60 });
	casso.casso.addTransactions([{ amount: 1 }, { amount: 2 }]);
	while (target.received.length === 0)
		await new Promise((resolve) => {
			setTimeout(resolve, 5);
		});
	casso.casso.reset();
	const { id } = await casso.casso.webhooks.createByDashboard({ url: target.url });
	expect(id).toBe(webhookId);
	await casso.casso.whenIdle(true);
	expect(target.received).toHaveLength(1);
});

test('a kept connection that the target has dropped is replaced at once, within the same attempt', async () => {
	const casso = await sandbox({ transactions: 0 });
	const perConnection: number[] = [];
	const server = createServer((socket) => {
		const place = perConnection.push(0) - 1;
		socket.on('error', () => undefined);
		socket.on('data', () => {
			perConnection[place] = (perConnection[place] ?? 0) + 1;
			if (perConnection[place] > 1) socket.resetAndDestroy();
			else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	await casso.casso.webhooks.createByDashboard({
		url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
	});
	for (let round = 0; round < 2; round += 1) {
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
	}
	expect(perConnection).toEqual([2, 1]);
	expect(casso.casso.deliveries.list().map(({ state, attempts }) => [state, attempts.length])).toEqual([
		['succeeded', 1],
		['succeeded', 1],
	]);
	await casso.close();
	await new Promise((resolve) => {
		server.close(resolve);
	});
});
