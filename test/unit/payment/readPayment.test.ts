/** Records as payments: what the nodes send, raw records, rows of a ledger; and what is refused. */
import { orderRecord, readPayment, matchPayments, readOrders } from '@saoke/core/payment';

test.each([
	[
		'simplified',
		{ id: 7, amount: 500, description: 'DH1', transactedAt: '2026-03-10T09:00:00+07:00' },
		{ id: 7, amount: 500, description: 'DH1', transactedAt: '2026-03-10T09:00:00+07:00', isTest: false },
	],
	['with its account', { id: 7, accountNumber: '0071', amount: 500 }, { id: 7, accountNumber: '0071', amount: 500 }],
	[
		'a test call',
		{ id: 0, amount: 500, description: 'DH1', isTest: true },
		{ id: 0, isTest: true, transactedAt: null },
	],
	[
		'a row of a ledger',
		{ id: 1, transactionId: '0071/7', amount: -500, description: null },
		{ id: '0071/7', amount: -500, description: '' },
	],
])('%s', (_, record, expected) => {
	expect(readPayment(record, 'It')).toMatchObject(expected);
});

test.each([
	[null, 'It is not a transaction but null'],
	['DH1', 'It is not a transaction but string'],
	[{ amount: 5 }, 'It has no id of a transaction'],
	[{ id: '', amount: 5 }, 'It has no id of a transaction'],
	[{ id: 7 }, 'It has no amount of a transaction'],
	[{ id: 7, amount: '500' }, 'It has no amount of a transaction'],
	[{ id: 7, amount: 0.5 }, 'It has no amount of a transaction'],
])('%j is refused', (record, message) => {
	expect(() => readPayment(record, 'It')).toThrow(message);
});

test('a matched order keeps what came with it, and can be passed back', () => {
	const given = { code: 'DH1', amount: '500', customer: 'Lan', received: '[]' };
	const [matched] = matchPayments(
		[readPayment({ id: 7, amount: 200, description: 'DH1' }, 'It')],
		readOrders([given]),
	).orders;
	const record = matched && orderRecord(matched);
	expect(record).toEqual({
		...given,
		received: [{ transactionId: 7, amount: 200 }],
		settled: false,
		status: 'underpaid',
		difference: -300,
	});
	expect(readOrders([record])).toMatchObject([
		{ code: 'DH1', amount: 500, received: [{ transactionId: 7, amount: 200 }] },
	]);
});
