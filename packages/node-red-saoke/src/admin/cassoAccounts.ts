/**
 * The editor's list of accounts and its connection test. A stored key is used by the id of its deployed config node, with
 * the address it was deployed with; a key that was only typed comes with the address it was typed for. The two never mix,
 * so nobody can have a stored key sent elsewhere.
 */
import type { ServerResponse } from 'node:http';
import { getAccounts, ParameterError, SaokeError, type CassoConnection } from '@saoke/core';
import { findVariables } from '../host/configured';
import { guard } from '../host/guard';
import type { HttpRequestIn, NodeRed } from '../host/nodeRed';
import type { Services } from '../host/services';
import { cassoConfigOf, connectCasso } from '../nodes/casso-config/runtime';

/** Somebody is waiting in front of a dialog. */
const LONGEST_WAIT_MS = 8_000;
const TIMEOUT_MS = 20_000;

type AdminRequest = HttpRequestIn & { params?: Record<string, string | undefined> };

export function serveCassoAccounts(RED: NodeRed, services: Services): void {
	const app = RED.httpAdmin;
	if (!app) return;
	// Account numbers and names: more than somebody who may only look at flows should see.
	const guarded = RED.auth.needsPermission('saoke.write');
	app.get('/saoke/casso/accounts/:id', guarded, (request: AdminRequest, response) => {
		reply(response, async (signal) => await list(stored(RED, request.params?.id, signal)));
	});
	app.post('/saoke/casso/accounts', guarded, (request, response) => {
		// A page of another site can send a form, and no JSON.
		if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
			send(response, 415, { code: 'failed', message: 'Send JSON' });
			return;
		}
		const client = services.makeHttpClient();
		reply(response, async (signal) => {
			try {
				return await list(
					connectCasso(client, services, typedAccess(request.body), { signal, maxTotalWaitMs: LONGEST_WAIT_MS }),
				);
			} finally {
				client.close();
			}
		});
	});
}

function stored(RED: NodeRed, id: string | undefined, signal: AbortSignal): CassoConnection {
	return cassoConfigOf(RED, id).connect({ signal, maxTotalWaitMs: LONGEST_WAIT_MS });
}

function typedAccess(body: unknown): Parameters<typeof connectCasso>[2] {
	const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
	const text = (name: string): string | undefined => {
		const value = fields[name];
		return typeof value === 'string' ? value : undefined;
	};
	const access = {
		authentication: text('authentication'),
		baseUrl: text('baseUrl'),
		apiKey: text('apiKey'),
		accessToken: text('accessToken'),
	};
	if (Object.values(access).some((value) => findVariables(value).length > 0)) {
		throw new ParameterError(
			'deployFirst',
			'An environment variable is filled in when the flows start',
			'Deploy first.',
		);
	}
	return access;
}

/** What a list to pick from needs, and no balance. */
async function list(connection: CassoConnection): Promise<unknown> {
	const found = await getAccounts(connection);
	return found.map(({ account }) => ({
		id: account.id,
		accountNumber: account.accountNumber,
		bankName: account.bankName,
		accountName: account.accountName,
	}));
}

function reply(response: ServerResponse, work: (signal: AbortSignal) => Promise<unknown>): void {
	const answer = async (): Promise<void> => {
		try {
			send(response, 200, await work(AbortSignal.timeout(TIMEOUT_MS)));
		} catch (error) {
			const { status, body } = failureOf(error);
			send(response, status, body);
		}
	};
	guard(answer(), () => response.destroy());
}

function failureOf(error: unknown): { status: number; body: { code: string; message: string } } {
	if (error instanceof ParameterError) {
		const code = { casso: 'notDeployed', deployFirst: 'deployFirst' }[error.parameter] ?? error.code;
		return { status: 400, body: { code, message: `${error.message}. ${error.hint}` } };
	}
	if (error instanceof SaokeError)
		return { status: 502, body: { code: error.code, message: `${error.message}. ${error.hint}` } };
	return { status: 500, body: { code: 'failed', message: '' } };
}

function send(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
	response.end(JSON.stringify(body));
}
