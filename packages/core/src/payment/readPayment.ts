/** A transaction as a workflow hands it to matching: simplified, raw, or a row of a ledger. */
import { normaliseTransaction } from '../casso/normalise';
import { ParameterError, RecordError } from '../errors';
import { asObject, asText, describeType } from '../json';
import { toVietnamTime } from '../time';
import type { Payment } from './matchPayments';

const HINT = 'Pass in transactions as Saoke sends them, with id, amount and description.';

/**
 * A ledger may keep Casso's id in `transactionId`, beside an id of its own. A raw record is read as Casso wrote it.
 *
 * @param what name of the record for the error, e.g. `The item`
 * @throws ParameterError if it has no id or no amount
 */
export function readPayment(record: unknown, what: string): Payment {
	const fields = asObject(record);
	if (!fields)
		throw new ParameterError('transaction', `${what} is not a transaction but ${describeType(record)}`, HINT);
	const id = fields.transactionId ?? fields.id ?? fields.privateId;
	if ((typeof id !== 'number' && typeof id !== 'string') || id === '') throw lacking(what, 'id');
	if (typeof fields.amount !== 'number' || !Number.isSafeInteger(fields.amount)) throw lacking(what, 'amount');
	const { transaction, details } = readTransaction({ ...fields, id }, what);
	const { amount, description, accountNumber } = transaction;
	const counterpartyName = asText(fields.counterpartyName) || transaction.counterpartyName;
	const virtualAccount = details.virtualAccountNumber;
	return {
		id,
		...(accountNumber === '' ? {} : { accountNumber }),
		amount,
		description,
		transactedAt: toVietnamTime(asText(fields.transactedAt), 'utc') ?? transaction.transactedAt,
		isTest: fields.isTest === true,
		...(counterpartyName === '' ? {} : { counterpartyName }),
		...(virtualAccount === '' ? {} : { virtualAccount }),
	};
}

function readTransaction(fields: Record<string, unknown>, what: string): ReturnType<typeof normaliseTransaction> {
	try {
		return normaliseTransaction(fields);
	} catch (error) {
		throw error instanceof RecordError ? lacking(what, error.field) : error;
	}
}

function lacking(what: string, field: string): ParameterError {
	return new ParameterError('transaction', `${what} has no ${field} of a transaction`, HINT);
}
