/** One page, whatever its ends look like (casso-api 4.5, unknowns 1 and 4). */
import { RecordError } from '@saoke/core';
import { readPage } from '../../../packages/core/src/casso/paging/list';

const records = [{ id: 1 }, { id: 2 }];

it('the documented paging object', () => {
	const data = { page: 4, pageSize: 10, nextPage: 5, prevPage: 3, totalPages: 35, totalRecords: 341, records };
	expect(readPage(data, 4)).toEqual({
		page: 4,
		pageSize: 10,
		totalPages: 35,
		totalRecords: 341,
		records,
		hasNext: true,
		next: 'more',
	});
});

describe('whether another page follows', () => {
	it.each<[string, Record<string, unknown>, boolean]>([
		['a next page', { page: 1, nextPage: 2, totalPages: 2 }, true],
		['null at the end', { page: 2, nextPage: null, totalPages: 2 }, false],
		['0 at the end', { page: 2, nextPage: 0, totalPages: 2 }, false],
		['missing at the end', { page: 2, totalPages: 2 }, false],
		['only the totals say so', { page: 1, nextPage: null, totalPages: 2 }, true],
		['only nextPage says so', { page: 1, nextPage: 2 }, true],
		['a next page beyond totals that are too low', { page: 1, nextPage: 2, totalPages: 1 }, true],
		['nextPage pointing at itself', { page: 2, nextPage: 2, totalPages: 2 }, false],
		['nextPage pointing back', { page: 2, nextPage: 1 }, false],
		['numbers as text', { page: '1', nextPage: '2', totalPages: '2' }, true],
		['nothing said at all', {}, false],
	])('%s', (_case, paging, expected) => {
		expect(readPage({ ...paging, records }, 1).hasNext).toBe(expected);
	});

	it('a page without records ends the list, whatever it says of a next one', () => {
		expect(readPage({ page: 3, nextPage: 4, totalPages: 9, records: [] }, 3).hasNext).toBe(false);
	});
});

it.each([
	['a bare list of v1', records, records],
	['null', null, []],
	['records of null', { page: 1, records: null }, []],
	['no records key', { page: 1 }, []],
])('%s', (_case, data, expected) => {
	expect(readPage(data, 1).records).toEqual(expected);
});

it('without a page number, it is the one that was asked for', () => {
	expect(readPage({ records }, 7).page).toBe(7);
	expect(readPage(records, 7).page).toBe(7);
});

it.each([
	['text', 'x'],
	['a number', 5],
	['records that are no list', { records: { 0: 'x' } }],
	['records in words', { records: 'none' }],
])('%s is refused', (_case, data) => {
	expect(() => readPage(data, 1)).toThrow(RecordError);
});
