/** One case of matching: orders and payments in, the state of each order and what is left over out. */
import { matchPayments, readOrders, type MatchOptions, type OrderStatus, type Payment } from '@saoke/core';

export type OrderInput = Record<string, unknown>;

export function order(code: string, amount: number, more: OrderInput = {}): OrderInput {
	return { code, amount, received: [], settled: false, ...more };
}

export function pay(id: number | string, amount: number, description: string, more: Partial<Payment> = {}): Payment {
	return { id, amount, description, transactedAt: '2026-03-10T09:00:00+07:00', ...more };
}

export interface Case {
	name: string;
	orders: OrderInput[];
	payments: Payment[];
	options?: MatchOptions;
	/** Status, difference and settled of each order. */
	expected: [status: OrderStatus, difference: number, settled: boolean][];
	/** Ids of the unmatched with their reason. */
	unmatched?: [id: number | string, reason: string][];
	/** Ids of the payments with proposals, and the codes proposed. */
	proposed?: [id: number | string, codes: string[]][];
}

/** Matches, and compares what came out with what the case expects. */
export function checkCase({ orders, payments, options, expected, unmatched, proposed }: Case): void {
	const result = matchPayments(payments, readOrders(orders), options);
	expect(result.orders.map(({ status, difference, settled }) => [status, difference, settled])).toEqual(expected);
	expect(result.unmatched.map(({ position, reason }) => [payments[position]?.id, reason])).toEqual(unmatched ?? []);
	expect(
		result.proposed.map(({ position, proposals }) => [
			payments[position]?.id,
			proposals.map((proposal) => result.orders[proposal.order]?.code),
		]),
	).toEqual(proposed ?? []);
}
