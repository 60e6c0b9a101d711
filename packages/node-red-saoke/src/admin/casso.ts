/**
 * The editor's list of accounts and its connection test. A stored key is used by the id of its deployed config node, with
 * the address it was deployed with; a key typed in the form is used with the address in the form. The two never mix, so
 * that no request can send a stored key to another address.
 */
import { accountLabel, getAccounts, type CassoConnection } from '@saoke/core';
import type { HttpRequestIn, NodeRed } from '../host/nodeRed';
import type { Services } from '../host/services';
import { getCassoConfig, connectCasso } from '../nodes/casso-config/runtime';
import { LONGEST_WAIT_MS, readTexts, refuseForm, reply, withClient } from './answer';

type AdminRequest = HttpRequestIn & { params?: Record<string, string | undefined> };

export function serveCassoAccounts(RED: NodeRed, services: Services): void {
	const app = RED.httpAdmin;
	if (!app) return;
	// Account numbers and names require more than permission to view flows.
	const guarded = RED.auth.needsPermission('saoke.write');
	app.get('/saoke/casso/accounts/:id', guarded, (request: AdminRequest, response) => {
		reply(response, async (signal) => await list(stored(RED, request.params?.id, signal)));
	});
	app.post('/saoke/casso/accounts', guarded, (request, response) => {
		if (refuseForm(request, response)) return;
		const work = withClient(services, async (client, signal) => {
			const access = readTexts(request.body, ['authentication', 'baseUrl', 'apiKey', 'accessToken']);
			return await list(connectCasso(client, services, access, { signal, maxTotalWaitMs: LONGEST_WAIT_MS }));
		});
		reply(response, work);
	});
}

function stored(RED: NodeRed, id: string | undefined, signal: AbortSignal): CassoConnection {
	return getCassoConfig(RED, id).connect({ signal, maxTotalWaitMs: LONGEST_WAIT_MS });
}

/** Only what a list needs. */
async function list(connection: CassoConnection): Promise<unknown> {
	const found = await getAccounts(connection);
	return found.map(({ account }) => ({ id: account.id, label: accountLabel(account) }));
}
