/** Resource Payment: its operations and their parameters. */
import type { INodeProperties } from 'n8n-workflow';
import * as createQr from './createQr';
import * as match from './match';

export const operations = {
	createQr: { executeItems: createQr.executeItems },
	match: { executeBatch: match.executeBatch, otherOutputs: match.otherOutputs },
};

/** The node's inputs: Match has a second one for the orders, unless they are defined in the node. */
export const inputs =
	'={{ $parameter["resource"] === "payment" && $parameter["operation"] === "match" && $parameter["ordersFrom"] !== "define" ? [{ type: "main", displayName: "Transactions" }, { type: "main", displayName: "Orders" }] : [{ type: "main" }] }}' as const;

/**
 * The node's outputs. Match has one for the orders, one for transactions that belong to none, and one for transactions
 * whose amount alone fits an order. Every other operation has one without a name.
 */
export const outputs =
	'={{ $parameter["resource"] === "payment" && $parameter["operation"] === "match" ? [{ type: "main", displayName: "Orders" }, { type: "main", displayName: "Unmatched" }, { type: "main", displayName: "Proposals" }] : [{ type: "main" }] }}' as const;

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['payment'] } },
		default: 'match',
		options: [
			{
				name: 'Create QR',
				value: 'createQr',
				action: 'Create payment QR code',
				description: 'Create a VietQR code for an account, an amount and a payment code',
			},
			{
				name: 'Match',
				value: 'match',
				action: 'Match payments to orders',
				description: 'Find out which orders the transactions pay for',
			},
		],
	},
	...createQr.description,
	...match.description,
];
