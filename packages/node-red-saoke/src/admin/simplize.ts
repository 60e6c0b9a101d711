/** The connection test of Simplize: one small signed read. Keys are handled as for Casso, see casso.ts. */
import { getUserPage, type SimplizeConnection } from '@saoke/core';
import type { HttpRequestIn, NodeRed } from '../host/nodeRed';
import type { Services } from '../host/services';
import { connectSimplize, getSimplizeConfig } from '../nodes/simplize-config/runtime';
import { LONGEST_WAIT_MS, readTexts, refuseForm, reply, withClient } from './answer';

type AdminRequest = HttpRequestIn & { params?: Record<string, string | undefined> };

const FIELDS = ['baseUrl', 'apiKey', 'apiSecret', 'recvWindow', 'signaturePayload', 'signatureEncoding'] as const;

export function serveSimplizeConnection(RED: NodeRed, services: Services): void {
	const app = RED.httpAdmin;
	if (!app) return;
	const place = '/saoke/simplize/connection';
	// A request to the service: more than somebody who may only look at flows should cause.
	const guarded = RED.auth.needsPermission('saoke.write');
	app.get(`${place}/:id`, guarded, (request: AdminRequest, response) => {
		const options = { maxTotalWaitMs: LONGEST_WAIT_MS };
		reply(
			response,
			async (signal) => await test(getSimplizeConfig(RED, request.params?.id).connect({ ...options, signal })),
		);
	});
	app.post(place, guarded, (request, response) => {
		if (refuseForm(request, response)) return;
		const work = withClient(services, async (client, signal) => {
			const access = readTexts(request.body, FIELDS);
			return await test(connectSimplize(client, services, access, { signal, maxTotalWaitMs: LONGEST_WAIT_MS }));
		});
		reply(response, work);
	});
}

/** @returns an empty list: a successful response is enough, and the editor must not see users */
async function test(connection: SimplizeConnection): Promise<unknown[]> {
	await getUserPage(connection, 0, 1);
	return [];
}
