/** The normaliser over Casso's four dialects (casso-api 5). */
import fc from 'fast-check';
import {
	BANK_TRANSACTION_DETAIL_FIELDS,
	BANK_TRANSACTION_FIELDS,
	normaliseTransaction,
	RecordError,
} from '@saoke/core';
import { ACCOUNT_DIALECT, LEGACY_DIALECT, LIST_DIALECT, LIVE_DIALECT, MINIMAL_DIALECT, V2_DIALECT } from './samples';
import { thrown } from './thrown';

const ALL = { ACCOUNT_DIALECT, LEGACY_DIALECT, LIST_DIALECT, LIVE_DIALECT, MINIMAL_DIALECT, V2_DIALECT };

describe('the four dialects become one shape', () => {
	it.each([
		[
			'account list',
			ACCOUNT_DIALECT,
			{
				id: 199,
				reference: 'TF2104042',
				transactedAt: '2021-04-04T21:10:00+07:00',
				amount: -1000000,
				runningBalance: 23502022,
				accountNumber: '',
				bankName: '',
			},
		],
		[
			'documented list',
			LIST_DIALECT,
			{
				id: 5789,
				reference: 'TF2104152395814062',
				transactedAt: '2021-04-15T00:00:00+07:00',
				amount: -193000,
				runningBalance: 1070904,
				accountNumber: '8007041027107',
				bankName: 'ACB',
			},
		],
		[
			'live list',
			LIVE_DIALECT,
			{
				id: 5790,
				transactedAt: '2026-03-15T09:30:05+07:00',
				runningBalance: 2320904,
				accountNumber: '0071000888888',
				bankName: 'Vietcombank',
				counterpartyName: 'TRAN VAN B',
				counterpartyAccount: '19035678901234',
			},
		],
		[
			'older list',
			MINIMAL_DIALECT,
			{
				id: 314344,
				transactedAt: '2021-04-15T00:00:00+07:00',
				amount: -10000,
				runningBalance: 389460,
				accountNumber: '',
				counterpartyName: '',
			},
		],
		[
			'legacy webhook',
			LEGACY_DIALECT,
			{
				id: 6785,
				reference: 'BANK_REF_ID',
				transactedAt: '2020-10-14T00:34:57+07:00',
				runningBalance: 10500000,
				accountNumber: '0123456789',
				bankName: 'VPBank',
			},
		],
		[
			'Webhook V2',
			V2_DIALECT,
			{
				id: 0,
				reference: 'MA_GIAO_DICH_THU_NGHIEM',
				transactedAt: '2024-10-03T15:06:37+07:00',
				accountNumber: '88888888',
				counterpartyName: 'NGUYEN VAN A',
				counterpartyAccount: '8888888888',
			},
		],
	])('%s', (_dialect, record, expected) => {
		expect(normaliseTransaction(record).transaction).toMatchObject(expected);
	});

	it.each(Object.entries(ALL))(
		'%s: ten simplified fields in the order of the contract, and the untouched record',
		(_name, record) => {
			const found = normaliseTransaction(record);
			expect(Object.keys(found.transaction)).toEqual([...BANK_TRANSACTION_FIELDS]);
			expect(Object.keys(found.details)).toEqual([...BANK_TRANSACTION_DETAIL_FIELDS]);
			expect(BANK_TRANSACTION_FIELDS).toHaveLength(10);
			expect(found.raw).toBe(record);
		},
	);

	it('keeps further fields for whoever selects them', () => {
		expect(normaliseTransaction(LIVE_DIALECT).details).toEqual({
			bookingDate: '2026-03-15',
			accountId: 733,
			virtualAccountNumber: 'VA01',
			virtualAccountName: 'TIEM HOA',
			paymentChannel: '',
			counterpartyBankId: '970407',
			counterpartyBankName: 'Techcombank',
			transactedAtRaw: '2026-03-15T09:30:05',
		});
	});
});

describe('balance after', () => {
	it.each([
		['cusumBalance', { cusumBalance: 5 }, 5],
		['cusum_balance', { cusum_balance: 5 }, 5],
		['runningBalance', { runningBalance: 5 }, 5],
		['0, which is a balance', { cusumBalance: 0 }, 0],
		['null in one spelling, a number in the other', { cusumBalance: null, cusum_balance: 5 }, 5],
		['digits as text', { cusumBalance: '5' }, 5],
		['null', { cusumBalance: null }, null],
		['missing, which is not 0', {}, null],
		['words', { cusumBalance: 'five' }, null],
	])('%s', (_case, keys, expected) => {
		expect(normaliseTransaction({ id: 1, amount: 1, ...keys }).transaction.runningBalance).toBe(expected);
	});
});

describe('identity', () => {
	it.each([
		['0 is an id', { id: 0 }, 0],
		['a private id of 0 is one', { privateId: 0 }, 0],
		['text keeps every digit', { id: '90071992547409931234' }, '90071992547409931234'],
		['without an id the reference stands in', { tid: 'FT1' }, 'FT1'],
		['null is no id', { id: null, privateId: 7 }, 7],
		['empty text is no id', { id: '', reference: 'FT2' }, 'FT2'],
	])('%s', (_case, keys, expected) => {
		expect(normaliseTransaction({ amount: 1, ...keys }).transaction.id).toBe(expected);
	});

	it.each([
		['no id and no reference', { amount: 1 }, 'id'],
		['no amount', { id: 1 }, 'amount'],
		['an amount of null', { id: 1, amount: null }, 'amount'],
		['an amount in words', { id: 1, amount: 'ten' }, 'amount'],
		['an endless amount', { id: 1, amount: Infinity }, 'amount'],
		['null', null, 'record'],
		['a list', [LIST_DIALECT], 'record'],
		['text', 'x', 'record'],
	])('%s is refused, naming the field', (_case, record, field) => {
		expect(() => normaliseTransaction(record)).toThrow(RecordError);
		expect(() => normaliseTransaction(record)).toThrow(`"${field}"`);
	});

	it('an unusable value does not reach the message', () => {
		expect(thrown(() => normaliseTransaction({ id: 1, amount: 'VERY-PRIVATE' })).message).not.toContain('VERY-PRIVATE');
	});
});

describe('time', () => {
	it('a Z time is Vietnam time by default and UTC by choice', () => {
		expect(normaliseTransaction(ACCOUNT_DIALECT).transaction.transactedAt).toBe('2021-04-04T21:10:00+07:00');
		expect(normaliseTransaction(ACCOUNT_DIALECT, { timesEndingInZ: 'utc' }).transaction.transactedAt).toBe(
			'2021-04-05T04:10:00+07:00',
		);
		expect(normaliseTransaction(ACCOUNT_DIALECT, { timesEndingInZ: 'utc' }).details.transactedAtRaw).toBe(
			'2021-04-04T21:10:00Z',
		);
	});

	it.each([
		['null', null],
		['empty', ''],
		['missing', undefined],
	])('where the time is %s, the booking date stands in', (_case, when) => {
		const { transaction } = normaliseTransaction({ id: 1, amount: 1, when, bookingDate: '2026-03-15T00:00:00' });
		expect(transaction.transactedAt).toBe('2026-03-15T00:00:00+07:00');
	});

	it('words are no time', () => {
		expect(normaliseTransaction({ id: 1, amount: 1, when: 'yesterday' }).transaction.transactedAt).toBeNull();
	});
});

describe('texts', () => {
	it.each(['00123', '0', '970436', ''])('an account number stays text: %p', (number) => {
		expect(normaliseTransaction({ ...LIST_DIALECT, bankSubAccId: number }).transaction.accountNumber).toBe(number);
	});

	it('unknown is the empty text, whether it came as null, empty or not at all', () => {
		for (const corresponsiveName of [null, '', undefined]) {
			expect(normaliseTransaction({ ...LIST_DIALECT, corresponsiveName }).transaction.counterpartyName).toBe('');
		}
	});

	it('the account of the call fills what its dialect leaves out, and nothing else', () => {
		const account = { id: 16608, accountNumber: '0071000888888', bankName: 'Vietcombank' };
		expect(normaliseTransaction(ACCOUNT_DIALECT, { account })).toMatchObject({
			transaction: { accountNumber: '0071000888888', bankName: 'Vietcombank' },
			details: { accountId: 16608 },
		});
		expect(normaliseTransaction(LIST_DIALECT, { account })).toMatchObject({
			transaction: { accountNumber: '8007041027107', bankName: 'ACB' },
			details: { accountId: 733 },
		});
	});
});

describe('whatever a record holds', () => {
	const known = new Set(Object.values(ALL).flatMap((record) => Object.keys(record)));
	const anyKey = fc.oneof(
		fc.string(),
		fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'),
	);

	it('further keys change nothing, prototype-like ones included', () => {
		fc.assert(
			fc.property(
				fc.dictionary(
					anyKey.filter((key) => !known.has(key)),
					fc.jsonValue(),
				),
				fc.constantFrom(...Object.values(ALL)),
				(extra, record) => {
					const noisy: unknown = JSON.parse(JSON.stringify({ ...extra, ...record }));
					expect(normaliseTransaction(noisy).transaction).toEqual(normaliseTransaction(record).transaction);
				},
			),
		);
		expect(Object.keys(Object.prototype)).toEqual([]);
	});

	it('a __proto__ key of JSON is data, never a prototype', () => {
		const hostile: unknown = JSON.parse('{"amount":5,"__proto__":{"id":9,"tid":"stolen"}}');
		expect(() => normaliseTransaction(hostile)).toThrow(RecordError);
	});

	it('any value in any known key gives the ten fields with their types, or a RecordError', () => {
		const record = fc.record(Object.fromEntries([...known].map((key) => [key, fc.jsonValue()])), { requiredKeys: [] });
		fc.assert(
			fc.property(record, (value) => {
				try {
					const { transaction } = normaliseTransaction(value);
					expect(Number.isFinite(transaction.amount)).toBe(true);
					expect(transaction.id).not.toBe('');
					expect(['number', 'string']).toContain(typeof transaction.id);
					for (const name of [
						'reference',
						'description',
						'accountNumber',
						'bankName',
						'counterpartyName',
						'counterpartyAccount',
					] as const) {
						expect(typeof transaction[name]).toBe('string');
					}
				} catch (error) {
					expect(error).toBeInstanceOf(RecordError);
				}
			}),
		);
	});
});
