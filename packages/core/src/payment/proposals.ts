/**
 * For money that names no order: open orders that wait for exactly this amount. A proposal is for a person, or a node
 * of the user's, to decide; nothing is settled by it.
 */
import { fold } from './memoAnatomy';
import type { Order } from './order';
import { compareToValidity } from './validity';

/** A school may have hundreds of orders of one amount: the best are enough to choose from. */
const MOST_PROPOSALS = 10;

interface Proposal {
	/** Position in the list of orders. */
	order: number;
	/** Whether the payer, or the memo, has the name that the order expects. */
	nameMatches: boolean;
}

export interface Proposals {
	/** Up to ten, those with the payer's name first, then in the order given. */
	proposals: Proposal[];
	/** How many orders wait for this amount. */
	proposalCount: number;
}

interface Payer {
	amount: number;
	description: string;
	counterpartyName?: string;
}

/**
 * @param dueOf VND that an open order still waits for, by position; 0 for one that is settled
 * @returns a function that proposes orders for a payment made at that moment, in Unix ms
 */
export function makeProposer(
	orders: readonly Order[],
	dueOf: (position: number) => number,
): (payment: Payer, moment: number) => Proposals {
	const byDue = new Map<number, number[]>();
	orders.forEach((_, position) => {
		const due = dueOf(position);
		if (due <= 0) return;
		const waiting = byDue.get(due);
		if (waiting) waiting.push(position);
		else byDue.set(due, [position]);
	});
	return (payment, moment) => {
		const waiting = (byDue.get(payment.amount) ?? []).filter((position) => {
			const order = orders[position];
			return order !== undefined && compareToValidity(order, moment) === 'inTime';
		});
		const all = waiting.map((order) => ({ order, nameMatches: hasName(payment, orders[order]?.payerName) }));
		const named = all.filter(({ nameMatches }) => nameMatches);
		const others = all.filter(({ nameMatches }) => !nameMatches);
		return { proposals: [...named, ...others].slice(0, MOST_PROPOSALS), proposalCount: all.length };
	};
}

/** A single word is too common to be looked for in a memo. */
function hasName({ counterpartyName = '', description }: Payer, payerName: string | undefined): boolean {
	const name = toWords(payerName ?? '');
	if (name.trim() === '') return false;
	if (toWords(counterpartyName).includes(name)) return true;
	return name.trim().includes(' ') && toWords(description).includes(name);
}

/** @returns folded words with a blank before, between and behind them */
function toWords(text: string): string {
	return ` ${fold(text)
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()} `;
}
