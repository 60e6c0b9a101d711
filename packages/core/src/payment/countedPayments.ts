/**
 * Which payments were counted before: by account number and id, or by id alone where either side does not tell the account.
 * Blanks and leading zeros make no difference, since sheets and tables drop them.
 */
import type { ReceivedPayment } from './order';

export class CountedPayments {
	private readonly accountsOfId = new Map<string, Set<string | undefined>>();

	/** @param id of the transaction @param accountNumber undefined where it is not known, which fits every account */
	has(id: number | string, accountNumber: string | undefined): boolean {
		const accounts = this.accountsOfId.get(String(id));
		if (!accounts) return false;
		return accountNumber === undefined || accounts.has(undefined) || accounts.has(comparable(accountNumber));
	}

	add({ transactionId, accountNumber }: ReceivedPayment): void {
		const accounts = this.accountsOfId.get(String(transactionId)) ?? new Set();
		this.accountsOfId.set(String(transactionId), accounts.add(comparable(accountNumber)));
	}
}

function comparable(accountNumber: string | undefined): string | undefined {
	return accountNumber?.replace(/\s/g, '').replace(/^0+/, '');
}
