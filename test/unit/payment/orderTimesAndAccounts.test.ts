/** Orders with a time of validity, orders known by a virtual account, and proposals for money that names no order. */
import { matchPayments, readOrders, readPayment, type MatchResult, type Payment } from '@saoke/core';
import fc from 'fast-check';
import { pay } from './matchCase';

const NOW = Date.parse('2026-03-10T12:00:00+07:00');

type Fields = Record<string, unknown>;

function match(orders: Fields[], payments: Payment[], nowMs = NOW): MatchResult {
	return matchPayments(payments, readOrders(orders), { nowMs });
}

function statuses({ orders }: MatchResult): string[] {
	return orders.map(({ status }) => status);
}

function reasons({ unmatched }: MatchResult): [string, string[]][] {
	return unmatched.map(({ reason, codes }) => [reason, codes]);
}

describe('time of validity', () => {
	const until = { code: 'DH1', amount: 100, validUntil: '10/03/2026 09:15' };

	test.each([
		['in time', '2026-03-10T09:00:00+07:00', 'paid', []],
		['in the last second', '2026-03-10T09:15:00+07:00', 'paid', []],
		['a second late', '2026-03-10T09:15:01+07:00', 'expired', [['expired', ['DH1']]]],
		['late in another zone', '2026-03-10T02:15:01Z', 'expired', [['expired', ['DH1']]]],
		['at a time that is not known', null, 'expired', [['expired', ['DH1']]]],
		['on a day of which the bank tells no time', '2026-03-10T00:00:00+07:00', 'expired', [['expired', ['DH1']]]],
		['on the day before, of which the bank tells no time', '2026-03-09T00:00:00+07:00', 'paid', []],
	])('money that comes %s', (_, transactedAt, status, unmatched) => {
		const result = match([until], [pay(7, 100, 'DH1', { transactedAt })]);
		expect(statuses(result)).toEqual([status]);
		expect(reasons(result)).toEqual(unmatched);
		expect(result.proposed).toEqual([]);
	});

	test.each([null, '2026-03-10T00:00:00+07:00', '2026-03-10T07:00:00+07:00'])(
		'a payment seen while the order is open came in time, whatever its bank tells (%s)',
		(transactedAt) => {
			const now = Date.parse('2026-03-10T09:10:00+07:00');
			expect(statuses(match([until], [pay(7, 100, 'DH1', { transactedAt })], now))).toEqual(['paid']);
		},
	);

	test('without a clock nothing that has no time counts for an order with an end', () => {
		const { orders, unmatched } = matchPayments([pay(7, 100, 'DH1', { transactedAt: null })], readOrders([until]));
		expect([orders[0]?.status, unmatched[0]?.reason]).toEqual(['unpaid', 'expired']);
	});

	test('a part that came in time stays counted; the late rest does not', () => {
		const result = match(
			[until],
			[pay(7, 60, 'DH1'), pay(8, 40, 'DH1', { transactedAt: '2026-03-10T09:20:00+07:00' })],
		);
		expect(result.orders[0]).toMatchObject({ status: 'expired', settled: false, difference: -40, counted: [0] });
		expect(result.orders[0]?.received).toEqual([{ transactionId: 7, amount: 60 }]);
		expect(reasons(result)).toEqual([['expired', ['DH1']]]);
	});

	test('whoever moves the end lets the late money count', () => {
		const late = pay(8, 100, 'DH1', { transactedAt: '2026-03-10T09:20:00+07:00' });
		const moved = { ...until, validUntil: '10/03/2026' };
		expect(statuses(match([moved], [late]))).toEqual(['paid']);
	});

	test('an order is expired when its time is over, and paid stays paid', () => {
		const stored = { ...until, received: [{ transactionId: 7, amount: 100 }], settled: true };
		expect(statuses(match([until, stored, { ...until, code: 'DH2', validUntil: '11/03/2026' }], []))).toEqual([
			'expired',
			'paid',
			'unpaid',
		]);
	});

	test('a second payment for a paid order is late, too, and no overpayment', () => {
		const stored = { ...until, received: [{ transactionId: 7, amount: 100 }], settled: true };
		const result = match([stored], [pay(8, 100, 'DH1', { transactedAt: '2026-03-11T09:00:00+07:00' })]);
		expect([statuses(result), reasons(result)]).toEqual([['paid'], [['expired', ['DH1']]]]);
	});

	test('money from before the order is not for it', () => {
		const result = match([{ code: 'DH1', amount: 100, validFrom: '10/03/2026 09:00:01' }], [pay(7, 100, 'DH1')]);
		expect([statuses(result), reasons(result)]).toEqual([['unpaid'], [['tooEarly', ['DH1']]]]);
	});

	test('of orders that share a code, the one whose time it is gets the money', () => {
		const rooms = [
			{ code: 'P7', amount: 100, validFrom: '01/02/2026', validUntil: '28/02/2026' },
			{ code: 'p-7', amount: 100, validFrom: '01/03/2026', validUntil: '31/03/2026' },
		];
		const result = match(rooms, [pay(7, 100, 'P7'), pay(8, 100, 'P7', { transactedAt: '2026-04-02T09:00:00+07:00' })]);
		expect([statuses(result), reasons(result)]).toEqual([['expired', 'paid'], [['expired', ['P7', 'p-7']]]]);
	});

	test('a memo with two codes pays none, although only one is in time', () => {
		const result = match([until, { code: 'DH2', amount: 100, validUntil: '01/01/2026' }], [pay(7, 200, 'DH1 DH2')]);
		expect(reasons(result)).toEqual([['severalCodes', ['DH1', 'DH2']]]);
	});

	test('no late payment is ever counted, however parts and batches fall', () => {
		const minute = fc.integer({ min: 0, max: 59 });
		const payments = fc.array(fc.record({ minute, amount: fc.integer({ min: 1, max: 80 }) }), { maxLength: 8 });
		fc.assert(
			fc.property(payments, minute, minute, fc.integer({ min: 1, max: 4 }), (list, from, until, size) => {
				const [first, last] = [Math.min(from, until), Math.max(from, until)];
				const time = (at: number): string => `2026-03-10T09:${String(at).padStart(2, '0')}:00+07:00`;
				let stored: Fields[] = [{ code: 'DH1', amount: 100, validFrom: time(first), expiresAt: time(last) }];
				for (let at = 0; at < list.length; at += size) {
					const batch = list
						.slice(at, at + size)
						.map(({ minute: when, amount }, index) => pay(at + index + 1, amount, 'DH1', { transactedAt: time(when) }));
					const { orders } = match(stored, batch);
					stored = orders.map(({ fields, received, settled }) => ({ ...fields, received, settled }));
				}
				const inTime = list.filter(({ minute: when }) => when >= first && when <= last);
				const sum = inTime.reduce((total, { amount }) => total + amount, 0);
				const [order] = match(stored, []).orders;
				expect(order?.difference).toBe(sum - 100);
				expect(order?.settled).toBe(sum >= 100);
				expect(order?.status).toBe(sum > 100 ? 'overpaid' : sum === 100 ? 'paid' : 'expired');
			}),
		);
	});
});

describe('virtual accounts', () => {
	const raw = { id: 7, amount: 100, description: 'NGUYEN VAN A chuyen tien', when: '2026-03-10T09:00:00' };

	test.each([
		['V2', { virtualAccountNumber: 'VA0123' }],
		['legacy and list', { virtualAccount: 'VA0123' }],
		['in other case, with blanks', { virtualAccount: 'va 0123' }],
	])('the record of a delivery names the order (%s)', (_, fields) => {
		const result = match([{ virtualAccount: 'VA0123', amount: 100 }], [readPayment({ ...raw, ...fields }, 'It')]);
		expect(statuses(result)).toEqual(['paid']);
	});

	test('digits of a sheet that lost their leading zeros are the same account', () => {
		const order = { virtualAccount: 123_456, amount: 100 };
		expect(statuses(match([order], [pay(7, 100, 'x', { virtualAccount: '000123456' })]))).toEqual(['paid']);
		expect(statuses(match([order], [pay(7, 100, 'x', { virtualAccount: '1234567' })]))).toEqual(['unpaid']);
	});

	test('account and code may both name the order; where they differ none gets the money', () => {
		const orders = [
			{ code: 'DH1', virtualAccount: 'VA1', amount: 100 },
			{ code: 'DH2', virtualAccount: 'VA2', amount: 100 },
		];
		expect(statuses(match(orders, [pay(7, 100, 'DH1', { virtualAccount: 'VA1' })]))).toEqual(['paid', 'unpaid']);
		expect(statuses(match(orders, [pay(7, 100, 'DH1 DH2', { virtualAccount: 'VA2' })]))).toEqual(['unpaid', 'paid']);
		expect(statuses(match(orders, [pay(7, 100, 'DH1', { virtualAccount: 'VA9' })]))).toEqual(['paid', 'unpaid']);
		expect(reasons(match(orders, [pay(7, 100, 'DH1', { virtualAccount: 'VA2' })]))).toEqual([
			['severalCodes', ['DH2', 'DH1']],
		]);
	});

	test('an account that a payer keeps is for the order that is open, also within one run', () => {
		const orders = [
			{ code: 'HP1', virtualAccount: 'VA1', amount: 100 },
			{ code: 'HP2', virtualAccount: 'VA1', amount: 100 },
		];
		const virtualAccount = 'VA1';
		const both = match(orders, [pay(7, 100, 'tien hoc', { virtualAccount })]);
		expect(reasons(both)).toEqual([['severalCodes', ['HP1', 'HP2']]]);
		const oneByOne = match(orders, [
			pay(7, 100, 'HP1', { virtualAccount }),
			pay(8, 100, 'hoc phi', { virtualAccount }),
		]);
		expect(statuses(oneByOne)).toEqual(['paid', 'paid']);
	});

	test('late money is late there, too', () => {
		const result = match(
			[{ virtualAccount: 'VA1', amount: 100, validUntil: '09/03/2026' }],
			[pay(7, 100, 'x', { virtualAccount: 'VA1' })],
		);
		expect(reasons(result)).toEqual([['expired', ['VA1']]]);
	});
});

describe('proposals', () => {
	test('open orders with exactly this amount, in time; the expected payer first', () => {
		const orders = [
			{ code: 'DH1', amount: 100 },
			{ code: 'DH2', amount: 100, payerName: 'Nguyễn Văn An' },
			{ code: 'DH3', amount: 100, settled: true },
			{ code: 'DH4', amount: 100, validUntil: '01/03/2026' },
			{ code: 'DH5', amount: 100, validFrom: '11/03/2026' },
			{ code: 'DH6', amount: 101 },
			{ code: 'DH7', amount: 160, received: [{ transactionId: 1, amount: 60 }] },
			{ virtualAccount: 'VA8', amount: 100 },
		];
		const { proposed, unmatched } = match(orders, [pay(7, 100, 'tt', { counterpartyName: 'NGUYEN VAN AN' })]);
		expect(unmatched).toEqual([]);
		expect(proposed).toEqual([
			{
				position: 0,
				proposalCount: 4,
				proposals: [
					{ order: 1, nameMatches: true },
					{ order: 0, nameMatches: false },
					{ order: 6, nameMatches: false },
					{ order: 7, nameMatches: false },
				],
			},
		]);
	});

	test.each([
		['Nguyễn Văn An', { description: 'NGUYEN VAN AN chuyen tien' }, true],
		['Nguyễn Văn An', { description: 'NGUYEN VAN ANH chuyen tien' }, false],
		['An', { description: 'cho An' }, false],
		['An', { counterpartyName: 'NGUYEN VAN AN' }, true],
		['An', { counterpartyName: 'TRAN HOANG ANH' }, false],
		['Cty TNHH A&B', { counterpartyName: 'CTY TNHH A B' }, true],
		['  ', { counterpartyName: 'NGUYEN VAN AN' }, false],
	])('the name %j in %j: %p', (payerName, more, nameMatches) => {
		const { proposed } = match([{ code: 'DH1', amount: 100, payerName }], [{ ...pay(7, 100, ''), ...more }]);
		expect(proposed[0]?.proposals).toEqual([{ order: 0, nameMatches }]);
	});

	test('an order that another payment of the run pays is not proposed', () => {
		const { proposed, unmatched } = match([{ code: 'DH1', amount: 100 }], [pay(7, 100, 'x'), pay(8, 100, 'DH1')]);
		expect([proposed, unmatched.map(({ position }) => position)]).toEqual([[], [0]]);
	});

	test('a long list is cut, and says how long it is', () => {
		const orders = Array.from({ length: 30 }, (_, at) => ({ code: `DH${at}A`, amount: 100 }));
		const [found] = match(orders, [pay(7, 100, 'x')]).proposed;
		expect([found?.proposals.length, found?.proposalCount]).toEqual([10, 30]);
	});

	test('nothing is ever settled by an amount, and each payment leaves by one way', () => {
		const order = fc.record({ amount: fc.integer({ min: 1, max: 4 }), settled: fc.boolean() });
		const payment = fc.record({
			amount: fc.integer({ min: 1, max: 4 }),
			code: fc.option(fc.integer({ min: 0, max: 5 })),
		});
		fc.assert(
			fc.property(fc.array(order, { maxLength: 5 }), fc.array(payment, { maxLength: 8 }), (orders, list) => {
				const payments = list.map(({ amount, code }, at) => pay(at + 1, amount, code === null ? 'tien' : `DH${code}X`));
				const result = match(
					orders.map((fields, at) => ({ code: `DH${at}X`, ...fields })),
					payments,
				);
				const named = list.flatMap(({ code }, at) => (code !== null && code < orders.length ? [at] : []));
				expect(result.orders.flatMap(({ counted }) => counted).sort()).toEqual(named.sort());
				const left = [...result.unmatched, ...result.proposed].map(({ position }) => position);
				expect([...left, ...named].sort()).toEqual(payments.map((_, at) => at).sort());
				for (const { position, proposals } of result.proposed) {
					for (const proposal of proposals) {
						expect(result.orders[proposal.order]?.settled).toBe(false);
						expect(-(result.orders[proposal.order]?.difference ?? 0)).toBe(payments[position]?.amount);
					}
				}
			}),
		);
	});
});
