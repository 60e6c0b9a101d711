/** Items of an authentic delivery: one per transaction. */
import type { DeliveredTransaction, Delivery } from '@saoke/core/webhook';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { withPaymentCode } from '../shared/paymentCode';
import type { OutputSettings } from './settings';

type Transactions = Extract<Delivery, { kind: 'transactions' }>;

/** Test calls are not filtered: users who enable them want to see that they arrive. */
export function selectTransactions({ transactions }: Transactions, settings: OutputSettings): DeliveredTransaction[] {
	return transactions.filter((found) => (found.isTest ? settings.areTestCallsPassed : settings.filter(found)));
}

/**
 * The same shape and the same id as Transaction: Get Many; `isTest` only if test calls are passed on.
 *
 * @param isConflict whether another delivery reported this id with another amount or description
 */
export function toItem(found: DeliveredTransaction, settings: OutputSettings, isConflict = false): INodeExecutionData {
	const json: IDataObject = settings.isRaw ? { ...(found.raw as IDataObject) } : { ...found.transaction };
	const coded = withPaymentCode(json, found.transaction, settings.codePattern);
	const marked = isConflict ? { ...coded, isConflict } : coded;
	return { json: settings.areTestCallsPassed ? { ...marked, isTest: found.isTest } : marked };
}

/** Records without an id or an amount: only Raw can return them, unchanged. */
export function unreadableItems({ unreadable }: Transactions, settings: OutputSettings): INodeExecutionData[] {
	if (!settings.isRaw) return [];
	return unreadable.flatMap(({ record }) =>
		typeof record === 'object' && record !== null && !Array.isArray(record)
			? [{ json: { ...record } as IDataObject }]
			: [],
	);
}
