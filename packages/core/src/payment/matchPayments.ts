/**
 * Tells which orders a batch of transactions pays (casso-api 9). Pure and without memory: what was received before
 * comes in with the orders and goes out with them, so that a workflow can store it where it likes.
 */
import { ParameterError } from '../errors';
import { CountedPayments } from './countedPayments';
import { getOrderName, type Order, type ReceivedPayment } from './order';
import { makeOrderFinder, type NamedOrders } from './orderFinder';
import { makeProposer, type Proposals } from './proposals';
import { compareToValidity, getLatestMoment } from './validity';

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
	/** Who paid, if the bank tells. */
	counterpartyName?: string;
	/** Number of the virtual account that it came to, if the bank gives one. */
	virtualAccount?: string;
}

/** `expired`: its time is over and it is not paid; what it received before is in `received`. */
export type OrderStatus = 'paid' | 'underpaid' | 'overpaid' | 'unpaid' | 'expired';

export interface MatchedOrder extends Order {
	status: OrderStatus;
	/** VND received less VND due: negative while money is missing. */
	difference: number;
	/** Positions of the payments that this run counted for the order. */
	counted: number[];
}

/** Why a payment went to no order. */
export type UnmatchedReason = 'moneyOut' | 'noCode' | 'severalCodes' | 'testCall' | 'tooOld' | 'tooEarly' | 'expired';

export interface UnmatchedPayment {
	/** Position in the list of payments. */
	position: number;
	reason: UnmatchedReason;
	/** The orders that the payment names, by code or virtual account, although none of them got the money. */
	codes: string[];
}

/** A payment that names no order, and open orders that wait for exactly this amount. */
export interface ProposedPayment extends Proposals {
	/** Position in the list of payments. */
	position: number;
}

export interface MatchOptions {
	/** VND by which the sum may differ from what is due and still be paid; default 0. */
	toleranceVnd?: number;
	/** Payments older than this many ms are left out; undefined for no limit. */
	maxAgeMs?: number;
	/** Unix time in ms, needed with `maxAgeMs` and to tell which orders have expired. */
	nowMs?: number;
}

export interface MatchResult {
	/** Every order, in the order given. */
	orders: MatchedOrder[];
	/** Payments that belong to no order. One that was counted before is neither here nor counted again. */
	unmatched: UnmatchedPayment[];
	/** Payments that name no order, but fit the amount of an open one. They are not among the unmatched. */
	proposed: ProposedPayment[];
}

/**
 * Part payments add up; a transaction counts once, by its account and id; an order that is settled stays settled; a payment that is
 * too old is left out alone. The virtual account and the memo decide, never the amount: a payment that names several
 * orders is given to none. One made outside the time of its order is not counted.
 *
 * @throws ParameterError for a tolerance that is no whole number of VND, or an order whose code banks cannot pass on
 */
export function matchPayments(
	payments: readonly Payment[],
	orders: readonly Order[],
	options: MatchOptions = {},
): MatchResult {
	const toleranceVnd = checkTolerance(options.toleranceVnd);
	const { nowMs = Number.POSITIVE_INFINITY } = options;
	const find = makeOrderFinder(orders);
	const counted = orders.map((): number[] => []);
	const received = orders.map((order) => onceEach(order.received));
	const known = new CountedPayments();
	received.flat().forEach((payment) => known.add(payment));
	const settleAt = (position: number): MatchedOrder =>
		settle(orders[position] as Order, received[position] ?? [], counted[position] ?? [], toleranceVnd, nowMs);
	const unmatched: UnmatchedPayment[] = [];
	const strangers: { position: number; payment: Payment }[] = [];
	payments.forEach((payment, position) => {
		if (payment.isTest !== true && known.has(payment.id, payment.accountNumber)) return;
		const refused = refuse(payment, options);
		const named = refused === undefined ? find(payment) : NONE;
		const chosen = choose(named, orders, getLatestMoment(payment.transactedAt, nowMs), (at) => settleAt(at).settled);
		if (refused === undefined && typeof chosen === 'number') {
			const entry = toReceived(payment);
			received[chosen]?.push(entry);
			counted[chosen]?.push(position);
			known.add(entry);
		} else if (refused === undefined && chosen === 'noCode') {
			strangers.push({ position, payment });
		} else {
			const codes = named.orders.map((at) => getOrderName(orders[at] as Order));
			unmatched.push({ position, reason: refused ?? (chosen as UnmatchedReason), codes });
		}
	});
	const matched = orders.map((_, position) => settleAt(position));
	const propose = makeProposer(orders, (at) => (matched[at]?.settled ? 0 : -(matched[at]?.difference ?? 0)));
	const proposed: ProposedPayment[] = [];
	for (const { position, payment } of strangers) {
		const found = propose(payment, getLatestMoment(payment.transactedAt, nowMs));
		if (found.proposalCount > 0) proposed.push({ position, ...found });
		else unmatched.push({ position, reason: 'noCode', codes: [] });
	}
	return { orders: matched, unmatched: unmatched.sort((a, b) => a.position - b.position), proposed };
}

/** The order as it came in, with what is known now: what a workflow stores and passes back the next time. */
export function orderRecord({ fields, received, settled, status, difference }: MatchedOrder): Record<string, unknown> {
	return { ...fields, received: received.map((payment) => ({ ...payment })), settled, status, difference };
}

const NONE: NamedOrders = { orders: [], shareOneKey: false };

/** Why a payment is for no order, whatever it names. */
function refuse(payment: Payment, options: MatchOptions): UnmatchedReason | undefined {
	if (payment.isTest === true) return 'testCall';
	if (payment.amount <= 0) return 'moneyOut';
	return isTooOld(payment, options) ? 'tooOld' : undefined;
}

/**
 * The position of the one order that the payment is for, or why there is none. Of orders that share a code or a
 * virtual account, those come first that may be paid at this moment, and of these the one that is open.
 */
function choose(
	{ orders: named, shareOneKey }: NamedOrders,
	orders: readonly Order[],
	moment: number,
	isSettled: (position: number) => boolean,
): number | UnmatchedReason {
	if (named.length === 0) return 'noCode';
	if (named.length > 1 && !shareOneKey) return 'severalCodes';
	const times = named.map((position) => compareToValidity(orders[position] as Order, moment));
	const inTime = named.filter((_, at) => times[at] === 'inTime');
	const [only] = inTime;
	if (only === undefined) return times.includes('expired') ? 'expired' : 'tooEarly';
	if (inTime.length === 1) return only;
	const open = inTime.filter((position) => !isSettled(position));
	return open.length === 1 ? (open[0] as number) : 'severalCodes';
}

function isTooOld({ transactedAt }: Payment, { maxAgeMs, nowMs }: MatchOptions): boolean {
	if (maxAgeMs === undefined || nowMs === undefined) return false;
	const time = Date.parse(transactedAt ?? '');
	return !Number.isNaN(time) && nowMs - time > maxAgeMs;
}

function toReceived({ id, accountNumber, amount }: Payment): ReceivedPayment {
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

function settle(
	order: Order,
	received: ReceivedPayment[],
	counted: number[],
	toleranceVnd: number,
	nowMs: number,
): MatchedOrder {
	const total = received.reduce((sum, { amount }) => sum + amount, 0);
	const difference = total - order.amount;
	const reached = getStatus(total, difference, toleranceVnd);
	const settled = order.settled || reached === 'paid' || reached === 'overpaid';
	const isOver = order.validUntil !== undefined && Number.isFinite(nowMs) && nowMs > order.validUntil;
	const open = isOver ? 'expired' : reached;
	return {
		...order,
		received,
		settled,
		status: settled ? (difference < 0 ? 'paid' : reached) : open,
		difference,
		counted,
	};
}

function getStatus(total: number, difference: number, toleranceVnd: number): OrderStatus {
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
