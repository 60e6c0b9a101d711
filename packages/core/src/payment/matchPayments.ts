/**
 * Tells which orders a batch of transactions pays (casso-api 9). Pure and without memory: what was received before
 * comes in with the orders and goes out with them, so that a workflow can store it where it likes.
 */
import { ParameterError } from '../errors/ParameterError';
import { CountedPayments } from './countedPayments';
import { makeKnownCodeFinder, type KnownCodeFinder } from './findKnownCodes';
import type { Order, ReceivedPayment } from './order';

/** A transaction as matching needs it. */
export interface Payment {
	id: number | string;
	/** The account that it came to; missing where unknown. Two accounts may use the same id. */
	accountNumber?: string;
	/** VND, negative = money out. */
	amount: number;
	description: string;
	/** ISO 8601; null or missing where unknown, which never counts as old. */
	transactedAt?: string | null;
	isTest?: boolean;
}

export type OrderStatus = 'paid' | 'underpaid' | 'overpaid' | 'unpaid';

export interface MatchedOrder extends Order {
	status: OrderStatus;
	/** VND received less VND due: negative while money is missing. */
	difference: number;
	/** Positions of the payments that this run counted for the order. */
	counted: number[];
}

/** Why a payment went to no order. */
export type UnmatchedReason = 'moneyOut' | 'noCode' | 'severalCodes' | 'testCall' | 'tooOld';

export interface UnmatchedPayment {
	/** Position in the list of payments. */
	position: number;
	reason: UnmatchedReason;
	/** The awaited codes that the memo names, where there are several. */
	codes: string[];
}

export interface MatchOptions {
	/** VND by which the sum may differ from what is due and still be paid; default 0. */
	toleranceVnd?: number;
	/** Payments older than this many ms are left out; undefined for no limit. */
	maxAgeMs?: number;
	/** Unix time in ms, needed with `maxAgeMs`. */
	nowMs?: number;
}

export interface MatchResult {
	/** Every order, in the order given. */
	orders: MatchedOrder[];
	/** Payments that belong to no order. One that was counted before is neither here nor counted again. */
	unmatched: UnmatchedPayment[];
}

/**
 * Part payments add up; a transaction counts once, by its account and id; an order that is settled stays settled; a payment that is
 * too old is left out alone. The memo decides, never the amount: where it names several orders, none gets the money.
 *
 * @throws ParameterError for a tolerance that is no whole number of VND, or an order whose code banks cannot pass on
 */
export function matchPayments(
	payments: readonly Payment[],
	orders: readonly Order[],
	options: MatchOptions = {},
): MatchResult {
	const toleranceVnd = checkTolerance(options.toleranceVnd);
	const find = makeKnownCodeFinder(orders.map(({ code }) => code));
	const counted = orders.map((): number[] => []);
	const received = orders.map((order) => onceEach(order.received));
	const known = new CountedPayments();
	received.flat().forEach((payment) => known.add(payment));
	const unmatched: UnmatchedPayment[] = [];
	payments.forEach((payment, position) => {
		if (payment.isTest !== true && known.has(payment.id, payment.accountNumber)) return;
		const judged = judge(payment, find, options);
		if (typeof judged === 'number') {
			const entry = receivedOf(payment);
			received[judged]?.push(entry);
			counted[judged]?.push(position);
			known.add(entry);
		} else {
			unmatched.push({
				position,
				reason: judged.reason,
				codes: judged.orders.map((order) => orders[order]?.code ?? ''),
			});
		}
	});
	return {
		orders: orders.map((order, position) =>
			settle({ ...order, received: received[position] ?? [] }, toleranceVnd, counted[position] ?? []),
		),
		unmatched,
	};
}

/** The order as it came in, with what is known now: what a workflow stores and passes back the next time. */
export function orderRecord({ fields, received, settled, status, difference }: MatchedOrder): Record<string, unknown> {
	return { ...fields, received: received.map((payment) => ({ ...payment })), settled, status, difference };
}

/** The position of the one order that the payment is for, or why there is none. */
function judge(
	payment: Payment,
	find: KnownCodeFinder,
	options: MatchOptions,
): number | { reason: UnmatchedReason; orders: number[] } {
	if (payment.isTest === true) return { reason: 'testCall', orders: [] };
	if (payment.amount <= 0) return { reason: 'moneyOut', orders: [] };
	if (isTooOld(payment, options)) return { reason: 'tooOld', orders: [] };
	const orders = find(payment.description);
	const [only] = orders;
	if (only === undefined) return { reason: 'noCode', orders };
	return orders.length === 1 ? only : { reason: 'severalCodes', orders };
}

function isTooOld({ transactedAt }: Payment, { maxAgeMs, nowMs }: MatchOptions): boolean {
	if (maxAgeMs === undefined || nowMs === undefined) return false;
	const time = Date.parse(transactedAt ?? '');
	return !Number.isNaN(time) && nowMs - time > maxAgeMs;
}

function receivedOf({ id, accountNumber, amount }: Payment): ReceivedPayment {
	return accountNumber === undefined ? { transactionId: id, amount } : { transactionId: id, accountNumber, amount };
}

function onceEach(payments: readonly ReceivedPayment[]): ReceivedPayment[] {
	const known = new CountedPayments();
	return payments.filter((payment) => {
		const isRepeat = known.has(payment.transactionId, payment.accountNumber);
		known.add(payment);
		return !isRepeat;
	});
}

function settle(order: Order, toleranceVnd: number, counted: number[]): MatchedOrder {
	const total = order.received.reduce((sum, { amount }) => sum + amount, 0);
	const difference = total - order.amount;
	const status = order.settled && difference < 0 ? 'paid' : statusOf(total, difference, toleranceVnd);
	return {
		...order,
		settled: order.settled || status === 'paid' || status === 'overpaid',
		status,
		difference,
		counted,
	};
}

function statusOf(total: number, difference: number, toleranceVnd: number): OrderStatus {
	if (total <= 0) return 'unpaid';
	if (difference > toleranceVnd) return 'overpaid';
	return difference < -toleranceVnd ? 'underpaid' : 'paid';
}

function checkTolerance(toleranceVnd = 0): number {
	if (Number.isSafeInteger(toleranceVnd) && toleranceVnd >= 0) return toleranceVnd;
	throw new ParameterError(
		'tolerance',
		'This is not a whole number of VND',
		'Enter an amount such as 1000, without separators.',
	);
}
