/**
 * Finds the orders that a payment names: by the virtual account it came to, which the bank vouches for, and by the
 * codes in its memo, which the payer typed.
 */
import { toComparableAccount } from './countedPayments';
import { makeKnownCodeFinder } from './findKnownCodes';
import { fold } from './memoAnatomy';
import type { Order } from './order';

export interface NamedOrders {
	/** Positions in the list of orders. */
	orders: number[];
	/** Whether all of them have the same code, or the same virtual account: only one can be meant. */
	shareOneKey: boolean;
}

export type OrderFinder = (payment: { description: string; virtualAccount?: string }) => NamedOrders;

/** @throws ParameterError for a code that banks cannot pass on */
export function makeOrderFinder(orders: readonly Order[]): OrderFinder {
	const coded = orders.flatMap(({ code }, position) => (code === '' ? [] : position));
	const findCodes = makeKnownCodeFinder(coded.map((position) => orders[position]?.code ?? ''));
	const keys = orders.map(({ code }) => fold(code).replace(/[^A-Z0-9]/g, ''));
	const byAccount = new Map<string, number[]>();
	orders.forEach(({ virtualAccount }, position) => {
		if (virtualAccount === undefined) return;
		const account = toComparableAccount(virtualAccount);
		const sharing = byAccount.get(account);
		if (sharing) sharing.push(position);
		else byAccount.set(account, [position]);
	});
	return ({ description, virtualAccount }) => {
		const ofAccount = virtualAccount === undefined ? [] : (byAccount.get(toComparableAccount(virtualAccount)) ?? []);
		const ofMemo = findCodes(description).map((found) => coded[found] ?? 0);
		if (ofAccount.length === 0) {
			return { orders: ofMemo, shareOneKey: new Set(ofMemo.map((position) => keys[position])).size === 1 };
		}
		if (ofMemo.length === 0) return { orders: ofAccount, shareOneKey: true };
		const both = ofAccount.filter((position) => ofMemo.includes(position));
		if (both.length > 0) return { orders: both, shareOneKey: true };
		// The account is one order's and the memo names another.
		return { orders: [...ofAccount, ...ofMemo], shareOneKey: false };
	};
}
