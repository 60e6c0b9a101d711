/** What Match compares the orders with when a model uses it: the transactions of the last days, since a model has no items. */
import { checkCount, readTransactionsAs } from '@saoke/core/casso';
import { addDays, ParameterError, vietnamDay } from '@saoke/core/common';
import { readParameter } from '@saoke/n8n-kit';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { connectWith, CREDENTIAL } from '../../shared/connection';

const DEFAULT_DAYS = 7;
const LONGEST_DAYS = 90;

const showOnlyForMatch = { resource: ['payment'], operation: ['match'] };

export const recentTransactionsFields: INodeProperties[] = [
	{
		displayName: 'Days to Look Back',
		name: 'overlapDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LONGEST_DAYS },
		default: DEFAULT_DAYS,
		displayOptions: { show: { ...showOnlyForMatch, '@tool': [true] } },
		description:
			'How many days of transactions of all linked accounts the orders are compared with, today included: a whole number from 1 to 90',
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
	const days = checkCount(readParameter(context, 'overlapDays', 0), 'overlapDays') ?? DEFAULT_DAYS;
	if (days > LONGEST_DAYS) {
		throw new ParameterError('overlapDays', `Must be ${LONGEST_DAYS} or less`, 'Enter a number such as 7.');
	}
	const connection = connectWith(context, await context.getCredentials(CREDENTIAL, 0));
	const fromDate = addDays(vietnamDay(connection.runtime.now()), 1 - days);
	return await readTransactionsAs(connection, { fromDate, sort: 'ASC' }, {}, ({ transaction, details }) => ({
		json: { ...transaction, virtualAccountNumber: details.virtualAccountNumber },
	}));
}
