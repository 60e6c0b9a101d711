/**
 * The editor's questions to Casso: the list of accounts, which is also the connection test, and the check of the service. A
 * stored key is used by the id of its deployed config node, with the address it was deployed with; a key typed in the form
 * is used with the address in the form. The two never mix, so that no request can send a stored key to another address.
 */
import { accountLabel, getAccounts, type CassoConnection } from '@saoke/core';
import { runCassoDoctor } from '@saoke/core/doctor';
import type { NodeRed } from '../host/nodeRed';
import type { Services } from '../host/services';
import { connectCasso, getCassoConfig } from '../nodes/casso-config/runtime';
import { CHECK_TIMEOUT_MS, readTexts, serveQuestion, type Connecting } from './answer';

export function serveCasso(RED: NodeRed, services: Services): void {
	const connecting: Connecting<CassoConnection> = {
		stored: (id, options) => getCassoConfig(RED, id).connect(options),
		typed: (client, body, options) => {
			const access = readTexts(body, ['authentication', 'baseUrl', 'apiKey', 'accessToken']);
			return connectCasso(client, services, access, options);
		},
	};
	serveQuestion(RED, services, 'casso/accounts', connecting, list);
	const check = async (connection: CassoConnection, signal: AbortSignal): Promise<unknown> =>
		await runCassoDoctor(connection, { signal });
	serveQuestion(RED, services, 'casso/check', connecting, check, CHECK_TIMEOUT_MS);
}

/** Only what a list needs. */
async function list(connection: CassoConnection): Promise<unknown> {
	const found = await getAccounts(connection);
	return found.map(({ account }) => ({ id: account.id, label: accountLabel(account) }));
}
