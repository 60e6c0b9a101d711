/**
 * The editor's questions to Simplize: the connection test, which is one small signed read, and the check of the service. Keys
 * are handled as for Casso, see casso.ts.
 */
import { getUserPage, type SimplizeConnection } from '@saoke/core';
import { runSimplizeDoctor } from '@saoke/core/doctor';
import type { NodeRed } from '../host/nodeRed';
import type { Services } from '../host/services';
import { connectSimplize, getSimplizeConfig } from '../nodes/simplize-config/runtime';
import { CHECK_TIMEOUT_MS, readTexts, serveQuestion, type Connecting } from './answer';

const FIELDS = ['baseUrl', 'apiKey', 'apiSecret', 'recvWindow', 'signaturePayload', 'signatureEncoding'] as const;

export function serveSimplize(RED: NodeRed, services: Services): void {
	const connecting: Connecting<SimplizeConnection> = {
		stored: (id, options) => getSimplizeConfig(RED, id).connect(options),
		typed: (client, body, options) => connectSimplize(client, services, readTexts(body, FIELDS), options),
	};
	serveQuestion(RED, services, 'simplize/connection', connecting, test);
	const check = async (connection: SimplizeConnection, signal: AbortSignal): Promise<unknown> =>
		await runSimplizeDoctor(connection, { signal });
	serveQuestion(RED, services, 'simplize/check', connecting, check, CHECK_TIMEOUT_MS);
}

/** @returns an empty list: a successful response is enough, and the editor must not see users */
async function test(connection: SimplizeConnection): Promise<unknown[]> {
	await getUserPage(connection, 0, 1);
	return [];
}
