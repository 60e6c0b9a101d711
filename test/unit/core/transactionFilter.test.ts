/** Filters that Casso lacks, and the query that it has (casso-api 4.4). */
import fc from 'fast-check';
import {
	checkTransactionQuery,
	makeTransactionFilter,
	normaliseTransaction,
	ParameterError,
	readNumberOption,
	type TransactionFilterInput,
} from '@saoke/core';
import { thrown } from './thrown';

const transaction = (change: Record<string, unknown>): ReturnType<typeof normaliseTransaction> =>
	normaliseTransaction({ id: 1, amount: 100, description: 'DH120 thanh toan', bankSubAccId: '0071', ...change });
const passes = (input: TransactionFilterInput, change: Record<string, unknown> = {}): boolean =>
	makeTransactionFilter(input)(transaction(change));

describe('makeTransactionFilter', () => {
	it.each<[string, TransactionFilterInput, Record<string, unknown>, boolean]>([
		['no filter passes everything', {}, { amount: 0 }, true],
		['money in', { direction: 'in' }, { amount: 1 }, true],
		['money in, not 0', { direction: 'in' }, { amount: 0 }, false],
		['money in, not out', { direction: 'in' }, { amount: -1 }, false],
		['money out', { direction: 'out' }, { amount: -1 }, true],
		['money out, not 0', { direction: 'out' }, { amount: 0 }, false],
		['any direction', { direction: 'any' }, { amount: -1 }, true],
		['least amount, included', { minAmount: 100 }, { amount: 100 }, true],
		['least amount, below', { minAmount: 101 }, { amount: 100 }, false],
		['least amount of money out goes by its size', { minAmount: 100 }, { amount: -100 }, true],
		['greatest amount, included', { maxAmount: 100 }, { amount: -100 }, true],
		['greatest amount, above', { maxAmount: 99 }, { amount: 100 }, false],
		['0 as the maximum amount is no limit', { maxAmount: 0 }, { amount: 1 }, true],
		['0 as the least amount keeps all', { minAmount: 0 }, { amount: 0 }, true],
		['one exact amount', { minAmount: 100, maxAmount: 100 }, { amount: 100 }, true],
		['text', { description: 'dh120' }, {}, true],
		['other text', { description: 'dh121' }, {}, false],
		['text in a transaction without one', { description: 'x' }, { description: null }, false],
		['own account', { accountNumbers: ['0071', '9'] }, {}, true],
		['leading zeros are part of the number', { accountNumbers: ['71'] }, {}, false],
		['another account', { accountNumbers: ['9'] }, {}, false],
		['no account numbers means all', { accountNumbers: [] }, {}, true],
	])('%s', (_case, input, change, expected) => {
		expect(passes(input, change)).toBe(expected);
	});

	it.each([
		['minAmount', { minAmount: -1 }],
		['minAmount', { minAmount: 0.5 }],
		['maxAmount', { maxAmount: NaN }],
		['maxAmount', { maxAmount: 2 ** 53 }],
		['minAmount', { minAmount: 2, maxAmount: 1 }],
	])('%s is refused: %p', (parameter, input) => {
		expect(() => makeTransactionFilter(input)).toThrow(ParameterError);
		expect(thrown(() => makeTransactionFilter(input))).toMatchObject({ parameter });
	});

	it('passes exactly what every single condition passes', () => {
		const amount = fc.integer({ min: -5, max: 5 });
		const condition = fc.record(
			{
				direction: fc.constantFrom('any' as const, 'in' as const, 'out' as const),
				minAmount: fc.nat(3),
				description: fc.constantFrom('', 'a', 'b*'),
				accountNumbers: fc.subarray(['1', '2']),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(
				condition,
				amount,
				fc.constantFrom('a', 'ab', 'b'),
				fc.constantFrom('1', '2'),
				(input, value, description, bankSubAccId) => {
					const change = { amount: value, description, bankSubAccId };
					const single = Object.entries(input).map(([name, only]) => passes({ [name]: only }, change));
					expect(passes(input, change)).toBe(single.every(Boolean));
				},
			),
		);
	});
});

describe('checkTransactionQuery', () => {
	it('what is left empty is left out, so that Casso’s default counts', () => {
		const empty = {
			accountId: undefined,
			fromDate: undefined,
			toDate: undefined,
			sort: undefined,
			page: undefined,
			pageSize: undefined,
		};
		expect(checkTransactionQuery({})).toEqual(empty);
		expect(
			checkTransactionQuery({ accountId: '', fromDate: '', toDate: null, sort: '', page: '', pageSize: undefined }),
		).toEqual(empty);
	});

	it('everything is brought into the documented form', () => {
		expect(
			checkTransactionQuery({
				accountId: 0,
				fromDate: '2026-01-31T00:00:00',
				toDate: new Date('2026-02-01T18:00:00Z'),
				sort: ' desc ',
				page: '2',
				pageSize: 20,
			}),
		).toEqual({
			accountId: '0',
			fromDate: '2026-01-31',
			toDate: '2026-02-02',
			sort: 'DESC',
			page: 2,
			pageSize: 20,
		});
	});

	it.each([
		['fromDate', { fromDate: '2026-02-02', toDate: '2026-02-01' }],
		['fromDate', { fromDate: 'soon' }],
		['toDate', { toDate: '2026-02-30' }],
		['sort', { sort: 'newest' }],
		['sort', { sort: 1 }],
		['page', { page: 0 }],
		['page', { page: '1.5' }],
		['pageSize', { pageSize: -1 }],
		['pageSize', { pageSize: 'all' }],
		['accountId', { accountId: '../webhooks' }],
		['accountId', { accountId: -1 }],
	])('%s is refused: %p', (parameter, input) => {
		expect(() => checkTransactionQuery(input)).toThrow(ParameterError);
		expect(thrown(() => checkTransactionQuery(input))).toMatchObject({ parameter });
	});

	it('one day is a range', () => {
		expect(checkTransactionQuery({ fromDate: '2026-02-01', toDate: '2026-02-01' })).toMatchObject({
			fromDate: '2026-02-01',
			toDate: '2026-02-01',
		});
	});
});

it.each([
	[1, 1],
	['50', 50],
	[' 7 ', 7],
	['', undefined],
	[null, undefined],
])('a count of %p is %p', (value, expected) => {
	expect(readNumberOption('limit', value)).toBe(expected);
});
