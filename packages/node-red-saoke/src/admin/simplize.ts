/** The editor's connection test of Simplize: one small signed read. Keys are handled as for Casso, see casso.ts. */
import { getUserPage, type SimplizeConnection } from '@saoke/core';
import type { NodeRed } from '../host/nodeRed';
import type { Services } from '../host/services';
import { connectSimplize, getSimplizeConfig } from '../nodes/simplize-config/runtime';
import { readTexts, serveQuestion, type Connecting } from './answer';

const FIELDS = ['baseUrl', 'apiKey', 'apiSecret', 'recvWindow', 'signaturePayload', 'signatureEncoding'] as const;

export function serveSimplize(RED: NodeRed, services: Services): void {
	const connecting: Connecting<SimplizeConnection> = {
		stored: (id, options) => getSimplizeConfig(RED, id).connect(options),
		typed: (client, body, options) => connectSimplize(client, services, readTexts(body, FIELDS), options),
	};
	serveQuestion(RED, services, 'simplize/connection', connecting, test);
}

/** @returns an empty list: a successful response is enough, and the editor must not see users */
async function test(connection: SimplizeConnection): Promise<unknown[]> {
	await getUserPage(connection, 0, 1);
	return [];
}
