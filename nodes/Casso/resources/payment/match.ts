/** Payment: Match. All transactions of a run against a list of orders; the workflow keeps what was received. */
import { ParameterError } from '@saoke/core/common';
import {
	matchPayments,
	orderRecord,
	readOrders,
	readPayment,
	type MatchedOrder,
	type MatchResult,
	type Payment,
} from '@saoke/core/payment';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { toNodeError } from '../../shared/nodeError';
import { optionalVnd } from '../../shared/filters';
import { recentTransactionsFields } from './recentTransactions';

const showOnlyForMatch = { resource: ['payment'], operation: ['match'] };
const DAY_MS = 86_400_000;

export const description: INodeProperties[] = [
	{
		displayName:
			'The items of this node are transactions, from Casso Trigger or from Transaction: Get Many. Store what comes out for each order and pass it back the next time: the node itself remembers nothing.',
		name: 'matchNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...showOnlyForMatch, '@tool': [false] } },
	},
	...recentTransactionsFields,
	{
		displayName: 'Orders',
		name: 'orders',
		type: 'json',
		required: true,
		default: '[]',
		placeholder: 'e.g. {{ $("Orders").all().map((item) => item.json) }}',
		displayOptions: { show: showOnlyForMatch },
		description:
			'List of the orders that wait for money, each with code, amount in VND, received and settled: [{"code": "DH1024", "amount": 500000, "received": [], "settled": false}]. Only code and amount are required. Read from the first item.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: showOnlyForMatch },
		options: [
			{
				displayName: 'Ignore Transactions Older Than (Days)',
				name: 'maxAgeDays',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'They go to the second output, and what they paid before still counts. 0 means no limit.',
			},
			{
				displayName: 'Tolerance',
				name: 'tolerance',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'In VND. An order whose payments differ by no more than this is paid.',
			},
		],
	},
];

/**
 * One output of orders, one of transactions that belong to none.
 *
 * @param items the transactions
 */
export async function executeBatch(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	const payments: Payment[] = [];
	const itemOf: number[] = [];
	const refused: INodeExecutionData[] = [];
	items.forEach((item, itemIndex) => {
		// What an earlier node makes of "no result": there is no transaction, but the orders still get their status.
		if (Object.keys(item.json).length === 0) return;
		try {
			payments.push(readPayment(item.json, 'The item'));
			itemOf.push(itemIndex);
		} catch (caught) {
			const error = toNodeError(this.getNode(), caught, itemIndex);
			if (!this.continueOnFail()) throw error;
			refused.push({ json: { error: error.message }, error, pairedItem: { item: itemIndex } });
		}
	});
	const result = match.call(this, payments);
	const orders = result.orders.map((order) => toOrderItem(order, itemOf));
	const unmatched = result.unmatched.map(({ position, reason, codes }): INodeExecutionData => {
		const itemIndex = itemOf[position] ?? 0;
		const candidates = codes.length > 0 ? { codes } : {};
		return { json: { ...items[itemIndex]?.json, reason, ...candidates }, pairedItem: { item: itemIndex } };
	});
	return await Promise.resolve([orders, [...unmatched, ...refused]]);
}

function match(this: IExecuteFunctions, payments: readonly Payment[]): MatchResult {
	const options = this.getNodeParameter('options', 0, {}) as IDataObject;
	return matchPayments(payments, readOrders(this.getNodeParameter('orders', 0)), {
		toleranceVnd: optionalVnd(options.tolerance, 'tolerance'),
		maxAgeMs: maxAgeMs(options.maxAgeDays),
		nowMs: Date.now(),
	});
}

function maxAgeMs(days: unknown): number | undefined {
	if (days === undefined || days === null || days === '' || days === 0) return undefined;
	if (typeof days === 'number' && days > 0 && Number.isFinite(days)) return days * DAY_MS;
	throw new ParameterError(
		'maxAgeDays',
		'This is not a number of days',
		'Enter a number such as 3, or 0 for no limit.',
	);
}

/** The order as it came in, with what this run found; linked to the transactions that were counted for it. */
function toOrderItem(order: MatchedOrder, itemOf: readonly number[]): INodeExecutionData {
	const pairedItem = order.counted.map((position) => ({ item: itemOf[position] ?? 0 }));
	return { json: orderRecord(order) as IDataObject, pairedItem: pairedItem.length > 0 ? pairedItem : { item: 0 } };
}
