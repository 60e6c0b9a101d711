/** A transaction as the control API shows it: Vietnam time, and its account by number. */
import type { CassoBank } from '../casso/bank';
import type { SandboxTransaction } from '../casso/model';
import { vietnamDateTime } from '../casso/vietnamTime';

export function showTransaction(transaction: SandboxTransaction, bank: CassoBank): object {
	return {
		...transaction,
		time: `${vietnamDateTime(transaction.time)}+07:00`,
		accountNumber: bank.book.accountOf(transaction).accountNumber,
	};
}
