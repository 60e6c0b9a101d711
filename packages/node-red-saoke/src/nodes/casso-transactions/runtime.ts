/** Node `casso-transactions`: transactions of all accounts or of one, over all pages, with filters that Casso does not have. */
import {
	DEFAULT_PAGE_SIZE,
	getAccount,
	getTransaction,
	getTransactionPage,
	normaliseTransaction,
	readTransactionPages,
	readTransactions,
	type CassoConnection,
	type NormalisedTransaction,
	type NormaliseOptions,
	type TransactionFilter,
	type TransactionQuery,
} from '@saoke/core';
import { optionalCodePattern } from '@saoke/core/payment';
import { getSettings } from '../../host/configured';
import { handleInput, type Work } from '../../host/inputNode';
import { getLifetime, type Lifetime } from '../../host/lifetime';
import type { HostNode, NodeRed } from '../../host/nodeRed';
import { mapPages } from '../../host/pages';
import { presentTransaction } from '../../host/present';
import { readDelivery, sendSequence } from '../../host/sequence';
import type { Services } from '../../host/services';
import { showMissing } from '../../host/showMissing';
import { readTyped, type ReadContext } from '../../host/typedValue';
import { getCassoConfig } from '../casso-config/runtime';
import { readRequest, type CassoTransactionsProperties, type TransactionRequest } from './settings';

export function registerCassoTransactions(RED: NodeRed, services: Services): void {
	RED.nodes.registerType('casso-transactions', function (this: HostNode, properties: CassoTransactionsProperties) {
		RED.nodes.createNode(this, properties);
		const lifetime = getLifetime(this);
		showMissing(this, (signal) => getCassoConfig(RED, getSettings(RED, this, properties).casso).connect({ signal }));
		handleInput(this, lifetime, services, async (work) => await run(RED, this, properties, services, lifetime, work));
	});
}

async function run(
	RED: NodeRed,
	node: HostNode,
	stored: CassoTransactionsProperties,
	services: Services,
	lifetime: Lifetime,
	{ message, send, onPause }: Work,
): Promise<number> {
	const properties = getSettings(RED, node, stored);
	const connection = getCassoConfig(RED, properties.casso).connect({ signal: lifetime.signal, onPause });
	const context: ReadContext = { RED, node, message, nowMs: services.now() };
	const codePattern = optionalCodePattern(properties.paymentCode);
	if (properties.operation === 'get') {
		const typed = { value: properties.transactionId, type: properties.transactionIdType };
		const id = await readTyped(context, typed, 'transactionId');
		message.payload = presentTransaction(
			await getTransaction(connection, id, readNormaliseOptions(properties)),
			properties,
			codePattern,
		);
		send(message);
		return 1;
	}
	const request = await readRequest(context, properties);
	const delivery = readDelivery(properties.delivery);
	const found = read(connection, properties, request, delivery === 'array');
	const pages = mapPages(found, (transaction) => presentTransaction(transaction, properties, codePattern));
	return await sendSequence(pages, {
		RED,
		delivery,
		message,
		send,
		pageSize: request.query.pageSize ?? DEFAULT_PAGE_SIZE,
	});
}

async function* read(
	connection: CassoConnection,
	properties: CassoTransactionsProperties,
	{ query, filter, limit, parallel }: TransactionRequest,
	isWhole: boolean,
): AsyncGenerator<NormalisedTransaction[], void, undefined> {
	const normalising = readNormaliseOptions(properties);
	if (query.accountId !== undefined) {
		// The account's own list does not name the account: its number and bank come from one look-up.
		const { account } = await getAccount(connection, query.accountId);
		normalising.account = { id: account.id, accountNumber: account.accountNumber, bankName: account.bankName };
	}
	if (query.page !== undefined) yield await readOnePage(connection, query, filter, normalising);
	// A complete list is read in parallel pages and verified at the end; a stream is read page by page.
	else if (isWhole) yield await readTransactions(connection, query, { ...normalising, filter, limit, parallel });
	else yield* readTransactionPages(connection, query, { ...normalising, filter, limit });
}

async function readOnePage(
	connection: CassoConnection,
	query: TransactionQuery,
	filter: TransactionFilter,
	normalising: NormaliseOptions,
): Promise<NormalisedTransaction[]> {
	const { records } = await getTransactionPage(connection, query);
	return records.map((record) => normaliseTransaction(record, normalising)).filter(filter);
}

function readNormaliseOptions(properties: CassoTransactionsProperties): NormaliseOptions {
	return { timesEndingInZ: properties.timesEndingInZ === 'utc' ? 'utc' : 'vietnam' };
}
