/** What users type in, checked before anything is sent; and what records must have. */
import {
	ApiError,
	checkBatchId,
	checkExternalUserId,
	checkHistoryQuery,
	checkPortfolioId,
	findParameterError,
	normaliseCashMovement,
	normaliseStockTransaction,
	normaliseSyncStatus,
	normaliseUser,
	ParameterError,
	RecordError,
} from '@saoke/core';
import { maskSignatures } from '../../../packages/core/src/simplize/client';
import { simplizeTime, toDdMmYyyy } from '../../../packages/core/src/simplize/historyQuery';

const NOW = Date.parse('2026-01-28T01:00:00+07:00');
const ids = { externalUserId: 'USER015', portfolioId: 863 };

test('the body of the vendor’s sample', () => {
	expect(checkHistoryQuery({ ...ids, fromDate: '2023-01-28' }, 'list', NOW)).toEqual({
		externalUserId: 'USER015',
		portfolioId: 863,
		ticker: null,
		transactionTypes: null,
		fromDate: '28/01/2023',
		toDate: '28/01/2026',
	});
});

test.each([
	['DEPOSIT, FEE', 'list', ['DEPOSIT', 'FEE']],
	[['1', 2], 'text', '1,2'],
	[1, 'text', '1'],
	['', 'list', null],
] as const)('types %j as %s', (transactionTypes, form, sent) => {
	expect(checkHistoryQuery({ ...ids, transactionTypes }, form, NOW).transactionTypes).toEqual(sent);
});

test.each([[{}], [[null]], [true], [' , '], [[]]])('types %j are refused', (transactionTypes) => {
	expect(() => checkHistoryQuery({ ...ids, transactionTypes }, 'list', NOW)).toThrow('transaction types');
});

test.each([0, 862, '862', ' 862 ', 9_007_199_254_740_991])('portfolio %j', (id) => {
	expect(checkPortfolioId(id)).toBe(Number(id));
});

test.each([-1, 1.5, '9007199254740992', 'x', '', null, undefined, '8 62'])('portfolio %j is refused', (id) => {
	expect(() => checkPortfolioId(id)).toThrow(ParameterError);
});

test('external user ids: any text but none, expressions and control characters', () => {
	expect(checkExternalUserId(" o'neil+vn ")).toBe("o'neil+vn");
	expect(checkExternalUserId(12)).toBe('12');
	for (const bad of ['', '  ', '{{externalUserId}}', 'a{{ $json.id }}b', 'a\nb', 'a\u0000', '\ud800', null, {}]) {
		expect(() => checkExternalUserId(bad)).toThrow(ParameterError);
	}
});

test('days and times with slashes', () => {
	expect(toDdMmYyyy('1/2/2026', 'fromDate')).toBe('01/02/2026');
	expect(toDdMmYyyy('', 'fromDate')).toBeUndefined();
	expect(() => toDdMmYyyy('29/02/2026', 'fromDate')).toThrow('not a date');
	expect(simplizeTime('09/01/2026 10:00')).toBe('2026-01-09T10:00:00+07:00');
	expect(simplizeTime('2026-01-27T17:00:00.000Z')).toBe('2026-01-28T00:00:00+07:00');
	expect(simplizeTime('soon')).toBeNull();
	expect(() => checkHistoryQuery({ ...ids, fromDate: '02/01/2026', toDate: '01/02/2025' }, 'list', NOW)).toThrow(
		'after the last day',
	);
});

test('records: id 0 counts; missing ids, inexact ids and missing amounts do not pass', () => {
	const row = { transactionId: 0, amount: -1 };
	expect(normaliseCashMovement(row, 5).movement).toMatchObject({
		transactionId: 0,
		portfolioId: 5,
		amount: -1,
		transactedAt: null,
	});
	expect(normaliseCashMovement({ ...row, transactionId: 'T-1' }, 5).movement.transactionId).toBe('T-1');
	for (const bad of [
		null,
		[],
		{ amount: 1 },
		{ transactionId: 1 },
		{ ...row, transactionId: 2 ** 53 },
		{ ...row, portfolioId: {} },
	]) {
		expect(() => normaliseCashMovement(bad, 5)).toThrow(RecordError);
	}
	expect(() => normaliseUser({ id: 1 })).toThrow(RecordError);
	expect(() => normaliseStockTransaction({}, 1)).toThrow(RecordError);
});

test('signatures are masked wherever a service repeats them', () => {
	const hex = 'Ab'.repeat(32);
	expect(maskSignatures(`?page=0&signature=${hex}&x=1 "signature":"abc" got ${hex}, ${'Z'.repeat(43)}=`)).toBe(
		'?page=0&signature=********&x=1 "signature":"********" got ********, ********',
	);
	expect(maskSignatures('The signature is not valid')).toBe('The signature is not valid');
});

test('a ParameterError of another bundle is known by its form, however it is wrapped', () => {
	const foreign = { code: 'INVALID_PARAMETER', parameter: 'apiKey', message: 'no key', hint: 'enter it' };
	for (const wrapped of [
		foreign,
		{ cause: { cause: foreign } },
		new Error('wrapped', { cause: new Error('again', { cause: foreign }) }),
	]) {
		expect(findParameterError(wrapped)).toMatchObject({ parameter: 'apiKey', message: 'no key', hint: 'enter it' });
	}
	expect(findParameterError(new Error('other'))).toBeUndefined();
});

test('the hint names a wrong clock before anything else', () => {
	const failure = { service: 'Simplize', method: 'GET', path: '/', httpStatus: 401, clockAheadMs: -6200 } as const;
	expect(new ApiError(failure).hint).toMatch(/about 6 s behind Simplize's/);
});

test('a batch ID is taken as it is; none means all batches; an expression that was not resolved is refused', () => {
	expect([' 118892eb ', '', '  ', undefined, null].map(checkBatchId)).toEqual([
		'118892eb',
		undefined,
		undefined,
		undefined,
		undefined,
	]);
	for (const bad of ['{{batch}}', 7, {}]) expect(() => checkBatchId(bad)).toThrow(ParameterError);
});

describe('the sync status', () => {
	const row = (portfolioId: number, status: boolean): object => ({
		batchId: 'b',
		userId: 'U',
		portfolioId,
		status,
		message: status ? 'Success' : 'Busy',
	});

	test.each(['failures', 'failedList', 'errors'])(
		'takes the portfolios of every list, whatever the list of failures is called (%s)',
		(name) => {
			const { syncStatus, raw } = normaliseSyncStatus({
				totalCount: 2,
				successCount: 1,
				failedCount: 1,
				successes: [row(1, true)],
				[name]: [row(2, false)],
			});
			expect(syncStatus.portfolios.map(({ portfolioId, isSynced }) => [portfolioId, isSynced])).toEqual([
				[1, true],
				[2, false],
			]);
			expect(raw).toHaveProperty(name);
		},
	);

	test('counts that are not stated are null, and rows that are no records are left out', () => {
		expect(normaliseSyncStatus({ successes: [null, 'x', {}] }).syncStatus).toEqual({
			totalCount: null,
			successCount: null,
			failedCount: null,
			portfolios: [{ batchId: '', userId: '', portfolioId: null, isSynced: false, message: '' }],
		});
	});

	test.each([null, [], 'text', undefined])('%j is no sync status', (value) => {
		expect(() => normaliseSyncStatus(value)).toThrow(RecordError);
	});
});
