/**
 * The editor's questions to Simplize: the connection test, which is one small signed read, the lists of users and of a
 * user's portfolios, and the check of the service. Keys are handled as for Casso, see casso.ts.
 */
import { checkExternalUserId, getUserPage, listPortfolios, readUsers, type SimplizeConnection } from '@saoke/core';
import { runSimplizeDoctor } from '@saoke/core/doctor';
import type { NodeRed } from '../host/nodeRed';
import type { Services } from '../host/services';
import { connectSimplize, getSimplizeConfig, type SignedConnection } from '../nodes/simplize-config/runtime';
import { CHECK_TIMEOUT_MS, readTexts, serveQuestion, type Connecting } from './answer';

const FIELDS = ['baseUrl', 'apiKey', 'apiSecret', 'recvWindow', 'signaturePayload', 'signatureEncoding'] as const;

/** As many as a list in a dialog is good for; the ID of any other user can be typed. */
const MOST_USERS = 200;

export function serveSimplize(RED: NodeRed, services: Services): void {
	const connecting: Connecting<SignedConnection> = {
		stored: (id, options) => getSimplizeConfig(RED, id).connect(options),
		typed: (client, body, options) => connectSimplize(client, services, readTexts(body, FIELDS), options),
	};
	serveQuestion(RED, services, 'simplize/connection', connecting, test);
	serveQuestion(RED, services, 'simplize/users', connecting, listUsers);
	serveQuestion(RED, services, 'simplize/portfolios', connecting, listOfUser);
	const check = async (connection: SignedConnection, signal: AbortSignal): Promise<unknown> =>
		await runSimplizeDoctor(connection, { signal, extras: { profile: connection.profile } });
	serveQuestion(RED, services, 'simplize/check', connecting, check, CHECK_TIMEOUT_MS);
}

/** @returns an empty list: a successful response is enough, and the editor must not see users */
async function test(connection: SimplizeConnection): Promise<unknown[]> {
	await getUserPage(connection, 0, 1);
	return [];
}

/** Only what a list needs. */
async function listUsers(connection: SimplizeConnection): Promise<unknown> {
	const found = await readUsers(connection, { limit: MOST_USERS });
	return found
		.map(({ user }) => user)
		.filter(({ externalUserId }) => externalUserId !== '')
		.map(({ externalUserId: id, status }) => ({
			id,
			label: status === '' || status === 'ACTIVE' ? id : `${id} – ${status}`,
		}));
}

/** @throws ParameterError unless a user is named */
async function listOfUser(connection: SimplizeConnection, _: AbortSignal, fields: unknown): Promise<unknown> {
	const { externalUserId } = readTexts(fields, ['externalUserId']);
	const portfolios = await listPortfolios(connection, checkExternalUserId(externalUserId));
	return portfolios.map(({ id, name }) => ({ id, label: name === '' ? String(id) : `${name} – ${id}` }));
}
