/** Orders as workflows store them: lists, JSON text, columns of a sheet; and what is refused. */
import { getMatchWarnings, readOrders, type Payment } from '@saoke/core';

/** @param time in Vietnam */
function at(time: string): number {
	return Date.parse(`${time}+07:00`);
}

test.each([{ validFrom: '' }, { validUntil: ' ' }, { expiresAt: null }, { virtualAccount: '' }, { payerName: '' }])(
	'%j says nothing',
	(more) => {
		const [order] = readOrders([{ code: 'DH1', amount: 1, ...more }]);
		expect(Object.keys(order ?? {})).toEqual(['code', 'amount', 'received', 'settled', 'fields']);
	},
);

test('an order may come with no more than code and amount', () => {
	expect(readOrders([{ code: 'DH1', amount: 500 }])).toMatchObject([
		{ code: 'DH1', amount: 500, received: [], settled: false },
	]);
});

test('a sheet gives text for everything', () => {
	const row = {
		code: ' DH1',
		amount: '500000',
		received:
			'[{"transactionId":"7","accountNumber":"0071","amount":"250000"},{"transactionId":8,"accountNumber":71,"amount":1}]',
		settled: 'TRUE',
		row_number: 2,
	};
	expect(readOrders(JSON.stringify([row]))).toMatchObject([
		{
			code: ' DH1',
			amount: 500_000,
			received: [
				{ transactionId: '7', accountNumber: '0071', amount: 250_000 },
				{ transactionId: 8, amount: 1 },
			],
			settled: true,
			fields: row,
		},
	]);
});

test.each([
	[{ received: '' }, { received: [] }],
	[{ received: null }, { received: [] }],
	[{ settled: '' }, { settled: false }],
	[{ settled: 'false' }, { settled: false }],
	[{ settled: 0 }, { settled: false }],
	[{ settled: 1 }, { settled: true }],
	[{ code: 1024 }, { code: '1024' }],
	[
		{ code: '', virtualAccount: 'VA01' },
		{ code: '', virtualAccount: 'VA01' },
	],
	[
		{ code: null, virtualAccount: 102_030 },
		{ code: '', virtualAccount: '102030' },
	],
	[{ payerName: ' Nguyễn Văn An ' }, { payerName: 'Nguyễn Văn An' }],
	[{ amount: '500.000' }, { amount: 500_000 }],
	[{ amount: '1,250,000' }, { amount: 1_250_000 }],
	[{ amount: '500 000' }, { amount: 500_000 }],
	[{ amount: '500\u00a0000\u00a0₫' }, { amount: 500_000 }],
	[{ amount: '500000 ₫' }, { amount: 500_000 }],
	[{ amount: '500.000đ' }, { amount: 500_000 }],
	[{ amount: '₫500,000' }, { amount: 500_000 }],
	[{ amount: '500.000 VNĐ' }, { amount: 500_000 }],
	[{ amount: 'VND 500000' }, { amount: 500_000 }],
	[{ amount: '500.000 đồng' }, { amount: 500_000 }],
	[{ amount: '500.000,00' }, { amount: 500_000 }],
	[{ amount: '500,000.00' }, { amount: 500_000 }],
	[{ amount: '500000.00' }, { amount: 500_000 }],
	[{ validFrom: '28/11/2026 09:30' }, { validFrom: at('2026-11-28T09:30:00') }],
	[{ validFrom: '28/11/2026' }, { validFrom: at('2026-11-28T00:00:00') }],
	[{ validUntil: '28/11/2026' }, { validUntil: at('2026-11-28T23:59:59.999') }],
	[{ validUntil: '2026-11-28' }, { validUntil: at('2026-11-28T23:59:59.999') }],
	[{ expiresAt: '8/1/2026 9:05' }, { validUntil: at('2026-01-08T09:05:00') }],
	[{ expiresAt: '28-11-2026, 21:05:07' }, { validUntil: at('2026-11-28T21:05:07') }],
	[{ expiresAt: '2026-11-28T02:30:00Z' }, { validUntil: at('2026-11-28T09:30:00') }],
	[{ expiresAt: '2026-11-28 09:30' }, { validUntil: at('2026-11-28T09:30:00') }],
	[{ expiresAt: at('2026-11-28T09:30:00') }, { validUntil: at('2026-11-28T09:30:00') }],
	[{ expiresAt: new Date(at('2026-11-28T09:30:00')) }, { validUntil: at('2026-11-28T09:30:00') }],
	[{ expiresAt: '28/11/2026', validUntil: '2026-11-28' }, { validUntil: at('2026-11-28T23:59:59.999') }],
])('%j is read as %j', (more, expected) => {
	expect(readOrders([{ code: 'DH1', amount: 1, ...more }])).toMatchObject([expected]);
});

test.each([
	['nothing', undefined, 'not a list of orders but undefined'],
	['an object', {}, 'not a list of orders but object'],
	['broken JSON', '[{', 'is not valid JSON'],
	['a list of text', ['DH1'], 'Order 1 is not an object but string'],
	['no code', [{ code: 'DH1', amount: 1 }, { amount: 1 }], 'Order 2 has no code'],
	['an empty code', [{ code: '  ', amount: 1 }], 'Order 1 has no code'],
	['no amount', [{ code: 'DH1' }], 'Order 1 has no amount'],
	['an amount with a fraction', [{ code: 'DH1', amount: '500.5' }], 'Order 1 has no amount'],
	['two amounts', [{ code: 'DH1', amount: '500.000 1.000' }], 'Order 1 has no amount'],
	['separators that differ', [{ code: 'DH1', amount: '1.250,000' }], 'Order 1 has no amount'],
	['an amount in words', [{ code: 'DH1', amount: '500k' }], 'Order 1 has no amount'],
	['another currency', [{ code: 'DH1', amount: '500 USD' }], 'Order 1 has no amount'],
	['a virtual account without its digits', [{ virtualAccount: 9.70436e18, amount: 1 }], '"virtualAccount" of Order 1'],
	['a virtual account that is a list', [{ virtualAccount: ['VA1'], amount: 1 }], '"virtualAccount" of Order 1'],
	['a blank virtual account alone', [{ virtualAccount: ' ', amount: 1 }], 'Order 1 has no code and no virtualAccount'],
	[
		'an end that is no time',
		[{ code: 'DH1', amount: 1, validUntil: 'tomorrow' }],
		'"validUntil" of Order 1 is not a time',
	],
	[
		'a day that does not exist',
		[{ code: 'DH1', amount: 1, expiresAt: '31/02/2026' }],
		'"expiresAt" of Order 1 is not a time',
	],
	['an American day', [{ code: 'DH1', amount: 1, expiresAt: '11/28/2026' }], '"expiresAt" of Order 1 is not a time'],
	['a time in seconds', [{ code: 'DH1', amount: 1, expiresAt: 1_764_000_000 }], '"expiresAt" of Order 1 is not a time'],
	['a beginning that is true', [{ code: 'DH1', amount: 1, validFrom: true }], '"validFrom" of Order 1 is not a time'],
	[
		'two ends that differ',
		[{ code: 'DH1', amount: 1, validUntil: '28/11/2026', expiresAt: '29/11/2026' }],
		'a "validUntil" and another "expiresAt"',
	],
	[
		'an end before the beginning',
		[{ code: 'DH1', amount: 1, validFrom: '29/11/2026', validUntil: '28/11/2026' }],
		'"validFrom" of Order 1 is after the end',
	],
	['a fraction', [{ code: 'DH1', amount: 0.5 }], 'Order 1 has no amount'],
	['a negative amount', [{ code: 'DH1', amount: -5 }], 'Order 1 has no amount'],
	['received as a number', [{ code: 'DH1', amount: 1, received: 5 }], '"received" of Order 1 is not a list but number'],
	[
		'received as broken text',
		[{ code: 'DH1', amount: 1, received: '[object Object]' }],
		'"received" of Order 1 is not valid JSON',
	],
	[
		'an entry without id',
		[{ code: 'DH1', amount: 1, received: [{ amount: 5 }] }],
		'entry without transactionId or amount',
	],
	[
		'an entry without amount',
		[{ code: 'DH1', amount: 1, received: [{ transactionId: 5 }] }],
		'entry without transactionId or amount',
	],
	[
		'settled as a word',
		[{ code: 'DH1', amount: 1, settled: 'paid' }],
		'"settled" of Order 1 is neither true nor false',
	],
])('refuses %s', (_name, value, message) => {
	expect(() => readOrders(value)).toThrow(message);
});

describe('warnings', () => {
	const warnings = (orders: object[], payments: Payment[] = []): string[] =>
		getMatchWarnings(payments, readOrders(orders.map((order) => ({ amount: 1, ...order }))));

	test('codes that are easily mistaken are told once, with their number', () => {
		expect(warnings([{ code: 100_924 }])).toEqual([expect.stringMatching(/100924 is a bare number/)]);
		expect(warnings([{ code: 'DH1' }, { code: 100_924 }, { code: 100_925 }])).toEqual([
			expect.stringMatching(/100924 is a bare number.* 1 more order has a code of this kind\.$/),
		]);
		expect(warnings([{ code: 1 }, { code: 'FT22' }, { code: 3 }])).toEqual([
			expect.stringMatching(/ 2 more orders have codes of this kind\.$/),
		]);
	});

	test('transactions that tell no virtual account, where orders have one', () => {
		const payment = { id: 1, amount: 1, description: '' };
		expect(warnings([{ virtualAccount: 'VA1' }], [payment])).toEqual([expect.stringMatching(/choose Raw/)]);
		expect(warnings([{ virtualAccount: 'VA1' }], [payment, { ...payment, virtualAccount: 'VA2' }])).toEqual([]);
		expect(warnings([{ virtualAccount: 'VA1' }])).toEqual([]);
	});

	test('none for good codes and for what is settled', () => {
		const payment = { id: 1, amount: 1, description: '' };
		expect(warnings([{ code: 'DH1024' }], [payment])).toEqual([]);
		expect(warnings([{ code: 1, virtualAccount: 'VA1', settled: true }], [payment])).toEqual([]);
	});
});
