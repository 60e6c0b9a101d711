/** A transaction as a workflow hands it to matching: simplified, raw, or a row of a ledger. */
import { ParameterError } from '../errors/ParameterError';
import { asObject, kindOf } from '../json/reading';
import type { Payment } from './matchPayments';

const HINT = 'Pass in transactions as Saoke sends them, with id, amount and description.';

/**
 * A ledger may keep Casso's id in `transactionId`, beside an id of its own.
 *
 * @param what name of the record for the error, e.g. `The item`
 * @throws ParameterError where it has no id or no amount
 */
export function readPayment(record: unknown, what: string): Payment {
	const fields = asObject(record);
	if (!fields) throw new ParameterError('transaction', `${what} is not a transaction but ${kindOf(record)}`, HINT);
	const id = fields.transactionId ?? fields.id;
	const { accountNumber, amount, description, transactedAt, isTest } = fields;
	if ((typeof id !== 'number' && typeof id !== 'string') || id === '') throw lacking(what, 'id');
	if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) throw lacking(what, 'amount');
	return {
		id,
		...(typeof accountNumber === 'string' && accountNumber !== '' ? { accountNumber } : {}),
		amount,
		description: typeof description === 'string' ? description : '',
		transactedAt: typeof transactedAt === 'string' ? transactedAt : null,
		isTest: isTest === true,
	};
}

function lacking(what: string, field: string): ParameterError {
	return new ParameterError(field, `${what} has no ${field} of a transaction`, HINT);
}
