/** An account record in the simplified shape (casso-api 4.2). */
import { accountLabel, BANK_ACCOUNT_FIELDS, normaliseAccount, RecordError } from '@saoke/core';
import { ACCOUNT } from './samples';

it('the vendor’s sample, ten fields in the order of the contract', () => {
	const { account, raw } = normaliseAccount(ACCOUNT);
	expect(account).toEqual({
		id: 123,
		accountNumber: '8007041027107',
		accountName: 'NGUYEN MINH KHANH',
		bankName: 'Timo',
		BIN: 970454,
		currency: 'VND',
		balance: 0,
		connectStatus: 1,
		memo: '',
		endingTxnDate: '2023-01-05T00:00:00+07:00',
	});
	expect(Object.keys(account)).toEqual([...BANK_ACCOUNT_FIELDS]);
	expect(BANK_ACCOUNT_FIELDS).toHaveLength(10);
	expect(raw).toBe(ACCOUNT);
});

it.each([
	['id 0 is an id', { id: 0 }, { id: 0 }],
	['an id in digits', { id: '123' }, { id: 123 }],
	['a balance of null is unknown', { balance: null }, { balance: null }],
	['a balance below 0', { balance: -5 }, { balance: -5 }],
	['a missing balance is unknown, not 0', { balance: undefined }, { balance: null }],
	['leading zeros stay', { accountNumber: '0071000888888' }, { accountNumber: '0071000888888' }],
	['the bank’s number as text', { BIN: '970454' }, { BIN: 970454 }],
	['no bank number', { BIN: '' }, { BIN: null }],
	['without a bank name its code name', { bankName: '', bankCodeName: 'timoplus' }, { bankName: 'Timo' }],
	['a bank by its BIN alone', { bankName: '', bankCodeName: '', BIN: 970436 }, { bankName: 'Vietcombank' }],
	['an unknown bank by its name', { bankName: 'A Bank', bankCodeName: 'abank', BIN: 1 }, { bankName: 'A Bank' }],
	['an unknown bank without a name', { bankName: '', bankCodeName: 'abank', BIN: null }, { bankName: 'abank' }],
	['never a transaction', { endingTxnDate: null }, { endingTxnDate: null }],
])('%s', (_case, change, expected) => {
	expect(normaliseAccount({ ...ACCOUNT, ...change }).account).toMatchObject(expected);
});

it.each([
	['bank, last digits, holder', {}, 'Timo ···7107 – NGUYEN MINH KHANH'],
	['a memo instead of the holder', { accountName: '', memo: 'Bán hàng' }, 'Timo ···7107 – Bán hàng'],
	['neither', { accountName: '' }, 'Timo ···7107'],
	['no number', { accountNumber: '' }, 'Timo – NGUYEN MINH KHANH'],
	['no bank', { bankName: '', bankCodeName: '', BIN: null }, 'Bank ···7107 – NGUYEN MINH KHANH'],
])('the label of an account: %s', (_case, change, expected) => {
	expect(accountLabel(normaliseAccount({ ...ACCOUNT, ...change }).account)).toBe(expected);
});

it('a Z time is UTC by choice', () => {
	expect(normaliseAccount(ACCOUNT, 'utc').account.endingTxnDate).toBe('2023-01-05T07:00:00+07:00');
});

it.each([
	['null', null],
	['a list', [ACCOUNT]],
	['no id', { accountNumber: '1' }],
	['an id in words', { id: 'abc' }],
])('%s is refused', (_case, value) => {
	expect(() => normaliseAccount(value)).toThrow(RecordError);
});
