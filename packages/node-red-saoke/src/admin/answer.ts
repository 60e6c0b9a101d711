/** Shared by the admin routes: typed settings, one client per request, and errors with a reason. */
import type { ServerResponse } from 'node:http';
import { ApiError, ParameterError, SaokeError } from '@saoke/core';
import { findVariables, UnsetError } from '../host/configured';
import { toFlowError } from '../host/FlowError';
import { runInBackground } from '../host/runInBackground';
import { getStatusKey } from '../host/nodeStatus';
import type { HttpRequestIn } from '../host/nodeRed';
import type { HttpClient, Services } from '../host/services';

/** A user is waiting in a dialog. */
export const LONGEST_WAIT_MS = 8_000;
const TIMEOUT_MS = 20_000;

type Work = (signal: AbortSignal) => Promise<unknown>;

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
export function refuseForm(request: HttpRequestIn, response: ServerResponse): boolean {
	if (/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) return false;
	send(response, 415, { code: 'failed', message: 'Send JSON' });
	return true;
}

/** Runs the work with its own client, and closes the client afterwards. */
export function withClient(
	services: Services,
	work: (client: HttpClient, signal: AbortSignal) => Promise<unknown>,
): Work {
	return async (signal) => {
		const client = services.makeHttpClient();
		try {
			return await work(client, signal);
		} finally {
			client.close();
		}
	};
}

export function reply(response: ServerResponse, work: Work): void {
	const answer = async (): Promise<void> => {
		try {
			send(response, 200, await work(AbortSignal.timeout(TIMEOUT_MS)));
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
