/** Orders as workflows store them: lists, JSON text, columns of a sheet; and what is refused. */
import { readOrders } from '@saoke/core';

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
	['an amount with separators', [{ code: 'DH1', amount: '500.000' }], 'Order 1 has no amount'],
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
