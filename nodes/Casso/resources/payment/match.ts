/** Payment: Match. All transactions of a run against a list of orders; the workflow keeps what was received. */
import { ParameterError, readNumberOption } from '@saoke/core/common';
import {
	getMatchWarnings,
	matchPayments,
	orderRecord,
	readPayment,
	type MatchedOrder,
	type MatchResult,
	type Order,
	type Payment,
	type ProposedPayment,
	type UnmatchedPayment,
} from '@saoke/core/payment';
import { isTool, numberField, readBoolean, readCollection } from '@saoke/n8n-kit';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	IPairedItemData,
} from 'n8n-workflow';
import { toNodeError } from '../../shared/nodeError';
import { ordersFields, readOrderItems } from './orders';
import { readRecentTransactions, recentTransactionsFields } from './recentTransactions';

const showOnlyForMatch = { resource: ['payment'], operation: ['match'] };
const DAY_MS = 86_400_000;

export const description: INodeProperties[] = [
	{
		displayName:
			'Connect transactions to the first input and your orders to the second, e.g. Casso Trigger and Google Sheets. Store the result with each order: the node itself remembers nothing.',
		name: 'matchNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...showOnlyForMatch, '@tool': [false] } },
	},
	...recentTransactionsFields,
	...ordersFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: showOnlyForMatch },
		options: [
			{
				...numberField('maxAgeDays'),
				default: 0,
				description: 'They go to the output Unmatched, and what they already paid still counts. 0 means no limit.',
			},
			{
				...numberField('tolerance'),
				default: 0,
				description: 'In VND. An order counts as paid if its payments differ from its amount by no more than this.',
			},
			{
				displayName: 'Only Orders Paid Now',
				name: 'changedOnly',
				type: 'boolean',
				default: true,
				description: 'Whether to return only the orders that received money in this run',
			},
		],
	},
];

interface Input {
	payments: Payment[];
	/** Index of the item of each payment. */
	itemOf: number[];
	/** Items that are no transaction, if the node continues on errors. */
	refused: INodeExecutionData[];
}

export const otherOutputs: INodeExecutionData[][] = [[], []];

/** Three outputs: the orders, transactions that belong to none, and transactions whose amount fits an open order. */
export async function executeBatch(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (!isTool(context)) return matchItems(context, context.getInputData());
	const [orders = []] = matchItems(context, await readRecentTransactions(context));
	// The transactions are no input items, so nothing can be linked to them.
	return [orders.map((order) => ({ ...order, pairedItem: { item: 0 } }))];
}

function matchItems(context: IExecuteFunctions, items: readonly INodeExecutionData[]): INodeExecutionData[][] {
	const { payments, itemOf, refused } = readItems(context, items);
	const { orders, orderItemOf } = readOrderItems(context);
	const options = readCollection(context, 'options', 0);
	const isChangedOnly = readBoolean(options.changedOnly, false, 'changedOnly');
	const result = match(options, payments, orders);
	warn(context, payments, orders, refused.length);
	const toItem = (position: number, more: IDataObject): INodeExecutionData => {
		const itemIndex = itemOf[position] ?? 0;
		return { json: { ...items[itemIndex]?.json, ...more }, pairedItem: { item: itemIndex } };
	};
	return [
		result.orders.flatMap((order, at) =>
			isChangedOnly && order.counted.length === 0 ? [] : toOrderItem(order, itemOf, orderItemOf?.[at]),
		),
		[...result.unmatched.map((found) => toItem(found.position, toReason(found))), ...refused],
		result.proposed.map((found) => toItem(found.position, toProposals(found, result.orders))),
	];
}

function readItems(context: IExecuteFunctions, items: readonly INodeExecutionData[]): Input {
	const input: Input = { payments: [], itemOf: [], refused: [] };
	items.forEach((item, itemIndex) => {
		try {
			if (Object.keys(item.json).length === 0) throw noTransaction();
			input.payments.push(readPayment(item.json, 'The item'));
			input.itemOf.push(itemIndex);
		} catch (caught) {
			const error = toNodeError(context.getNode(), caught, itemIndex);
			if (!context.continueOnFail()) throw error;
			input.refused.push({ json: { error: error.message }, error, pairedItem: { item: itemIndex } });
		}
	});
	return input;
}

/** What a test by hand without a transaction gives, and Always Output Data. */
function noTransaction(): ParameterError {
	return new ParameterError(
		'transaction',
		'The item is empty, so no transaction came in',
		'To test by hand, fetch a test event in Casso Trigger first, or put Transaction: Get Many before this node. Switch off Always Output Data in the node before it.',
	);
}

function match(options: IDataObject, payments: readonly Payment[], orders: readonly Order[]): MatchResult {
	const days = readNumberOption('maxAgeDays', options.maxAgeDays);
	return matchPayments(payments, orders, {
		toleranceVnd: readNumberOption('tolerance', options.tolerance),
		maxAgeMs: days === undefined ? undefined : days * DAY_MS,
		nowMs: Date.now(),
	});
}

/** Shown above the output in the editor. */
function warn(context: IExecuteFunctions, payments: Payment[], orders: Order[], refusedCount: number): void {
	const warnings = getMatchWarnings(payments, orders);
	if (payments.length === 0 && refusedCount === 0) {
		warnings.unshift(
			'No transaction came in on the input Transactions. The status of each order shows only what it received before.',
		);
	}
	if (orders.length === 0) warnings.unshift('No orders came in, so every transaction is unmatched.');
	context.addExecutionHints(
		...warnings.map((message) => ({ message, type: 'warning' as const, location: 'outputPane' as const })),
	);
}

function toReason({ reason, codes }: UnmatchedPayment): IDataObject {
	return { reason, ...(codes.length > 0 ? { codes } : {}) };
}

function toProposals({ proposals, proposalCount }: ProposedPayment, orders: readonly MatchedOrder[]): IDataObject {
	const records = proposals.flatMap(({ order, nameMatches }) => {
		const found = orders[order];
		return found ? [{ ...orderRecord(found), nameMatches }] : [];
	});
	return { reason: 'noCode', proposals: records as IDataObject[], proposalCount };
}

/** The order as it came in, with what this run found; linked to itself and to the transactions that were counted for it. */
function toOrderItem(order: MatchedOrder, itemOf: readonly number[], orderItem?: number): INodeExecutionData {
	const pairedItem: IPairedItemData[] = order.counted.map((position) => ({ item: itemOf[position] ?? 0 }));
	if (orderItem !== undefined) pairedItem.push({ item: orderItem, input: 1 });
	return { json: orderRecord(order) as IDataObject, pairedItem: pairedItem.length > 0 ? pairedItem : { item: 0 } };
}
