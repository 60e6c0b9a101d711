/** How an account is shown in lists. */
import type { BankAccount } from '@saoke/core/casso';

/** Bank, holder and the last digits: the number is masked, because lists end up in screenshots. */
export function accountLabel(account: BankAccount): string {
	const who = account.accountName || account.memo;
	return `${account.bankName || 'Bank'}${who ? ` – ${who}` : ''} (…${account.accountNumber.slice(-4)})`;
}
