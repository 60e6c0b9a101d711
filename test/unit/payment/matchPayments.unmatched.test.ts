/** Matching, case by case: payments that no order is credited with, and why. */
import { matchPayments, readOrders } from '@saoke/core';
import { checkCase, order, pay, type Case } from './matchCase';

const NOW = Date.parse('2026-03-10T12:00:00+07:00');
const DAY_MS = 86_400_000;

const CASES: Case[] = [
	{
		name: 'an old transaction is left out alone',
		orders: [order('DH1', 100), order('DH2', 100), order('DH3', 100)],
		payments: [
			pay(7, 100, 'DH1'),
			pay(8, 100, 'DH2', { transactedAt: '2026-03-07T11:59:59+07:00' }),
			pay(9, 100, 'DH3', { transactedAt: '2026-03-07T12:00:00+07:00' }),
		],
		options: { maxAgeMs: 3 * DAY_MS, nowMs: NOW },
		expected: [
			['paid', 0, true],
			['unpaid', -100, false],
			['paid', 0, true],
		],
		unmatched: [[8, 'tooOld']],
	},
	{
		name: 'what an old transaction paid before still counts',
		orders: [order('DH1', 100, { received: [{ transactionId: 7, amount: 100 }] })],
		payments: [pay(7, 100, 'DH1', { transactedAt: '2020-01-01T00:00:00+07:00' })],
		options: { maxAgeMs: DAY_MS, nowMs: NOW },
		expected: [['paid', 0, true]],
	},
	{
		name: 'an unknown time is not old',
		orders: [order('DH1', 100)],
		payments: [pay(7, 100, 'DH1', { transactedAt: null })],
		options: { maxAgeMs: DAY_MS, nowMs: NOW },
		expected: [['paid', 0, true]],
	},
	{
		name: 'money out pays nothing',
		orders: [order('DH1', 100)],
		payments: [pay(7, -100, 'hoan tien DH1')],
		expected: [['unpaid', -100, false]],
		unmatched: [[7, 'moneyOut']],
	},
	{
		name: 'nought pays nothing',
		orders: [order('DH1', 100)],
		payments: [pay(7, 0, 'DH1')],
		expected: [['unpaid', -100, false]],
		unmatched: [[7, 'moneyOut']],
	},
	{
		name: 'a test call pays nothing',
		orders: [order('DH1', 100)],
		payments: [pay(0, 100, 'DH1', { isTest: true })],
		expected: [['unpaid', -100, false]],
		unmatched: [[0, 'testCall']],
	},
	{
		name: 'the amount alone is no match, only a proposal',
		orders: [order('DH1', 100)],
		payments: [pay(7, 100, 'NGUYEN VAN A'), pay(8, 99, 'NGUYEN VAN A')],
		expected: [['unpaid', -100, false]],
		unmatched: [[8, 'noCode']],
		proposed: [[7, ['DH1']]],
	},
	{
		name: 'two orders in one memo: none gets the money',
		orders: [order('DH1', 100), order('DH2', 100)],
		payments: [pay(7, 200, 'DH1 DH2')],
		expected: [
			['unpaid', -100, false],
			['unpaid', -100, false],
		],
		unmatched: [[7, 'severalCodes']],
	},
	{
		name: 'two rows with one code: none gets the money',
		orders: [order('DH1', 100), order('dh-1', 100)],
		payments: [pay(7, 100, 'DH1')],
		expected: [
			['unpaid', -100, false],
			['unpaid', -100, false],
		],
		unmatched: [[7, 'severalCodes']],
	},
	{
		name: 'a longer code takes nothing from a shorter one',
		orders: [order('DH12', 100), order('DH123', 100)],
		payments: [pay(7, 100, 'DH123')],
		expected: [
			['unpaid', -100, false],
			['paid', 0, true],
		],
	},
	{ name: 'no orders', orders: [], payments: [pay(7, 100, 'DH1')], expected: [], unmatched: [[7, 'noCode']] },
];

test.each(CASES)('$name', checkCase);

test('says which orders a memo names when it names several', () => {
	const { unmatched } = matchPayments([pay(7, 200, 'DH2 DH1')], readOrders([order('DH-1', 100), order('dh2', 100)]));
	expect(unmatched[0]?.codes).toEqual(['dh2', 'DH-1']);
});
