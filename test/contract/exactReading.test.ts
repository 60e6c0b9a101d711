/** Return All against the sandbox: 200 random histories with everything that goes wrong, compared row by row. */
import fc from 'fast-check';
import {
	ApiError,
	IncompleteReadError,
	NetworkError,
	readTransactions,
	RecordError,
	type TransactionQuery,
} from '@saoke/core';
import type { ApiFault, CassoQuirks, TransactionInput } from '@saoke/sandbox';
import { START, startSimulatedCasso, type SimulatedCasso } from './harness/simulatedCasso';

const RANGE: TransactionQuery = { fromDate: '2026-03-01', toDate: '2026-03-10' };
const LIST = '/v2/transactions';

let casso: SimulatedCasso;

beforeAll(async () => {
	casso = await startSimulatedCasso();
});

afterAll(async () => {
	await casso.sandbox.close();
});

beforeEach(() => {
	casso.sandbox.casso.reset();
	casso.clock.nowMs = START;
});

function fill(count: number, tied = 1): void {
	const { accounts } = casso.sandbox.casso.data;
	const base = START - 8 * 86_400_000;
	const inputs = Array.from({ length: count }, (_, at) => ({
		amount: at % 2 ? -1000 : 2000,
		time: base + Math.floor(at / tied) * 1000,
		accountId: accounts[at % accounts.length]?.id,
	}));
	casso.sandbox.casso.addTransactions(inputs);
}

function arrival(place: number, count: number): TransactionInput {
	return { amount: 5000, time: START - 8 * 86_400_000 + Math.floor(place * count) * 1000 + 500 };
}

const faultArbitrary = (count: number): fc.Arbitrary<ApiFault> =>
	fc.oneof(
		fc.record({ place: fc.double({ min: 0, max: 1.2, noNaN: true }), often: fc.integer({ min: 1, max: 50 }) }).map(
			({ place, often }): ApiFault => ({
				kind: 'insertWhilePaging',
				path: LIST,
				transactions: [arrival(place, count)],
				count: often,
			}),
		),
		fc.integer({ min: 0, max: 6 }).map((skip): ApiFault => ({ kind: 'deleteWhilePaging', path: LIST, skip, count: 1 })),
		fc.constant<ApiFault>({ kind: 'shuffleTies', path: LIST }),
		fc.constant<ApiFault>({ kind: 'httpError', status: 500, path: LIST, probability: 0.03 }),
		fc.constant<ApiFault>({ kind: 'httpError', status: 503, path: LIST, probability: 0.1 }),
		fc.constant<ApiFault>({ kind: 'httpError', status: 429, retryAfterSeconds: 2, path: LIST, probability: 0.1 }),
		fc.constant<ApiFault>({ kind: 'invalidJson', path: LIST, probability: 0.03 }),
		fc.constant<ApiFault>({ kind: 'reset', path: LIST, probability: 0.05 }),
		fc.integer({ min: 1, max: 3 }).map((page): ApiFault => ({ kind: 'repeatPage', path: LIST, page, count: 1 })),
	);

const quirksArbitrary: fc.Arbitrary<Partial<CassoQuirks>> = fc.record({
	maxPageSize: fc.constantFrom(null, 3, 7, 20),
	pageEnd: fc.constantFrom('null', 'zero', 'missing'),
	totals: fc.constantFrom('exact', 'exact', 'exact', 'missing', 'zero'),
	listForm: fc.constantFrom('paging', 'paging', 'paging', 'array'),
	pageNumbers: fc.constantFrom('number', 'string'),
	pastEnd: fc.constantFrom('empty', 'lastPage'),
	bankTimes: fc.constantFrom('full', 'full', 'dateOnly'),
});

interface Reading {
	/** Ids that were there before the first page. */
	before: Set<number>;
	found: number[];
	times: string[];
}

/** Reads until the service lets it; a failure is an answer, a wrong list is not. */
async function readDespiteFailures(
	parallel: number,
	sort: 'ASC' | 'DESC',
	pageSize: number,
): Promise<Reading | undefined> {
	for (let attempt = 0; attempt < 30; attempt++) {
		const before = new Set(casso.rows().map(({ id }) => id));
		try {
			const found = await readTransactions(casso.connection, { ...RANGE, sort, pageSize }, { parallel });
			return {
				before,
				found: found.map(({ transaction }) => transaction.id as number),
				times: found.map(({ transaction }) => transaction.transactedAt ?? ''),
			};
		} catch (error) {
			if (error instanceof IncompleteReadError) return undefined;
			if (!(error instanceof ApiError) && !(error instanceof NetworkError) && !(error instanceof RecordError))
				throw error;
		}
	}
	return undefined;
}

it('is exact, or an error, in 200 random histories', async () => {
	const outcomes = { exact: 0, refused: 0 };
	await fc.assert(
		fc.asyncProperty(
			fc.record({
				count: fc.integer({ min: 0, max: 120 }),
				tied: fc.constantFrom(1, 1, 2, 5, 30),
				pageSize: fc.constantFrom(5, 10, 50),
				parallel: fc.integer({ min: 1, max: 10 }),
			}),
			fc.constantFrom('ASC' as const, 'DESC' as const),
			quirksArbitrary,
			fc.integer({ min: 0, max: 120 }).chain((count) => fc.array(faultArbitrary(count), { maxLength: 3 })),
			async ({ count, tied, pageSize, parallel }, sort, quirks, faults) => {
				casso.sandbox.casso.reset();
				casso.clock.nowMs = START;
				fill(count, tied);
				casso.sandbox.casso.quirks.set(quirks);
				// An arrival and a disappearance after one answer hide each other: no reader can tell.
				const isBoth =
					faults.some(({ kind }) => kind === 'insertWhilePaging') &&
					faults.some(({ kind }) => kind === 'deleteWhilePaging');
				// Without totals, nothing tells a disappearance from a shorter list.
				const isBlind = quirks.totals !== 'exact' || quirks.listForm === 'array';
				for (const fault of faults)
					if (fault.kind !== 'deleteWhilePaging' || !(isBoth || isBlind)) casso.sandbox.casso.faults.add(fault);
				const read = await readDespiteFailures(parallel, sort, pageSize);
				if (read) checkExact(read, sort);
				outcomes[read ? 'exact' : 'refused']++;
			},
		),
		{ numRuns: 200 },
	);
	expect(outcomes.exact).toBeGreaterThan(150);
}, 120_000);

function checkExact({ before, found, times }: Reading, sort: 'ASC' | 'DESC'): void {
	const now = new Set(casso.rows().map(({ id }) => id));
	expect(new Set(found).size).toBe(found.length);
	expect([...before].filter((id) => now.has(id) && !found.includes(id))).toEqual([]);
	const inOrder = [...times].sort();
	expect(times).toEqual(sort === 'ASC' ? inOrder : inOrder.reverse());
}

describe('the requests it makes', () => {
	it('are one a page, at most four at once, none past the end', async () => {
		fill(230);
		const found = await readTransactions(casso.connection, RANGE);
		expect(found.map(({ transaction }) => transaction.id)).toEqual(casso.rows().map(({ id }) => id));
		expect(casso.requests().map(({ query }) => query.page)).toEqual(expect.arrayContaining(['1', '2', '3', '4', '5']));
		expect(casso.requests()).toEqual([]);
	});

	it('ask for the same page size throughout, whatever the server gives', async () => {
		fill(100);
		casso.sandbox.casso.quirks.set({ maxPageSize: 20 });
		casso.requests();
		await readTransactions(casso.connection, { ...RANGE, pageSize: 100 });
		expect(
			casso
				.requests()
				.map(({ query }) => `${String(query.pageSize)}/${String(query.page)}`)
				.sort(),
		).toEqual(['100/1', '100/2', '100/3', '100/4', '100/5']);
	});

	it('obey Retry-After, all of them', async () => {
		fill(500);
		casso.sandbox.casso.faults.add({
			kind: 'httpError',
			status: 429,
			retryAfterSeconds: 7,
			path: LIST,
			skip: 3,
			count: 1,
		});
		const startedAt = casso.clock.nowMs;
		const found = await readTransactions(casso.connection, RANGE);
		expect(found).toHaveLength(500);
		expect(casso.clock.nowMs - startedAt).toBeGreaterThanOrEqual(7000);
		const requests = casso.requests();
		const refused = requests.findIndex(({ status }) => status === 429);
		const refusedAt = Date.parse(requests[refused]?.at ?? '');
		// Those in flight with the refused one were under way already.
		const tooSoon = requests.slice(refused + 4).filter(({ at }) => Date.parse(at) < refusedAt + 7000);
		expect(tooSoon).toEqual([]);
	});
});
