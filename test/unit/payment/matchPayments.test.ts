/** Matching, case by case: which payments an order is credited with, and its status. */
import { matchPayments, readOrders, type Payment } from '@saoke/core';
import fc from 'fast-check';
import { checkCase, order, pay, type Case } from './matchCase';

const CASES: Case[] = [
	{ name: 'nothing arrived', orders: [order('DH1', 100)], payments: [], expected: [['unpaid', -100, false]] },
	{ name: 'paid exactly', orders: [order('DH1', 100)], payments: [pay(7, 100, 'DH1')], expected: [['paid', 0, true]] },
	{
		name: 'too little',
		orders: [order('DH1', 100)],
		payments: [pay(7, 60, 'DH1')],
		expected: [['underpaid', -40, false]],
	},
	{ name: 'too much', orders: [order('DH1', 100)], payments: [pay(7, 160, 'DH1')], expected: [['overpaid', 60, true]] },
	{
		name: 'part payments of one batch add up',
		orders: [order('DH1', 100)],
		payments: [pay(7, 60, 'DH1'), pay(8, 40, 'dh 1')],
		expected: [['paid', 0, true]],
	},
	{
		name: 'part payments over batches add up',
		orders: [order('DH1', 100, { received: [{ transactionId: 6, amount: 60 }] })],
		payments: [pay(7, 40, 'DH1')],
		expected: [['paid', 0, true]],
	},
	{
		name: 'a transaction counts once in a batch',
		orders: [order('DH1', 100)],
		payments: [pay(7, 60, 'DH1'), pay(7, 60, 'DH1')],
		expected: [['underpaid', -40, false]],
	},
	{
		name: 'a transaction counts once over batches, and is no stranger',
		orders: [order('DH1', 100, { received: [{ transactionId: '7', amount: 60 }] })],
		payments: [pay(7, 60, 'DH1')],
		expected: [['underpaid', -40, false]],
	},
	{
		name: 'a transaction that was counted for one order stays there',
		orders: [order('DH1', 100, { received: [{ transactionId: 7, amount: 60 }] }), order('DH2', 60)],
		payments: [pay(7, 60, 'DH2')],
		expected: [
			['underpaid', -40, false],
			['unpaid', -60, false],
		],
	},
	{
		name: 'received that lists a transaction twice counts it once',
		orders: [
			order('DH1', 100, {
				received: [
					{ transactionId: 7, amount: 60 },
					{ transactionId: '7', amount: 60 },
				],
			}),
		],
		payments: [],
		expected: [['underpaid', -40, false]],
	},
	{
		name: 'the same id in two accounts is two transactions',
		orders: [order('DH1', 100, { received: [{ transactionId: 7, accountNumber: '0071', amount: 30 }] })],
		payments: [
			{ ...pay(7, 30, 'DH1'), accountNumber: '0071' },
			{ ...pay(7, 40, 'DH1'), accountNumber: '0072' },
			{ ...pay(7, 40, 'DH1'), accountNumber: '0072' },
		],
		expected: [['underpaid', -30, false]],
	},
	{
		name: 'where either side does not tell the account, the id alone decides',
		orders: [
			order('DH1', 100, {
				received: [
					{ transactionId: 7, amount: 30 },
					{ transactionId: 8, accountNumber: '0071', amount: 30 },
				],
			}),
		],
		payments: [{ ...pay(7, 30, 'DH1'), accountNumber: '0071' }, pay(8, 30, 'DH1')],
		expected: [['underpaid', -40, false]],
	},
	{
		name: 'leading zeros and blanks that a sheet drops make no other account',
		orders: [order('DH1', 100, { received: [{ transactionId: 7, accountNumber: '0071 00', amount: 30 }] })],
		payments: [{ ...pay(7, 30, 'DH1'), accountNumber: '7100' }],
		expected: [['underpaid', -70, false]],
	},
	{
		name: 'id 0 is an id',
		orders: [order('DH1', 100)],
		payments: [pay(0, 60, 'DH1'), pay(0, 60, 'DH1')],
		expected: [['underpaid', -40, false]],
	},
	{
		name: 'within the tolerance below',
		orders: [order('DH1', 100_000)],
		payments: [pay(7, 99_000, 'DH1')],
		options: { toleranceVnd: 1_000 },
		expected: [['paid', -1_000, true]],
	},
	{
		name: 'within the tolerance above',
		orders: [order('DH1', 100_000)],
		payments: [pay(7, 101_000, 'DH1')],
		options: { toleranceVnd: 1_000 },
		expected: [['paid', 1_000, true]],
	},
	{
		name: 'just below the tolerance',
		orders: [order('DH1', 100_000)],
		payments: [pay(7, 98_999, 'DH1')],
		options: { toleranceVnd: 1_000 },
		expected: [['underpaid', -1_001, false]],
	},
	{
		name: 'just above the tolerance',
		orders: [order('DH1', 100_000)],
		payments: [pay(7, 101_001, 'DH1')],
		options: { toleranceVnd: 1_000 },
		expected: [['overpaid', 1_001, true]],
	},
	{
		name: 'a tolerance as large as the order pays nothing',
		orders: [order('DH1', 100)],
		payments: [],
		options: { toleranceVnd: 100 },
		expected: [['unpaid', -100, false]],
	},
	{
		name: 'settled stays settled when the tolerance shrinks',
		orders: [order('DH1', 100, { received: [{ transactionId: 7, amount: 95 }], settled: true })],
		payments: [],
		expected: [['paid', -5, true]],
	},
	{
		name: 'settled by hand stays settled',
		orders: [order('DH1', 100, { settled: true })],
		payments: [],
		expected: [['paid', -100, true]],
	},
	{
		name: 'a second payment for a settled order is shown as too much',
		orders: [order('DH1', 100, { received: [{ transactionId: 7, amount: 100 }], settled: true })],
		payments: [pay(8, 100, 'DH1')],
		expected: [['overpaid', 100, true]],
	},
];

test.each(CASES)('$name', checkCase);

test('says which payments it counted, and keeps what the shop stores with an order', () => {
	const { orders } = matchPayments(
		[pay(6, 5, 'x'), pay(7, 100, 'DH1')],
		readOrders([order('DH1', 100, { row_number: 12, customer: 'An' })]),
	);
	expect(orders[0]).toMatchObject({
		counted: [1],
		fields: { row_number: 12, customer: 'An' },
		received: [{ transactionId: 7, amount: 100 }],
	});
});

test.each([-1, 0.5, Number.NaN])('refuses a tolerance of %p', (toleranceVnd) => {
	expect(() => matchPayments([], [], { toleranceVnd })).toThrow('whole number of VND');
});

test('however the transactions are cut into batches and repeated, the orders end alike', () => {
	const payment = fc.record({ id: fc.integer({ min: 0, max: 12 }), order: fc.integer({ min: 1, max: 4 }) });
	const cuts = fc.array(fc.array(payment, { maxLength: 6 }), { maxLength: 5 });
	fc.assert(
		fc.property(cuts, (batches) => {
			// One id is always the same transaction.
			const asPayment = ({ id }: { id: number }): Payment => pay(id, 10 * (id + 1), `DH${(id % 4) + 1}`);
			let stored: unknown = [1, 2, 3, 4].map((number) => order(`DH${number}`, 100));
			for (const batch of batches) {
				const { orders } = matchPayments(batch.map(asPayment), readOrders(stored));
				stored = JSON.stringify(orders.map(({ fields, received, settled }) => ({ ...fields, received, settled })));
			}
			const ids = [...new Set(batches.flat().map(({ id }) => id))];
			const { orders } = matchPayments([], readOrders(stored));
			for (const [position, { received, difference }] of orders.entries()) {
				const mine = ids.filter((id) => id % 4 === position);
				expect(received.map(({ transactionId }) => transactionId).sort()).toEqual(mine.sort());
				expect(difference).toBe(mine.reduce((sum, id) => sum + 10 * (id + 1), -100));
			}
		}),
	);
});
