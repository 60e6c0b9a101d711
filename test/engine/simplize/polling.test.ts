/** The Simplize Trigger through n8n's engine: baseline, new and late movements, repeats, failures, several portfolios. */
import type { IDataObject, INodeExecutionData, Workflow } from 'n8n-workflow';
import { closeAll, toFailure, start, type Bench } from './support';

afterEach(closeAll);

const DAY_MS = 86_400_000;
const WATCHED = { portfolio: [{ externalUserId: 'USER015', portfolioId: '862' }] };

let nextTrigger = 1;

function trigger(
	{ engine }: Bench,
	parameters: IDataObject = {},
	staticData: IDataObject = {},
	id = `trigger-${nextTrigger++}`,
): Workflow {
	return engine.workflow(
		{ type: 'n8n-nodes-simplize.simplizeTrigger', id, parameters: { portfolios: WATCHED, ...parameters } },
		staticData,
	);
}

const getAmounts = (items: INodeExecutionData[] | null): number[] =>
	(items ?? []).map(({ json }) => json.amount as number);

test('the first poll sets a baseline; then each new movement comes once, in order of entry', async () => {
	const bench = await start();
	const workflow = trigger(bench);
	expect(await bench.engine.poll(workflow)).toBeNull();
	const now = Date.now();
	bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount: 2000, createdAt: now - 1000, date: now });
	bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount: 1000, createdAt: now - 2000, date: now });
	expect(getAmounts(await bench.engine.poll(workflow))).toEqual([1000, 2000]);
	expect(await bench.engine.poll(workflow)).toBeNull();
});

test('Days to Start With lets the first poll emit', async () => {
	const bench = await start({ cashMovements: 0 });
	bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount: 1 });
	expect(getAmounts(await bench.engine.poll(trigger(bench, { options: { backlogDays: 2 } })))).toEqual([1]);
});

describe.each(['date', 'createdDate'] as const)('where the day filter means %s', (dateFilterOn) => {
	test.each([
		['entered today, dated five days ago', { date: -5, createdAt: 0 }],
		['entered today, dated two days ahead', { date: 2, createdAt: 0 }],
		['of today', { date: 0, createdAt: 0 }],
	])('a movement %s comes exactly once', async (_what, days) => {
		const bench = await start({ quirks: { dateFilterOn } });
		const workflow = trigger(bench);
		await bench.engine.poll(workflow);
		const now = Date.now();
		bench.sandbox.simplize.addCashMovement({
			portfolioId: 862,
			amount: 77,
			date: now + days.date * DAY_MS,
			createdAt: now + days.createdAt * DAY_MS,
		});
		expect(getAmounts(await bench.engine.poll(workflow))).toEqual([77]);
		for (let again = 0; again < 3; again += 1) expect(await bench.engine.poll(workflow)).toBeNull();
	});
});

test('what is entered during a pause comes, if a movement that is dated weeks ahead was read before it', async () => {
	const clock = { now: Date.parse('2026-03-01T08:00:00+07:00') };
	const spy = jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
	const bench = await start({ quirks: { dateFilterOn: 'createdDate' }, now: () => clock.now, cashMovements: 0 });
	const workflow = trigger(bench);
	await bench.engine.poll(workflow);
	const add = (amount: number, date: number): void => {
		bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount, date, createdAt: clock.now });
	};
	add(1, clock.now + 30 * DAY_MS);
	expect(getAmounts(await bench.engine.poll(workflow))).toEqual([1]);
	clock.now += DAY_MS;
	add(2, clock.now);
	clock.now += 20 * DAY_MS;
	expect(getAmounts(await bench.engine.poll(workflow))).toEqual([2]);
	spy.mockRestore();
});

test('no movement is lost or doubled over days of polling, whatever the filter means', async () => {
	for (const dateFilterOn of ['date', 'createdDate'] as const) {
		const clock = { now: Date.parse('2026-03-01T08:00:00+07:00') };
		const spy = jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
		const bench = await start({ quirks: { dateFilterOn }, now: () => clock.now, cashMovements: 300, cashDays: 60 });
		const workflow = trigger(bench);
		await bench.engine.poll(workflow);
		const wanted: number[] = [];
		const emitted: number[] = [];
		for (let day = 0; day < 20; day += 1) {
			clock.now += DAY_MS;
			for (let entry = 0; entry < 3; entry += 1) {
				const { transactionId } = bench.sandbox.simplize.addCashMovement({
					portfolioId: 862,
					amount: 5,
					date: clock.now - ((day + entry) % 6) * DAY_MS,
				});
				wanted.push(transactionId);
			}
			for (let poll = 0; poll < 2; poll += 1) {
				emitted.push(...((await bench.engine.poll(workflow)) ?? []).map(({ json }) => json.transactionId as number));
			}
		}
		spy.mockRestore();
		expect([...emitted].sort()).toEqual([...wanted].sort());
	}
});

test('an idle poll is one request, a failure moves nothing, and the movement comes with the next poll', async () => {
	const bench = await start();
	const workflow = trigger(bench);
	await bench.engine.poll(workflow);
	bench.sandbox.simplize.calls.clear();
	await bench.engine.poll(workflow);
	expect(bench.sandbox.simplize.calls.list()).toHaveLength(1);
	const before = JSON.stringify(workflow.staticData);
	bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount: 9 });
	bench.sandbox.simplize.faults.add({ kind: 'errorEnvelope', status: 400, count: 1 });
	expect((await toFailure(bench.engine.poll(workflow))).message).toContain('status 400');
	expect(JSON.stringify(workflow.staticData)).toBe(before);
	expect(getAmounts(await bench.engine.poll(workflow))).toEqual([9]);
});

test('a repeated poll with the old state repeats its items, and loses none', async () => {
	const bench = await start();
	const workflow = trigger(bench, {}, {}, 'repeated');
	await bench.engine.poll(workflow);
	const kept = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount: 9 });
	expect(getAmounts(await bench.engine.poll(workflow))).toEqual([9]);
	expect(getAmounts(await bench.engine.poll(trigger(bench, {}, kept, 'repeated')))).toEqual([9]);
});

test('several portfolios: each has a baseline of its own, and one that is refused does not stop the others', async () => {
	const bench = await start();
	const workflow = trigger(bench, {}, {}, 'several');
	await bench.engine.poll(workflow);
	const both = {
		portfolio: [
			...WATCHED.portfolio,
			{ externalUserId: 'USER010222', portfolioId: '870' },
			{ externalUserId: 'USER015', portfolioId: '1' },
		],
	};
	const widened = trigger(bench, { portfolios: both }, workflow.staticData, 'several');
	expect((await toFailure(bench.engine.poll(widened))).message).toContain('Portfolio not found');
	bench.sandbox.simplize.addCashMovement({ portfolioId: 870, amount: 2 });
	expect(getAmounts(await bench.engine.poll(widened))).toEqual([2]);
	bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount: 1 });
	expect(getAmounts(await bench.engine.poll(widened))).toEqual([1]);
	expect((await toFailure(bench.engine.poll(widened))).message).toContain('Portfolio not found');
});

describe('at activation', () => {
	const portfolios = {
		portfolio: [{ externalUserId: 'USER015', portfolioId: '1' }, ...WATCHED.portfolio],
	};

	test.each(['init', 'activate', 'update'] as const)(
		'one portfolio that is refused does not keep the others from being polled (%s)',
		async (activation) => {
			const bench = await start();
			const workflow = trigger(bench, { portfolios });
			expect(await bench.engine.poll(workflow, { activation })).toBeNull();
			expect(bench.engine.logs.join()).toContain('Portfolio 1 could not be read');
			bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount: 11 });
			expect(getAmounts(await bench.engine.poll(workflow))).toEqual([11]);
			expect((await toFailure(bench.engine.poll(workflow))).message).toContain('Portfolio not found');
		},
	);

	test('a portfolio that is the only one, and refused, is an error to the person who publishes', async () => {
		const bench = await start();
		const only = { portfolio: portfolios.portfolio.slice(0, 1) };
		const workflow = trigger(bench, { portfolios: only });
		expect((await toFailure(bench.engine.poll(workflow, { activation: 'activate' }))).message).toContain('not found');
		expect(await bench.engine.poll(workflow, { activation: 'init' })).toBeNull();
	});

	test('an outage ends no polling, and what arrives during it comes afterwards', async () => {
		const bench = await start();
		const workflow = trigger(bench);
		bench.sandbox.simplize.faults.add({ kind: 'errorEnvelope', status: 500 });
		const context = bench.engine.pollContext(workflow, { activation: 'activate' });
		expect(await bench.engine.pollAgain(context)).toBeNull();
		bench.sandbox.simplize.faults.clear();
		bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount: 12, createdAt: Date.now() + 1000 });
		expect(getAmounts(await bench.engine.pollAgain(context))).toEqual([12]);
	});
});

test.each<[string, IDataObject, string]>([
	['a direction that is none', { direction: 'In' }, 'Trigger On'],
	['commas alone for transaction types', { options: { transactionTypes: ' , ' } }, 'Transaction Types'],
])('%s is refused, not read as something', async (_what, parameters, named) => {
	const bench = await start();
	expect((await toFailure(bench.engine.poll(trigger(bench, parameters)))).message).toContain(named);
});

test('does not run beside itself', async () => {
	const bench = await start();
	const workflow = trigger(bench);
	await bench.engine.poll(workflow);
	bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount: 4000 });
	const found = await Promise.all([1, 2, 3].map(async () => getAmounts(await bench.engine.poll(workflow))));
	expect(found.flat()).toEqual([4000]);
});

test('direction, transaction types and output', async () => {
	const bench = await start();
	const workflow = trigger(bench, {
		direction: 'out',
		options: { transactionTypes: 'fee' },
		output: 'selected',
		fields: ['amount', 'createdDate'],
	});
	await bench.engine.poll(workflow);
	const add = (amount: number, type: string): unknown =>
		bench.sandbox.simplize.addCashMovement({ portfolioId: 862, amount, type });
	add(5, 'FEE');
	add(-6, 'WITHDRAW');
	add(-7, 'FEE');
	const found = await bench.engine.poll(workflow);
	expect(found).toHaveLength(1);
	expect(found?.[0]?.json).toEqual({ amount: -7, createdDate: expect.stringMatching(/Z$/) as string });
});

test('a test by hand shows one recent movement and keeps nothing', async () => {
	const bench = await start();
	const workflow = trigger(bench);
	expect(await bench.engine.poll(workflow, { mode: 'manual' })).toHaveLength(1);
	expect(workflow.staticData).toEqual({});
});

test('a test by hand says so if there is nothing to show', async () => {
	const bench = await start();
	const workflow = trigger(bench, { options: { transactionTypes: 'NOSUCH' } });
	await expect(bench.engine.poll(workflow, { mode: 'manual' })).rejects.toThrow('No recent cash movement');
	expect(workflow.staticData).toEqual({});
});

test.each([
	['Portfolios', { portfolios: {} }],
	['User', { portfolios: { portfolio: [{ externalUserId: '', portfolioId: '1' }] } }],
	['Portfolio', { portfolios: { portfolio: [{ externalUserId: 'U', portfolioId: 'x' }] } }],
	['Days to Look Back', { options: { overlapDays: 91 } }],
])('%s is checked before anything is sent', async (name, parameters) => {
	const bench = await start();
	expect((await toFailure(bench.engine.poll(trigger(bench, parameters)))).message).toMatch(new RegExp(`^${name}: `));
	expect(bench.sandbox.simplize.calls.list()).toEqual([]);
});
