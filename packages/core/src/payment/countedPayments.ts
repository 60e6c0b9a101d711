/**
 * Which payments were counted before: by account number and id, or by id alone where either side does not tell the account.
 * Blanks and leading zeros make no difference, since sheets and tables drop them.
 */
import type { ReceivedPayment } from './order';

export class CountedPayments {
	private readonly accountsOfId = new Map<string, Set<string | undefined>>();

	/** @param id of the transaction @param accountNumber undefined if it is not known, which fits every account */
	has(id: number | string, accountNumber: string | undefined): boolean {
		const accounts = this.accountsOfId.get(String(id));
		if (!accounts) return false;
		return accountNumber === undefined || accounts.has(undefined) || accounts.has(toComparableAccount(accountNumber));
	}

	add({ transactionId, accountNumber }: ReceivedPayment): void {
		const accounts = this.accountsOfId.get(String(transactionId)) ?? new Set();
		this.accountsOfId.set(
			String(transactionId),
			accounts.add(accountNumber === undefined ? undefined : toComparableAccount(accountNumber)),
		);
	}
}

/** @returns the account number without what differs between a bank, a sheet and a form: case, separators, leading zeros */
export function toComparableAccount(accountNumber: string): string {
	return accountNumber
		.replace(/[^\p{L}\p{N}]/gu, '')
		.toUpperCase()
		.replace(/^0+/, '');
}
