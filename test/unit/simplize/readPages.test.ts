/** Paging against every kind of server that the vendor's pages leave possible. */
import fc from 'fast-check';
import { IncompleteReadError } from '@saoke/core';
import { readPages } from '../../../packages/core/src/simplize/paging';

interface Server {
	rows: number;
	/** Largest page it gives; 0 for none. */
	cap: number;
	/** Undefined: it says nothing. */
	total: ((rows: number) => number) | undefined;
	/** Where a page begins: counted in its own size, or in the size that was asked for. */
	offsetBy: 'given' | 'asked';
}

const answering =
	({ rows, cap, total, offsetBy }: Server) =>
	async (page: number, size: number): Promise<{ rows: number[]; total?: number }> => {
		const given = cap > 0 ? Math.min(cap, size) : size;
		const start = page * (offsetBy === 'given' ? given : size);
		const ids = Array.from({ length: rows }, (_, id) => id).slice(start, start + given);
		return await Promise.resolve({ rows: ids, total: total?.(rows) });
	};

const read = async (server: Server, size: number, limit?: number): Promise<number[]> =>
	await readPages({ readPage: answering(server), getKey: String, size, limit });

const exact = (rows: number): number => rows;

test('every server with a total that is right, or too small, is read to its end, each row once', async () => {
	const server = fc.record({
		rows: fc.integer({ min: 0, max: 130 }),
		cap: fc.integer({ min: 0, max: 30 }),
		total: fc.constantFrom<Server['total']>(exact, (rows) => rows + 7),
		offsetBy: fc.constantFrom<Server['offsetBy']>('given', 'asked'),
	});
	await fc.assert(
		fc.asyncProperty(server, fc.integer({ min: 1, max: 50 }), async (made, size) => {
			expect(await read(made, size)).toEqual(Array.from({ length: made.rows }, (_, id) => id));
		}),
		{ numRuns: 500 },
	);
});

test('a total that is too small does not end a full page; nor does a total that is missing', async () => {
	for (const total of [(): number => 1, undefined]) {
		expect(await read({ rows: 95, cap: 0, total, offsetBy: 'given' }, 10)).toHaveLength(95);
	}
});

test('an empty page ends the list, whatever the total says', async () => {
	expect(await read({ rows: 20, cap: 0, total: () => 1_000_000, offsetBy: 'given' }, 10)).toHaveLength(20);
});

test('a limit ends it, on the row', async () => {
	expect(await read({ rows: 95, cap: 0, total: exact, offsetBy: 'given' }, 10, 33)).toHaveLength(33);
});

test('a server that gives its last page for ever: quiet where that is all there is, else told', async () => {
	const last =
		(total: number | undefined) =>
		async (page: number): Promise<{ rows: number[]; total?: number }> =>
			await Promise.resolve({ rows: page === 0 ? [0, 1] : [2, 3], total });
	expect(await readPages({ readPage: last(undefined), getKey: String, size: 2 })).toEqual([0, 1, 2, 3]);
	expect(await readPages({ readPage: last(4), getKey: String, size: 2 })).toEqual([0, 1, 2, 3]);
	await expect(readPages({ readPage: last(9), getKey: String, size: 2 })).rejects.toBeInstanceOf(IncompleteReadError);
});
