/** The two list calls: defaults, Vietnam days, order, pages, and what a bad query gets (spec 4.4, 4.5, 11). */
import fc from 'fast-check';
import type { Sandbox } from '@saoke/sandbox';
import { call, closeAll, list, NOW, sandbox } from './support';

afterEach(closeAll);

/** A bank without history, so that a test knows every transaction. */
async function emptyBank(options: Parameters<typeof sandbox>[0] = {}): Promise<Sandbox> {
	return sandbox({ transactions: 0, ...options });
}

function addAt(casso: Sandbox, ...times: string[]): number[] {
	return times.map((time) => casso.casso.addTransaction({ amount: 1_000, time }).id);
}

const getIds = (data: { records: Array<{ id: number }> }): number[] => data.records.map(({ id }) => id);

describe('defaults', () => {
	test('last 7 days up to today, page 1, size 10, oldest first', async () => {
		const casso = await emptyBank();
		const [, first, , last] = addAt(
			casso,
			'2026-11-12T23:59:59',
			'2026-11-13T00:00:00',
			'2026-11-16',
			'2026-11-20T23:59:59',
			'2026-11-21T00:00:00',
		);
		const data = await list(casso);
		expect(data).toMatchObject({
			page: 1,
			pageSize: 10,
			nextPage: null,
			prevPage: null,
			totalPages: 1,
			totalRecords: 3,
		});
		expect(getIds(data)[0]).toBe(first);
		expect(getIds(data).at(-1)).toBe(last);
	});

	test('an empty parameter counts as missing', async () => {
		const casso = await sandbox();
		expect(await list(casso, '?fromDate=&toDate=&page=&pageSize=&sort=')).toEqual(await list(casso));
	});

	test('an empty range has no pages', async () => {
		const casso = await emptyBank();
		expect(await list(casso)).toMatchObject({ page: 1, totalPages: 0, totalRecords: 0, nextPage: null, records: [] });
	});

	test('today follows the clock of the bank in Vietnam, not UTC', async () => {
		let now = Date.parse('2026-11-20T23:30:00+07:00');
		const casso = await emptyBank({ now: () => now });
		const [late] = addAt(casso, '2026-11-21T00:10:00');
		expect(getIds(await list(casso))).toEqual([]);
		now += 3_600_000;
		expect(getIds(await list(casso))).toEqual([late]);
	});
});

describe('days', () => {
	test('both ends are included, by Vietnam time', async () => {
		const casso = await emptyBank();
		const ids = addAt(
			casso,
			'2026-11-01T23:59:59',
			'2026-11-02T00:00:00',
			'2026-11-03T23:59:59',
			'2026-11-04T00:00:00',
		);
		expect(getIds(await list(casso, '?fromDate=2026-11-02&toDate=2026-11-03'))).toEqual([ids[1], ids[2]]);
		expect(getIds(await list(casso, '?fromDate=2026-11-01&toDate=2026-11-01'))).toEqual([ids[0]]);
	});

	test('a transaction booked in the past stands at its time, not at the end', async () => {
		const casso = await emptyBank();
		const ids = addAt(casso, '2026-11-18', '2026-11-19', '2026-11-17');
		expect(getIds(await list(casso))).toEqual([ids[2], ids[0], ids[1]]);
	});
});

describe('pages', () => {
	test('are consistent with the documented sample: 341 records of 10 are 35 pages', async () => {
		const casso = await emptyBank();
		casso.casso.addTransactions(
			Array.from({ length: 341 }, (_, place) => ({ amount: place + 1, time: NOW - place * 1000 })),
		);
		expect(await list(casso, '?page=4')).toMatchObject({
			page: 4,
			pageSize: 10,
			nextPage: 5,
			prevPage: 3,
			totalPages: 35,
			totalRecords: 341,
		});
		const last = await list(casso, '?page=35');
		expect(last).toMatchObject({ nextPage: null, prevPage: 34 });
		expect(last.records).toHaveLength(1);
		expect(await list(casso, '?page=36')).toMatchObject({ nextPage: null, totalRecords: 341, records: [] });
	});

	test('put together give every row once, whatever the size, order, account and dates', async () => {
		const casso = await sandbox({ transactions: 300 });
		const { data } = casso.casso;
		const account = fc.constantFrom<number | null>(null, ...data.accounts.map(({ id }) => id));
		const days = fc.tuple(fc.integer({ min: 0, max: 65 }), fc.integer({ min: 0, max: 65 }));
		await fc.assert(
			fc.asyncProperty(
				account,
				days,
				fc.integer({ min: 7, max: 120 }),
				fc.boolean(),
				async (accountId, span, pageSize, descending) => {
					const [near, far] = [Math.min(...span), Math.max(...span)];
					const day = (ago: number): string =>
						new Date(NOW + 7 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10);
					const path = accountId === null ? '/v2/transactions' : `/v2/accounts/${String(accountId)}/transactions`;
					const query = `?fromDate=${day(far)}&toDate=${day(near)}&pageSize=${String(pageSize)}&sort=${descending ? 'DESC' : 'ASC'}`;
					const seen: number[] = [];
					for (let page = 1; ; page += 1) {
						const data = await list(casso, `${query}&page=${String(page)}`, path);
						seen.push(...data.records.map(({ id, privateId }) => id ?? privateId));
						if (data.nextPage === null) break;
					}
					const { list: all } = data.transactions.range(accountId, -Infinity, Infinity);
					const from = Date.parse(`${day(far)}T00:00:00+07:00`);
					const to = Date.parse(`${day(near)}T00:00:00+07:00`) + 86_400_000;
					const expected = all.filter(({ time }) => time >= from && time < to).map(({ id }) => id);
					expect(seen).toEqual(descending ? expected.reverse() : expected);
				},
			),
			{ numRuns: 25 },
		);
	});

	test('stay in order with 20,000 transactions, at the far end too', async () => {
		const casso = await sandbox({ transactions: 20_000 });
		const data = await list(casso, '?fromDate=2026-09-01&pageSize=50&page=400');
		expect(data).toMatchObject({ totalRecords: 20_000, totalPages: 400, nextPage: null });
		expect(getIds(data).at(-1)).toBe(4_512_300 + 20_000);
	});
});

describe('a bad query', () => {
	const bad = [
		'fromDate=20261120',
		'fromDate=2026-02-30',
		'toDate=yesterday',
		'fromDate=2026-11-20T00:00:00Z',
		'page=0',
		'page=-1',
		'page=1.5',
		'page=x',
		'pageSize=0',
		'pageSize=ten',
		'sort=asc',
		'sort=random',
		'fromDate=2026-11-10&toDate=2026-11-09',
	];

	test.each(bad)('%s is refused with 400', async (query) => {
		const answer = await call(await sandbox(), `/v2/transactions?${query}`);
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ error: 400, data: null });
	});

	test.each(bad)('%s counts as missing where that is switched on', async (query) => {
		const casso = await sandbox({ quirks: { badQuery: 'default' } });
		expect(await list(casso, `?${query}`)).toEqual(await list(casso));
	});

	test('a parameter given twice counts with its last value', async () => {
		expect(await list(await sandbox(), '?pageSize=3&pageSize=4')).toMatchObject({ pageSize: 4 });
	});
});
