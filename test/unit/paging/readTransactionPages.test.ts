/** Pages that are handed on one by one: each transaction once, also while the list moves. */
import { ApiError, IncompleteReadError, readTransactionPages, type CassoConnection } from '@saoke/core';

interface Scene {
	/** Records of a page as the service would give them now; undefined refuses the page size with 400. */
	answer: (page: number, pageSize: number, request: number) => { ids: number[]; total: number } | undefined;
}

function connect({ answer }: Scene): { connection: CassoConnection; sizes: number[] } {
	const sizes: number[] = [];
	let request = 0;
	const connection: CassoConnection = {
		baseUrl: 'https://casso.test',
		runtime: { now: () => Date.parse('2026-01-20T00:00:00Z'), random: () => 0.5, sleep: () => Promise.resolve() },
		transport: ({ url }) => {
			const query = new URL(url).searchParams;
			const page = Number(query.get('page'));
			const pageSize = Number(query.get('pageSize'));
			sizes.push(pageSize);
			const found = answer(page, pageSize, request++);
			if (!found)
				return Promise.resolve({ status: 400, headers: {}, body: '{"error":400,"message":"pageSize","data":null}' });
			const records = found.ids.map((id) => ({ id, amount: 1, when: '2026-01-15T00:00:00', bankSubAccId: '1' }));
			const totalPages = Math.ceil(found.total / pageSize);
			const data = {
				page,
				pageSize,
				nextPage: page < totalPages ? page + 1 : null,
				totalPages,
				totalRecords: found.total,
				records,
			};
			return Promise.resolve({
				status: 200,
				headers: {},
				body: JSON.stringify({ error: 0, message: 'success', data }),
			});
		},
	};
	return { connection, sizes };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

function slice(all: number[]): (page: number, pageSize: number) => { ids: number[]; total: number } {
	return (page, pageSize) => ({ ids: all.slice((page - 1) * pageSize, page * pageSize), total: all.length });
}

async function collect(connection: CassoConnection, pageSize?: number, limit?: number): Promise<number[][]> {
	const pages: number[][] = [];
	for await (const page of readTransactionPages(connection, { pageSize }, { limit }))
		pages.push(page.map(({ transaction }) => Number(transaction.id)));
	return pages;
}

test('asks for 200 at a time, and for 50 where the service refuses that', async () => {
	const all = slice(range(0, 450));
	const free = connect({ answer: all });
	expect((await collect(free.connection)).map(({ length }) => length)).toEqual([200, 200, 50]);
	const strict = connect({ answer: (page, pageSize) => (pageSize > 50 ? undefined : all(page, pageSize)) });
	expect((await collect(strict.connection)).flat()).toEqual(range(0, 450));
	expect(strict.sizes.slice(0, 3)).toEqual([200, 50, 50]);
	await expect(collect(strict.connection, 100)).rejects.toThrow(ApiError);
});

test('a limit ends the reading as soon as it is reached', async () => {
	const { connection, sizes } = connect({ answer: slice(range(0, 450)) });
	expect((await collect(connection, 50, 60)).map(({ length }) => length)).toEqual([50, 10]);
	expect(sizes).toHaveLength(2);
});

test('rows that arrive meanwhile repeat on the next page and are passed on once', async () => {
	const { connection } = connect({
		answer: (page, pageSize, request) =>
			slice(request === 0 ? range(0, 30) : [-2, -1, ...range(0, 30)])(page, pageSize),
	});
	expect((await collect(connection, 10)).flat().sort((a, b) => a - b)).toEqual(range(0, 30));
});

test('a row that vanishes meanwhile makes no other one missing', async () => {
	const { connection } = connect({
		answer: (page, pageSize, request) => slice(request === 0 ? range(0, 30) : range(1, 30))(page, pageSize),
	});
	expect((await collect(connection, 10)).flat().sort((a, b) => a - b)).toEqual(range(0, 30));
});

test('a page that repeats the one before is asked for again, and refused where it stays so', async () => {
	const all = slice(range(0, 30));
	const once = connect({ answer: (page, pageSize, request) => all(request === 1 ? 1 : page, pageSize) });
	expect((await collect(once.connection, 10)).flat()).toEqual(range(0, 30));
	const forever = connect({ answer: (page, pageSize) => all(page === 2 ? 1 : page, pageSize) });
	await expect(collect(forever.connection, 10)).rejects.toThrow(IncompleteReadError);
});
