/** The pager against lists that move, cap, repeat, lie about their length and change the order of equal times. */
import fc from 'fast-check';
import { IncompleteReadError } from '@saoke/core';
import type { ReadListOptions } from '../../../packages/core/src/casso/paging/list';
import { readList } from '../../../packages/core/src/casso/paging';
import { checkExact, MovingList, type MovingListOptions } from './movingList';

const OPTIONS: ReadListOptions = { pageSize: 10, parallel: 4 };

async function read(list: MovingList, options: Partial<ReadListOptions> = {}): Promise<number[]> {
	const { rows } = await readList(list.fetch, { ...OPTIONS, ...options });
	return rows.map(({ item }) => item as number);
}

function ids(count: number): number[] {
	return Array.from({ length: count }, (_, id) => id);
}

describe('a list at rest', () => {
	it.each([0, 1, 9, 10, 11, 95, 100, 101])(
		'of %i rows is read whole, in order, without a request too many',
		async (rows) => {
			const list = new MovingList({ rows });
			expect(await read(list)).toEqual(ids(rows));
			expect(list.answers).toBe(Math.max(1, Math.ceil(rows / 10)));
		},
	);

	it.each([1, 2, 4, 10])('has at most %i pages in flight', async (parallel) => {
		const list = new MovingList({ rows: 300, random: Math.random });
		expect(await read(list, { parallel })).toEqual(ids(300));
		expect(list.mostInFlight).toBe(Math.min(parallel, 29));
	});

	it.each([1, 3, 7])('is read whole where the service gives %i rows a page', async (cap) => {
		const list = new MovingList({ rows: 95, cap });
		expect(await read(list)).toEqual(ids(95));
		expect(list.answers).toBe(Math.ceil(95 / cap));
	});

	it.each<[string, Partial<MovingListOptions>]>([
		['nothing about the next page', { nextPage: 'unsaid' }],
		['that there is no next page', { nextPage: 'none' }],
		['no totals', { totals: 'missing' }],
		['no totals and nothing about the next page', { totals: 'missing', nextPage: 'unsaid' }],
		['totals of zero', { totals: 'zero' }],
		['totals of the page alone', { totals: 'tooLow' }],
		['nothing at all, with a cap', { totals: 'missing', nextPage: 'unsaid', cap: 7 }],
		['no totals, with a cap', { totals: 'missing', cap: 7 }],
	])('is read whole where the service says %s', async (_name, options) => {
		for (const rows of [0, 1, 10, 35, 40]) expect(await read(new MovingList({ rows, ...options }))).toEqual(ids(rows));
	});

	it('is refused where the total promises rows that never come', async () => {
		await expect(read(new MovingList({ rows: 35, totals: 'tooHigh' }))).rejects.toThrow(
			/77 rows by its total, and 35 different/,
		);
	});

	it('is given up where a page can never be reached', async () => {
		const list = new MovingList({ rows: 60 });
		const stuck: typeof list.fetch = async (page, size) => await list.fetch(page === 2 ? 1 : page, size);
		await expect(readList(stuck, OPTIONS)).rejects.toThrow(IncompleteReadError);
	});

	it('is read whole where a page is repeated once', async () => {
		const list = new MovingList({ rows: 60 });
		const once: typeof list.fetch = async (page, size) =>
			await list.fetch(page === 2 && list.answers < 2 ? 1 : page, size);
		const { rows } = await readList(once, OPTIONS);
		expect(rows.map(({ item }) => item)).toEqual(ids(60));
	});

	it.each(['missing', 'exact'] as const)(
		'ends where the last page comes again for ever (totals %s)',
		async (totals) => {
			const list = new MovingList({ rows: 35, totals, nextPage: 'exact' });
			const endless: typeof list.fetch = async (page, size) => {
				const answer = await list.fetch(Math.min(page, 4), size);
				const promised =
					totals === 'exact' ? { totalPages: Math.max(4, page + 1), totalRecords: Math.max(4, page + 1) * 10 } : {};
				return { ...answer, ...promised, next: 'more', page };
			};
			const { rows } = await readList(endless, OPTIONS);
			expect(rows.map(({ item }) => item)).toEqual(ids(35));
		},
	);

	it('is given up where new rows never end', async () => {
		const list = new MovingList({
			rows: 20,
			afterAnswer: (self) => {
				for (let more = 0; more < 10; more++) self.insert(self.rows.length);
			},
		});
		await expect(read(list)).rejects.toThrow(/still more pages/);
	});
});

describe('a limit', () => {
	it.each([1, 9, 10, 11, 35])('of %i ends the reading early', async (limit) => {
		const list = new MovingList({ rows: 500 });
		const found = await read(list, { limit });
		expect(found.slice(0, limit)).toEqual(ids(limit));
		expect(list.answers).toBe(Math.ceil(limit / 10));
	});

	it('with a filter reads on as far as needed, and not much further', async () => {
		const list = new MovingList({ rows: 500 });
		const odd: typeof list.fetch = async (page, size) => {
			const answer = await list.fetch(page, size);
			return {
				...answer,
				rows: answer.rows.map((row) => ({ ...row, item: (row.item as number) % 2 === 1 ? row.item : undefined })),
			};
		};
		const { rows } = await readList(odd, { ...OPTIONS, limit: 50 });
		expect(
			rows
				.filter(({ item }) => item !== undefined)
				.slice(0, 50)
				.map(({ item }) => item),
		).toEqual(ids(100).filter((id) => id % 2 === 1));
		expect(list.answers).toBe(10);
	});

	it('is kept while rows arrive at the beginning', async () => {
		const list = new MovingList({
			rows: 500,
			afterAnswer: (self, answer) => {
				if (answer % 3 === 0) self.insert(0);
			},
		});
		const found = (await read(list, { limit: 100 })).slice(0, 100);
		expect(found.filter((id) => id < 500)).toEqual(ids(found.filter((id) => id < 500).length));
	});
});

describe('a list that moves', () => {
	it('is read exactly while a row arrives at every answer, wherever it goes', async () => {
		for (const place of [0, 20, 999]) {
			const list = new MovingList({
				rows: 95,
				random: Math.random,
				afterAnswer: (self) => {
					self.insert(Math.min(place, self.rows.length));
				},
			});
			checkExact(list, await read(list));
		}
	});

	it('is read exactly after it came to rest', async () => {
		const list = new MovingList({
			rows: 95,
			afterAnswer: (self, answer) => {
				if (answer === 3) self.remove(2);
			},
		});
		const found = await read(list);
		checkExact(list, found);
		expect(found).toEqual(ids(95).filter((id) => id !== 2));
	});

	it('is refused, with the reason, where rows disappear all the time', async () => {
		const list = new MovingList({
			rows: 95,
			afterAnswer: (self) => {
				self.remove(0);
			},
		});
		await expect(read(list)).rejects.toMatchObject({
			code: 'INCOMPLETE_READ',
			message: expect.stringContaining('changed from') as string,
		});
	});

	it('is exact, or an error, in any history of arrivals and disappearances', async () => {
		let exact = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.record({
					rows: fc.integer({ min: 0, max: 90 }),
					cap: fc.integer({ min: 3, max: 12 }),
					tied: fc.integer({ min: 1, max: 5 }),
					parallel: fc.integer({ min: 1, max: 10 }),
				}),
				fc.array(
					fc.record({
						answer: fc.integer({ min: 1, max: 30 }),
						place: fc.double({ min: 0, max: 1, noNaN: true }),
						isArrival: fc.boolean(),
					}),
					{ maxLength: 4 },
				),
				fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
				async ({ rows, cap, tied, parallel }, events, chance) => {
					const list = new MovingList({
						rows,
						cap,
						tied,
						random: () => chance.next().value as number,
						afterAnswer: (self, answer) => {
							// One event between two answers: an arrival and a disappearance at once can hide each other from any reader.
							const event = events.find((one) => one.answer === answer);
							if (!event) return;
							const place = Math.floor(event.place * self.rows.length);
							if (event.isArrival) self.insert(place);
							else self.remove(place);
						},
					});
					try {
						checkExact(list, await read(list, { parallel }));
						exact++;
					} catch (error) {
						if (!(error instanceof IncompleteReadError)) throw error;
					}
				},
			),
			{ numRuns: 400 },
		);
		expect(exact).toBeGreaterThan(300);
	});
});

describe('rows of one time that change places', () => {
	it.each([
		[2, 10],
		[3, 10],
		[7, 10],
		[30, 10],
		[95, 10],
		[3, 2],
		[4, 1],
	])('are all found: %i of one time, pages of %i', async (tied, pageSize) => {
		for (let round = 0; round < 20; round++) {
			const list = new MovingList({ rows: 95, tied, shuffles: true });
			const found = await read(list, { pageSize });
			checkExact(list, found);
			expect(found).toHaveLength(95);
			const times = found.map((id) => Math.floor(id / tied));
			expect(times).toEqual([...times].sort((a, b) => a - b));
		}
	});
});
