/** The admin routes' common part: typed settings, one client per request, and errors with a reason. */
import type { ServerResponse } from 'node:http';
import { ApiError, ParameterError, SaokeError } from '@saoke/core';
import { findVariables, UnsetError } from '../host/configured';
import { toFlowError } from '../host/FlowError';
import { runInBackground } from '../host/runInBackground';
import { getStatusKey } from '../host/nodeStatus';
import type { HttpRequestIn, NodeRed } from '../host/nodeRed';
import type { HttpClient, Services } from '../host/services';
import type { ConnectOptions } from '../nodes/casso-config/runtime';

/** A user is waiting in a dialog. */
const LONGEST_WAIT_MS = 8_000;
const TIMEOUT_MS = 20_000;
/** A check asks up to 60 times, with pauses. */
export const CHECK_TIMEOUT_MS = 180_000;

type Work = (signal: AbortSignal) => Promise<unknown>;
type AdminRequest = HttpRequestIn & { params?: Record<string, string | undefined>; query?: unknown };

/** How the editor's questions about a service get a connection. */
export interface Connecting<Connection> {
	/** With the key and the address of a deployed config node. */
	stored: (id: string | undefined, options: ConnectOptions) => Connection;
	/** With a key and an address that were typed and are not deployed. */
	typed: (client: HttpClient, body: unknown, options: ConnectOptions) => Connection;
}

/**
 * Serves a question of the editor at `/saoke/<place>/<id of a config node>`, and at `/saoke/<place>` for what is typed
 * in an open dialog.
 *
 * @param answer gets the fields of the question too, such as a user that was chosen
 * @param timeoutMs ends the work
 */
export function serveQuestion<Connection>(
	RED: NodeRed,
	services: Services,
	place: string,
	{ stored, typed }: Connecting<Connection>,
	answer: (connection: Connection, signal: AbortSignal, fields: unknown) => Promise<unknown>,
	timeoutMs = TIMEOUT_MS,
): void {
	const app = RED.httpAdmin;
	if (!app) return;
	// Data of accounts, and requests to a service, require more than permission to view flows.
	const guarded = RED.auth.needsPermission('saoke.write');
	const toOptions = (signal: AbortSignal): ConnectOptions => ({ signal, maxTotalWaitMs: LONGEST_WAIT_MS });
	app.get(`/saoke/${place}/:id`, guarded, (request: AdminRequest, response) => {
		const { params, query } = request;
		reply(response, timeoutMs, async (signal) => await answer(stored(params?.id, toOptions(signal)), signal, query));
	});
	app.post(`/saoke/${place}`, guarded, (request, response) => {
		if (refuseForm(request, response)) return;
		const work = withClient(
			services,
			async (client, signal) => await answer(typed(client, request.body, toOptions(signal)), signal, request.body),
		);
		reply(response, timeoutMs, work);
	});
}

/**
 * @returns the text values among these fields of a request
 * @throws ParameterError for a value with a variable, which Node-RED resolves when the flows start
 */
export function readTexts<Name extends string>(
	body: unknown,
	names: readonly Name[],
): Record<Name, string | undefined> {
	const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
	const text = (name: string): string | undefined => {
		const value = fields[name];
		if (typeof value !== 'string') return undefined;
		if (findVariables(value).length === 0) return value;
		throw new ParameterError('deployFirst', 'Environment variables are resolved when the flows start', 'Deploy first.');
	};
	return Object.fromEntries(names.map((name) => [name, text(name)])) as Record<Name, string | undefined>;
}

/** A page of another site can send a form, but no JSON. @returns true if the request was refused */
function refuseForm(request: HttpRequestIn, response: ServerResponse): boolean {
	if (/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) return false;
	send(response, 415, { code: 'failed', message: 'Send JSON' });
	return true;
}

/** Runs the work with its own client, and closes the client afterwards. */
function withClient(services: Services, work: (client: HttpClient, signal: AbortSignal) => Promise<unknown>): Work {
	return async (signal) => {
		const client = services.makeHttpClient();
		try {
			return await work(client, signal);
		} finally {
			client.close();
		}
	};
}

function reply(response: ServerResponse, timeoutMs: number, work: Work): void {
	// A dialog that was closed needs no answer.
	const closed = new AbortController();
	response.on('close', () => closed.abort());
	const answer = async (): Promise<void> => {
		try {
			send(response, 200, await work(AbortSignal.any([AbortSignal.timeout(timeoutMs), closed.signal])));
		} catch (error) {
			send(response, getStatus(error), describeFailure(error));
		}
	};
	runInBackground(answer(), () => response.destroy());
}

/** Invalid settings have their own codes, because the user corrects them in the editor. */
const PARAMETER_CODES: Record<string, string | undefined> = {
	casso: 'notDeployed',
	deployFirst: 'deployFirst',
	simplize: 'notDeployed',
};

interface Failure {
	code: string;
	/** In English, for errors without a translated text. */
	message: string;
	/** Key of a status; the dialog has a text for each. */
	reason?: string;
	/** The invalid setting. */
	parameter?: string;
	/** Variable that is not set or empty, e.g. `${CASSO_API_KEY}`. */
	source?: string;
	httpStatus?: number;
}

function describeFailure(error: unknown): Failure {
	if (!(error instanceof SaokeError)) return { code: 'failed', message: '' };
	const { message } = toFlowError(error);
	const failure = { code: error.code, message, reason: getStatusKey(error) };
	if (error instanceof ApiError) return { ...failure, httpStatus: error.httpStatus };
	if (!(error instanceof ParameterError)) return failure;
	const { parameter } = error;
	if (error instanceof UnsetError) return { ...failure, code: 'unset', parameter, source: error.source };
	return { ...failure, code: PARAMETER_CODES[parameter] ?? error.code, parameter };
}

function getStatus(error: unknown): number {
	if (error instanceof ParameterError) return 400;
	return error instanceof SaokeError ? 502 : 500;
}

function send(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
	response.end(JSON.stringify(body));
}
