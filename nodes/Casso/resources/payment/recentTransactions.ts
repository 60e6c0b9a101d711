/** What Match compares the orders with when a model uses it: the transactions of the last days, since a model has no items. */
import { readTransactionsAs } from '@saoke/core/casso';
import { addDays, NUMBER_OPTIONS, readNumberOption, vietnamDay } from '@saoke/core/common';
import { readParameter } from '@saoke/n8n-kit';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { connectWith, CREDENTIAL } from '../../shared/connection';

const showOnlyForMatch = { resource: ['payment'], operation: ['match'] };

export const recentTransactionsFields: INodeProperties[] = [
	{
		displayName: 'Days to Look Back',
		name: 'overlapDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: NUMBER_OPTIONS.matchDays.max },
		default: 7,
		displayOptions: { show: { ...showOnlyForMatch, '@tool': [true] } },
		description:
			'How many days of transactions to compare the orders with, in all linked accounts, today included: a whole number from 1 to 90',
	},
	{
		// Not for people: n8n decides by it whether the node needs its credential.
		displayName: 'Transactions From',
		name: 'transactionsFrom',
		type: 'hidden',
		default: 'input',
		displayOptions: { show: { ...showOnlyForMatch, '@tool': [false] } },
	},
];

/**
 * @returns one item for each transaction, oldest first
 * @throws ParameterError for days that are no whole number from 1 to 90; what reading transactions throws
 */
export async function readRecentTransactions(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const days =
		readNumberOption('matchDays', readParameter(context, 'overlapDays', 0), 'overlapDays') ??
		NUMBER_OPTIONS.matchDays.default;
	const connection = connectWith(context, await context.getCredentials(CREDENTIAL, 0));
	const fromDate = addDays(vietnamDay(connection.runtime.now()), 1 - days);
	return await readTransactionsAs(connection, { fromDate, sort: 'ASC' }, {}, ({ transaction, details }) => ({
		json: { ...transaction, virtualAccountNumber: details.virtualAccountNumber },
	}));
}
