/** What a user should know about orders and transactions that can be matched, but not reliably. */
import type { Payment } from './matchPayments';
import type { Order } from './order';
import { describeWeakCode } from './weakCode';

/** @returns sentences for the user; none if all is well */
export function getMatchWarnings(payments: readonly Payment[], orders: readonly Order[]): string[] {
	const open = orders.filter(({ settled }) => !settled);
	return [...warnOfWeakCodes(open), ...warnOfMissingAccounts(payments, open)];
}

/** One sentence, however many codes are weak. */
function warnOfWeakCodes(orders: readonly Order[]): string[] {
	const weak = orders.flatMap(({ code }) => (code === '' ? [] : (describeWeakCode(code) ?? [])));
	const [first, ...others] = weak;
	if (first === undefined) return [];
	if (others.length === 0) return [first];
	return [
		`${first} ${others.length} more ${others.length === 1 ? 'order has a code' : 'orders have codes'} of this kind.`,
	];
}

function warnOfMissingAccounts(payments: readonly Payment[], orders: readonly Order[]): string[] {
	if (payments.length === 0 || payments.some(({ virtualAccount }) => virtualAccount !== undefined)) return [];
	if (orders.every(({ virtualAccount }) => virtualAccount === undefined)) return [];
	return [
		'Orders have a virtual account, but no transaction names one. The simplified fields do not hold it: choose Raw in the node that the transactions come from.',
	];
}
