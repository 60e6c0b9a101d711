/** Faults of webhook deliveries: what a receiver must stand, made on purpose (spec 12). */
import type { DeliveryFault, Sandbox, WebhookDialect } from '@saoke/sandbox';
import { signatureHeader } from '../../../packages/sandbox/src/casso/webhooks/signature';
import { closeAll, idsIn, KEY, NOW, receiver, sandbox } from './support';
import type { Received, Receiver } from './support';

afterEach(closeAll);

async function stage(
	dialect: WebhookDialect,
	...faults: DeliveryFault[]
): Promise<{ casso: Sandbox; target: Receiver }> {
	const casso = await sandbox({ transactions: 0, retryGapsMs: [60_000, 60_000] });
	const target = await receiver();
	await casso.casso.webhooks.createByDashboard({ url: target.url, dialect, secret: KEY });
	for (const fault of faults) casso.casso.deliveryFaults.add(fault);
	return { casso, target };
}

/** The one delivery that a transaction of 150,000 VND gives under the faults. */
async function delivered(dialect: WebhookDialect, ...faults: DeliveryFault[]): Promise<Received> {
	const { casso, target } = await stage(dialect, ...faults);
	casso.casso.addTransaction({ amount: 150_000, memo: 'DH1024' });
	await casso.casso.whenIdle(true);
	expect(target.received).toHaveLength(1);
	expect(casso.casso.deliveries.list()[0]?.attempts[0]?.faults).toEqual(faults.map(({ kind }) => kind));
	return target.received[0] as Received;
}

const getHeader = ({ headers }: Received): string => String(headers['x-casso-signature']);
const readTime = (received: Received): number => Number(/^t=(\d+),/.exec(getHeader(received))?.[1]);
const isGenuine = (received: Received): boolean =>
	getHeader(received) === signatureHeader(received.body, KEY, readTime(received));

describe('forgeries', () => {
	test('tamper: the header fits the real body, the body says ten times as much', async () => {
		const received = await delivered('v2', { kind: 'tamper' });
		expect(received.json.data).toMatchObject({ amount: 1_500_000 });
		expect(isGenuine(received)).toBe(false);
		expect(getHeader(received)).toBe(
			signatureHeader(received.body.replace('1500000', '150000'), KEY, readTime(received)),
		);
	});

	test('badSignature and wrongKey keep the form of the header and are wrong', async () => {
		for (const kind of ['badSignature', 'wrongKey'] as const) {
			const received = await delivered('v2', { kind });
			expect(getHeader(received)).toMatch(/^t=\d+,v1=[0-9a-f]{128}$/);
			expect(isGenuine(received)).toBe(false);
			const legacy = await delivered('legacy', { kind });
			expect(legacy.headers['secure-token']).toMatch(/^[A-Za-z0-9]{32}$/);
		}
	});

	test('noSignature leaves the header out', async () => {
		expect((await delivered('v2', { kind: 'noSignature' })).headers).not.toHaveProperty('x-casso-signature');
		expect((await delivered('legacy', { kind: 'noSignature' })).headers).not.toHaveProperty('secure-token');
	});

	test('staleTime: genuine, but old', async () => {
		const received = await delivered('v2', { kind: 'staleTime', ageMs: 3_600_000 });
		expect(isGenuine(received)).toBe(true);
		expect(readTime(received)).toBe(NOW - 3_600_000);
	});
});

describe('odd contents', () => {
	test('missingKeys leaves out what is optional, or what is named, and signs the rest', async () => {
		const v2 = await delivered('v2', { kind: 'missingKeys' });
		expect(Object.keys(v2.json.data as object)).toEqual([
			'id',
			'reference',
			'amount',
			'transactionDateTime',
			'accountNumber',
		]);
		expect(isGenuine(v2)).toBe(true);
		const legacy = await delivered('legacy', { kind: 'missingKeys', keys: ['cusum_balance', 'tid'] });
		expect((legacy.json.data as object[])[0]).not.toHaveProperty('tid');
		expect((legacy.json.data as object[])[0]).toHaveProperty('description', 'DH1024');
	});

	test('errorBody: authentic, with error ≠ 0', async () => {
		const received = await delivered('v2', { kind: 'errorBody', error: 7 });
		expect(received.json.error).toBe(7);
		expect(isGenuine(received)).toBe(true);
	});

	test.each(['long', 'vietnamese', 'html'] as const)('memo %s goes through whole and signed', async (form) => {
		const received = await delivered('v2', { kind: 'memo', form });
		const { description } = received.json.data as { description: string };
		expect(description).toContain('DH1024');
		expect(
			{
				long: description.length > 5_000,
				vietnamese: description.includes('Đào'),
				html: description.includes('<script>'),
			}[form],
		).toBe(true);
		expect(isGenuine(received)).toBe(true);
	});
});

describe('how often, when and in which order', () => {
	test('parallel: the same request several times at once', async () => {
		const { casso, target } = await stage('v2', { kind: 'parallel', copies: 4, count: 1 });
		target.answer = () => ({ status: 200, body: '', delayMs: 30 });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle(true);
		expect(target.received).toHaveLength(4);
		expect(target.mostAtOnce).toBe(4);
		expect(new Set(target.received.map(({ body, headers }) => body + String(headers['x-casso-signature']))).size).toBe(
			1,
		);
		expect(
			casso.casso.deliveries
				.list()[0]
				?.attempts.map(({ purpose }) => purpose)
				.sort(),
		).toEqual(['parallel', 'parallel', 'parallel', 'scheduled']);
	});

	test('duplicate: a fifth of 300 events comes twice, by the seed', async () => {
		const { casso, target } = await stage('legacy', { kind: 'duplicate', probability: 0.2 });
		casso.casso.addTransactions(Array.from({ length: 300 }, () => ({ amount: 1 })));
		await casso.casso.whenIdle(true);
		const ids = target.received.flatMap(idsIn);
		expect(new Set(ids).size).toBe(300);
		expect(ids.length - 300).toBeGreaterThan(30);
		expect(ids.length - 300).toBeLessThan(95);
	});

	test('replay: the very same bytes and headers, later', async () => {
		const { casso, target } = await stage('v2', { kind: 'replay', afterMs: 60_000, count: 1 });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		expect(target.received).toHaveLength(1);
		casso.casso.advanceClock(60_000);
		await casso.casso.whenIdle(true);
		expect(target.received).toHaveLength(2);
		expect(target.received[1]?.body).toBe(target.received[0]?.body);
		expect(getHeader(target.received[1] as Received)).toBe(getHeader(target.received[0] as Received));
	});

	test('late: not before its time', async () => {
		const { casso, target } = await stage('v2', { kind: 'late', delayMs: 600_000 });
		casso.casso.addTransaction({ amount: 1 });
		casso.casso.advanceClock(590_000);
		await casso.casso.whenIdle();
		expect(target.received).toHaveLength(0);
		casso.casso.advanceClock(10_000);
		await casso.casso.whenIdle();
		expect(target.received).toHaveLength(1);
	});

	test('outOfOrder: groups arrive last first; a group that stays small goes out after the longest hold', async () => {
		const { casso, target } = await stage('v2', { kind: 'outOfOrder', group: 3, maxHoldMs: 500 });
		const ids = [1, 2, 3, 4].map((amount) => casso.casso.addTransaction({ amount }).id);
		await casso.casso.whenIdle(true);
		expect(target.received.flatMap(idsIn)).toEqual([ids[2], ids[1], ids[0], ids[3]]);
	});

	test('drop: lost for good', async () => {
		const { casso, target } = await stage('v2', { kind: 'drop', skip: 1, count: 1 });
		casso.casso.addTransactions([{ amount: 1 }, { amount: 2 }, { amount: 3 }]);
		casso.casso.advanceClock(10_000_000);
		await casso.casso.whenIdle(true);
		expect(target.received).toHaveLength(2);
		expect(casso.casso.deliveries.list().map(({ state }) => state)).toEqual(['succeeded', 'dropped', 'succeeded']);
	});
});

describe('which attempts', () => {
	test('only the chosen attempt: the first is refused, the retry is genuine', async () => {
		const { casso, target } = await stage('v2', { kind: 'badSignature', attempt: 1 });
		target.answer = (received) => ({ status: isGenuine(received) ? 200 : 401, body: '' });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		casso.casso.advanceClock(60_000);
		await casso.casso.whenIdle(true);
		expect(casso.casso.deliveries.list()[0]?.attempts.map(({ response }) => response?.status)).toEqual([401, 200]);
	});

	test('only the chosen webhook', async () => {
		const { casso, target } = await stage('v2');
		const other = await receiver();
		const { id } = await casso.casso.webhooks.createByDashboard({ url: other.url });
		casso.casso.deliveryFaults.add({ kind: 'noSignature', webhookId: id });
		casso.casso.addTransaction({ amount: 1 });
		await casso.casso.whenIdle();
		expect(target.received[0]?.headers).toHaveProperty('x-casso-signature');
		expect(other.received[0]?.headers).not.toHaveProperty('x-casso-signature');
	});
});
