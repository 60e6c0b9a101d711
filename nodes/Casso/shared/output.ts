/** The Output parameter of the Casso node, for transactions and accounts. */
import {
	BANK_ACCOUNT_FIELDS,
	BANK_TRANSACTION_DETAIL_FIELDS,
	BANK_TRANSACTION_FIELDS,
	type NormalisedAccount,
	type NormalisedTransaction,
} from '@saoke/core/casso';
import {
	outputProperties,
	readFileFormat,
	readPresenter,
	type FileFormat,
	type ParameterContext,
} from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

const TRANSACTION_FIELDS = [...BANK_TRANSACTION_FIELDS, ...BANK_TRANSACTION_DETAIL_FIELDS];

/** Parameters `output` and `fields` of an operation on transactions. */
export function transactionOutput(show: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties[] {
	return outputProperties(show, 'Casso', TRANSACTION_FIELDS);
}

/** Parameters `output` and `fields` of an operation on accounts. */
export function accountOutput(show: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties[] {
	return outputProperties(show, 'Casso', BANK_ACCOUNT_FIELDS);
}

/** Converts transactions to the item's Output format. */
export function readTransactionPresenter(
	context: ParameterContext,
	itemIndex: number,
): (found: NormalisedTransaction) => IDataObject {
	const present = readPresenter(context, itemIndex, TRANSACTION_FIELDS);
	return ({ transaction, details, raw }) =>
		present({ simplified: { ...transaction }, details: { ...details }, raw: raw as IDataObject });
}

/**
 * Reads Return As for transactions.
 *
 * @param added columns of a CSV file beside the fields of Output
 * @returns undefined for items
 */
export function readTransactionFileFormat(
	context: ParameterContext,
	itemIndex: number,
	added: readonly string[],
): FileFormat | undefined {
	return readFileFormat(context, itemIndex, TRANSACTION_FIELDS, BANK_TRANSACTION_FIELDS, added);
}

/** Converts accounts to the item's Output format. */
export function readAccountPresenter(
	context: ParameterContext,
	itemIndex: number,
): (found: NormalisedAccount) => IDataObject {
	const present = readPresenter(context, itemIndex, BANK_ACCOUNT_FIELDS);
	return ({ account, raw }) => present({ simplified: { ...account }, raw: raw as IDataObject });
}
