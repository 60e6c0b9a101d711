/** The orders of Match: the items of its second input, or a list in the node. */
import { ParameterError } from '@saoke/core/common';
import { readOrders, type Order, type OrderFieldNames } from '@saoke/core/payment';
import { choice, isTool, readCollection, readParameter } from '@saoke/n8n-kit';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

const showOnlyForMatch = { resource: ['payment'], operation: ['match'] };
const ORDERS_INPUT = 1;

function fieldName(displayName: string, name: keyof OrderFieldNames, placeholder: string): INodeProperties {
	return {
		displayName,
		name: `${name}Field`,
		type: 'string',
		default: '',
		placeholder: `e.g. ${placeholder}`,
		description: `Name of the field in your orders that holds "${name}"`,
	};
}

export const ordersFields: INodeProperties[] = [
	{
		displayName: 'Orders From',
		name: 'ordersFrom',
		type: 'options',
		default: 'input',
		displayOptions: { show: { ...showOnlyForMatch, '@tool': [false] } },
		options: [
			{
				name: 'Second Input',
				value: 'input',
				description: 'One item for each order, e.g. the rows of a sheet or a Data Table',
			},
			{ name: 'Define Below', value: 'define', description: 'A list in JSON' },
		],
		description:
			'Where the unpaid orders come from. Only an amount (VND) and a code or virtualAccount are required. Optional: validFrom and validUntil (or expiresAt), e.g. 28/11/2026 09:30; payerName, a hint for proposals; received and settled, as this operation returned them. A good code is a prefix of letters and a fixed number of digits.',
	},
	{
		// A model has no second input.
		displayName: 'Orders From',
		name: 'ordersFrom',
		type: 'hidden',
		default: 'define',
		displayOptions: { show: { ...showOnlyForMatch, '@tool': [true] } },
	},
	{
		displayName: 'Orders',
		name: 'orders',
		type: 'json',
		required: true,
		default: '[]',
		placeholder: 'e.g. [{"code": "DH1024", "amount": 500000}]',
		displayOptions: { show: { ...showOnlyForMatch, ordersFrom: ['define'] } },
		description:
			'List of the unpaid orders: [{"code": "DH1024", "amount": 500000, "received": [], "settled": false}]. Amounts in VND. Read once, from the first item.',
	},
	{
		displayName: 'Order Fields',
		name: 'orderFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: { show: { ...showOnlyForMatch, ordersFrom: ['input'] } },
		description: 'Names of the fields in your orders, if they are not code, amount, virtualAccount and so on',
		options: [
			fieldName('Amount Field', 'amount', 'Số tiền'),
			fieldName('Code Field', 'code', 'Mã đơn'),
			fieldName('Payer Name Field', 'payerName', 'Khách hàng'),
			fieldName('Valid From Field', 'validFrom', 'Ngày đặt'),
			fieldName('Valid Until Field', 'validUntil', 'Hạn thanh toán'),
			fieldName('Virtual Account Field', 'virtualAccount', 'Tài khoản ảo'),
		],
	},
];

export interface OrderItems {
	orders: Order[];
	/** Index of the item of each order on the second input. */
	orderItemOf?: number[];
}

/** @throws ParameterError if the second input is not connected; what `readOrders` throws */
export function readOrderItems(context: IExecuteFunctions): OrderItems {
	const from = readParameter(context, 'ordersFrom', 0);
	const source = isTool(context) ? 'define' : choice(from, ['input', 'define'], 'ordersFrom', 'input');
	if (source === 'define') return { orders: readOrders(context.getNodeParameter('orders', 0)) };
	if (!isConnected(context)) {
		throw new ParameterError(
			'orders',
			'Nothing is connected to the input Orders',
			'Connect the node that reads your orders, e.g. Google Sheets or Data Table, to the second input of this node.',
		);
	}
	// An item without fields is what Always Output Data gives for no result.
	const records = context.getInputData(ORDERS_INPUT).map(({ json }) => json);
	const fields = Object.entries(readCollection(context, 'orderFields', 0));
	const names: OrderFieldNames = Object.fromEntries(fields.map(([name, value]) => [name.replace('Field', ''), value]));
	const orders = readOrders(
		records.filter((record) => Object.keys(record).length > 0),
		names,
	);
	return { orders, orderItemOf: orders.map(({ fields }) => records.findIndex((record) => record === fields)) };
}

/** n8n keeps a place for each connected input, even if nothing arrived. */
function isConnected(context: IExecuteFunctions): boolean {
	return (context.getInputSourceData(ORDERS_INPUT) as unknown) !== undefined;
}
