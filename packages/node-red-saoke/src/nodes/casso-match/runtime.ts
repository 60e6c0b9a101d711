/** Node `casso-match`: finds the orders that the transactions of a message pay. It is stateless; the flow stores what was received. */
import { ParameterError } from '@saoke/core/common';
import {
	getMatchWarnings,
	matchPayments,
	orderRecord,
	readOrders,
	readPayment,
	type MatchResult,
	type Order,
	type Payment,
} from '@saoke/core/payment';
import { getSettings } from '../../host/configured';
import { handleInput, type Work } from '../../host/inputNode';
import { getLifetime } from '../../host/lifetime';
import type { FlowMessage, HostNode, NodeRed } from '../../host/nodeRed';
import type { Services } from '../../host/services';
import { readTyped } from '../../host/typedValue';
import { readMatchOptions, type CassoMatchProperties } from './settings';

export function registerCassoMatch(RED: NodeRed, services: Services): void {
	RED.nodes.registerType('casso-match', function (this: HostNode, properties: CassoMatchProperties) {
		RED.nodes.createNode(this, properties);
		const warn = makeWarner(this);
		handleInput(
			this,
			getLifetime(this),
			services,
			async (work) => await run(RED, this, properties, services, work, warn),
		);
	});
}

type Warner = (payments: readonly Payment[], orders: readonly Order[]) => void;

/** Shows each warning once per deploy: a flow that runs every minute has the same orders every minute. */
function makeWarner(node: HostNode): Warner {
	const given = new Set<string>();
	return (payments, orders) => {
		for (const warning of getMatchWarnings(payments, orders)) {
			const kind = warning.replace(/\d+/g, '#');
			if (!given.has(kind)) node.warn(warning);
			given.add(kind);
		}
	};
}

/** @returns how many transactions were counted for an order */
async function run(
	RED: NodeRed,
	node: HostNode,
	stored: CassoMatchProperties,
	services: Services,
	{ message, send }: Work,
	warn: Warner,
): Promise<number> {
	const properties = getSettings(RED, node, stored);
	const nowMs = services.now();
	const options = readMatchOptions(properties, nowMs);
	const typed = { value: properties.orders ?? 'orders', type: properties.ordersType ?? 'msg' };
	const orders = readOrders(await readTyped({ RED, node, message, nowMs }, typed, 'orders'));
	const records = readRecords(message.payload);
	const payments = records.map((record, at) => readPayment(record, `Transaction ${at + 1}`));
	const result = matchPayments(payments, orders, options);
	warn(payments, orders);
	// Created before the message is changed: the other outputs send separate messages.
	const others = [getUnmatched(result, records), getProposed(result, records)].map((payload) =>
		payload.length > 0 ? { ...RED.util.cloneMessage(message), payload } : null,
	);
	send([matchedMessage(message, result, properties.send === 'changed'), ...others]);
	return result.orders.reduce((count, order) => count + order.counted.length, 0);
}

/** One transaction, as the webhook and the poll send it, or a list. */
function readRecords(payload: unknown): unknown[] {
	if (Array.isArray(payload)) return payload;
	if (typeof payload === 'object' && payload !== null) return [payload];
	throw new ParameterError(
		'payload',
		'The payload is not a transaction or a list of transactions',
		'Pass in what a casso node sends; an empty list gives every order its status.',
	);
}

function matchedMessage(message: FlowMessage, { orders }: MatchResult, isChangedOnly: boolean): FlowMessage | null {
	const wanted = isChangedOnly ? orders.filter(({ counted }) => counted.length > 0) : orders;
	if (isChangedOnly && wanted.length === 0) return null;
	message.payload = wanted.map(orderRecord);
	return message;
}

function getUnmatched({ unmatched }: MatchResult, records: readonly unknown[]): Record<string, unknown>[] {
	return unmatched.map(({ position, reason, codes }) => ({
		...(records[position] as object),
		reason,
		...(codes.length > 0 ? { codes } : {}),
	}));
}

/** Each transaction with the open orders of that amount, those of the expected payer first. */
function getProposed({ proposed, orders }: MatchResult, records: readonly unknown[]): Record<string, unknown>[] {
	return proposed.map(({ position, proposals, proposalCount }) => ({
		...(records[position] as object),
		reason: 'noCode',
		proposals: proposals.flatMap(({ order, nameMatches }) => {
			const found = orders[order];
			return found ? [{ ...orderRecord(found), nameMatches }] : [];
		}),
		proposalCount,
	}));
}
