/** Option "Payment Code": adds the code from the transfer description to each transaction. */
import type { BankTransaction } from '@saoke/core/casso';
import { paymentCodeFields, type CodePattern, type PaymentCodeFields } from '@saoke/core/payment';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** For the Options of every operation that returns transactions. */
export const paymentCodeField: INodeProperties = {
	displayName: 'Payment Code',
	name: 'paymentCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. DH#{6}',
	description:
		'What your payment codes look like, such as DH or DH#{6}: # is a digit, ? a letter or digit, {6} or {4-8} how many. Separate several patterns with commas.',
};

/** The fields that the option adds. */
export const PAYMENT_CODE_FIELDS = ['paymentCode', 'paymentCodes'] as const satisfies (keyof PaymentCodeFields)[];

/**
 * @param json the transaction in its output format
 * @param pattern undefined leaves it as it is
 * @returns the transaction with `paymentCode`, and `paymentCodes` if the description has several
 */
export function withPaymentCode(
	json: IDataObject,
	transaction: Pick<BankTransaction, 'description' | 'amount'>,
	pattern: CodePattern | undefined,
): IDataObject {
	return pattern ? { ...json, ...paymentCodeFields(transaction, pattern) } : json;
}
