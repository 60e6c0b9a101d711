/** The fields that a transaction gains when payment codes are wanted, the same in every host. */
import type { BankTransaction } from '../casso/normalise';
import type { CodePattern } from './codePattern';
import { readPaymentCodes } from './readPaymentCodes';

export interface PaymentCodeFields {
	/** The one code of the memo; null if it has none, or several. */
	paymentCode: string | null;
	/** Only if the memo has several: all of them. None can be said to be paid. */
	paymentCodes?: string[];
}

/** @param transaction money in or out */
export function paymentCodeFields(
	transaction: Pick<BankTransaction, 'description' | 'amount'>,
	pattern: CodePattern,
): PaymentCodeFields {
	const codes = readPaymentCodes(transaction.description, pattern, Math.abs(transaction.amount));
	if (codes.length > 1) return { paymentCode: null, paymentCodes: codes };
	return { paymentCode: codes[0] ?? null };
}
