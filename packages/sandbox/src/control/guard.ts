/** Keeps web pages of others away from the control API: loopback hosts and origins only, JSON only for writes. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../casso/webhooks/target';
import { ControlFailure } from './controlFailure';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @param ownHost the name or address that the sandbox was told to listen on: it is accepted beside loopback */
export function guardHook(scope: FastifyInstance, ownHost: string): void {
	const isOurs = (hostname: string): boolean => isLoopbackHost(hostname) || hostname === ownHost;
	scope.addHook('onRequest', (request, _reply, done) => {
		done(refusal(request, isOurs));
	});
}

function refusal(request: FastifyRequest, isOurs: (hostname: string) => boolean): ControlFailure | undefined {
	const host = hostnameOf(`http://${request.headers.host ?? ''}`);
	if (host === null || !isOurs(host))
		return new ControlFailure(403, 'Refused: the Host header does not name this machine.');
	const { origin } = request.headers;
	if (origin !== undefined) {
		const from = hostnameOf(origin);
		if (from === null || !isOurs(from))
			return new ControlFailure(403, 'Refused: the request comes from a page of another site.');
	}
	if (!READING.has(request.method) && !isJson(request.headers['content-type'])) {
		return new ControlFailure(415, 'Send the header Content-Type: application/json.');
	}
	return undefined;
}

function isJson(contentType: string | undefined): boolean {
	return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

function hostnameOf(url: string): string | null {
	return URL.canParse(url) ? new URL(url).hostname : null;
}
