/** Node `casso-accounts`: linked bank accounts, the user behind the key, and sync requests. */
import {
	getAccount,
	getAccounts,
	getUserInfo,
	requestSync,
	type CassoConnection,
	type TimesEndingInZ,
} from '@saoke/core';
import { getSettings } from '../../host/configured';
import { handleInput, type Work } from '../../host/inputNode';
import { getLifetime, type Lifetime } from '../../host/lifetime';
import type { HostNode, NodeProperties, NodeRed } from '../../host/nodeRed';
import { onePage } from '../../host/pages';
import { presentAccount, type OutputChoice } from '../../host/present';
import { readDelivery, sendSequence } from '../../host/sequence';
import type { Services } from '../../host/services';
import { showMissing } from '../../host/showMissing';
import { readTyped } from '../../host/typedValue';
import { getCassoConfig } from '../casso-config/runtime';

interface CassoAccountsProperties extends NodeProperties, OutputChoice {
	casso?: string;
	operation?: string;
	account?: string;
	accountType?: string;
	delivery?: string;
	timesEndingInZ?: string;
}

export function registerCassoAccounts(RED: NodeRed, services: Services): void {
	RED.nodes.registerType('casso-accounts', function (this: HostNode, properties: CassoAccountsProperties) {
		RED.nodes.createNode(this, properties);
		const lifetime = getLifetime(this);
		showMissing(this, (signal) => getCassoConfig(RED, getSettings(RED, this, properties).casso).connect({ signal }));
		handleInput(this, lifetime, services, async (work) => await run(RED, this, properties, services, lifetime, work));
	});
}

async function run(
	RED: NodeRed,
	node: HostNode,
	stored: CassoAccountsProperties,
	services: Services,
	lifetime: Lifetime,
	{ message, send, onPause }: Work,
): Promise<number> {
	const properties = getSettings(RED, node, stored);
	const connection = getCassoConfig(RED, properties.casso).connect({ signal: lifetime.signal, onPause });
	const timesEndingInZ: TimesEndingInZ = properties.timesEndingInZ === 'utc' ? 'utc' : 'vietnam';
	if (properties.operation !== 'get' && properties.operation !== 'sync') {
		const load = async (): Promise<unknown[]> => await list(connection, properties, timesEndingInZ);
		const delivery = readDelivery(properties.delivery);
		return await sendSequence(onePage(load), { RED, delivery, message, send, pageSize: 1 });
	}
	const typed = { value: properties.account, type: properties.accountType };
	const accountId = await readTyped({ RED, node, message, nowMs: services.now() }, typed, 'accountId');
	const found = await getAccount(connection, accountId, timesEndingInZ);
	message.payload =
		properties.operation === 'get' ? presentAccount(found, properties) : await sync(connection, found.account);
	send(message);
	return 1;
}

async function list(
	connection: CassoConnection,
	properties: CassoAccountsProperties,
	timesEndingInZ: TimesEndingInZ,
): Promise<unknown[]> {
	if (properties.operation === 'user') return [await getUserInfo(connection)];
	return (await getAccounts(connection, timesEndingInZ)).map((found) => presentAccount(found, properties));
}

/** This endpoint takes the bank account number, while the setting contains Casso's id. */
async function sync(connection: CassoConnection, account: { id: number; accountNumber: string }): Promise<unknown> {
	const answer = await requestSync(connection, account.accountNumber);
	return { requested: true, accountId: account.id, accountNumber: account.accountNumber, answer };
}
