/** The Output choice of the Casso node: transactions and accounts. */
import {
	BANK_ACCOUNT_FIELDS,
	BANK_TRANSACTION_DETAIL_FIELDS,
	BANK_TRANSACTION_FIELDS,
	type NormalisedAccount,
	type NormalisedTransaction,
} from '@saoke/core/casso';
import { outputProperties, present, presenterOf } from '@saoke/n8n-kit';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

const TRANSACTION_FIELDS = [...BANK_TRANSACTION_FIELDS, ...BANK_TRANSACTION_DETAIL_FIELDS];

/** Parameters `output` and `fields` of an operation on transactions. */
export function transactionOutput(show: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties[] {
	return outputProperties(show, 'Casso', TRANSACTION_FIELDS);
}

/** Parameters `output` and `fields` of an operation on accounts. */
export function accountOutput(show: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties[] {
	return outputProperties(show, 'Casso', BANK_ACCOUNT_FIELDS);
}

/** One transaction as the item's Output choice wants it. */
export function presentTransaction(
	this: IExecuteFunctions,
	found: NormalisedTransaction,
	itemIndex: number,
): IDataObject {
	return transactionPresenter.call(this, itemIndex)(found);
}

/** Turns many transactions into what the item's Output choice wants. */
export function transactionPresenter(
	this: IExecuteFunctions,
	itemIndex: number,
): (found: NormalisedTransaction) => IDataObject {
	const presentOne = presenterOf.call(this, itemIndex);
	return ({ transaction, details, raw }) =>
		presentOne({ simplified: { ...transaction }, details: { ...details }, raw: raw as IDataObject });
}

/** One account as the item's Output choice wants it. */
export function presentAccount(this: IExecuteFunctions, found: NormalisedAccount, itemIndex: number): IDataObject {
	return present.call(this, { simplified: { ...found.account }, raw: found.raw as IDataObject }, itemIndex);
}
