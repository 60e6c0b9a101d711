/** n8n's HTTP helper as core's transport. The credential authenticates each request at the last moment. */
import type { HttpRequest, HttpResponse, Runtime, Transport } from '@saoke/core/common';
import {
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { findRefusal } from './refusal';

/** n8n contexts that can call a service. */
export type CallingContext = Pick<IAllExecuteFunctions, 'getCredentials' | 'helpers'>;

/**
 * @param credential name of the credential type, which adds key or signature
 * @param data of the credential as read for an input item; n8n itself would take the first item's
 */
export function makeTransport(
	context: CallingContext,
	credential: string,
	data: ICredentialDataDecryptedObject,
): Transport {
	return async (request) => {
		const sending = context.helpers.httpRequestWithAuthentication.call(
			context as IAllExecuteFunctions,
			credential,
			toOptions(request),
			// A copy, because n8n passes the object itself to the credential.
			{ credentialsDecrypted: { id: '', name: credential, type: credential, data: { ...data } } },
		);
		const answer: unknown = await sending.catch((error: unknown) => {
			// A request rejected by the credential is not a network failure.
			throw findRefusal(error) ?? error;
		});
		return toResponse(answer as FullResponse);
	};
}

/** @param maxTotalWaitMs maximum total wait of one call in ms; short if a caller is waiting for n8n */
export function makeRuntime(maxTotalWaitMs?: number): Runtime {
	return { now: () => Date.now(), random: () => Math.random(), sleep, maxTotalWaitMs };
}

interface FullResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

function toOptions(request: HttpRequest): IHttpRequestOptions {
	return {
		method: request.method,
		url: request.url,
		headers: { ...request.headers },
		body: request.body,
		timeout: request.timeoutMs,
		encoding: 'text',
		json: false,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
}

function toResponse(answer: FullResponse): HttpResponse {
	const headers: Record<string, string | undefined> = {};
	for (const [name, value] of Object.entries(answer.headers)) {
		headers[name.toLowerCase()] = typeof value === 'string' ? value : undefined;
	}
	const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '');
	return { status: answer.statusCode, headers, body };
}

/**
 * For calls that block n8n: publishing, unpublishing and startup. A hanging service must not keep n8n from starting.
 *
 * @param limits of all calls and pauses together, and of one call, in ms
 * @returns the connection; its calls fail with a timeout once the limit is reached
 */
export function withTimeLimit<Connection extends { transport: Transport; runtime: Runtime }>(
	connection: Connection,
	limits: { totalMs: number; callMs: number },
): Connection {
	const { transport, runtime } = connection;
	const deadlineMs = Date.now() + limits.totalMs;
	const leftMs = (): number => Math.max(0, deadlineMs - Date.now());
	return {
		...connection,
		runtime: {
			...runtime,
			sleep: async (ms) => await runtime.sleep(Math.min(ms, leftMs())),
		},
		transport: async (request) => {
			if (leftMs() === 0) throw new Error('timed out');
			return await transport({ ...request, timeoutMs: Math.min(request.timeoutMs, limits.callMs, leftMs()) });
		},
	};
}
