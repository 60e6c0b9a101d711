/** What every part of the control API has: the guard, JSON bodies, and failures as `{"message"}`. */
import type { FastifyError, FastifyInstance, FastifyRequest, FastifySchemaValidationError } from 'fastify';
import { isLoopbackHost } from '../engine/targets';

/** @param ownHost what the sandbox listens on */
export function controlScope(scope: FastifyInstance, ownHost: string): void {
	guardHook(scope, ownHost);
	acceptOptionalJson(scope);
	scope.setSchemaErrorFormatter(describeSchemaErrors);
	scope.setErrorHandler<FastifyError>((error, _request, reply) => {
		const status = getStatus(error);
		if (status === 500) process.stderr.write(`Sandbox: ${error.stack ?? error.message}\n`);
		void reply
			.code(status)
			.send({ message: status === 500 ? 'Internal error; see the output of the sandbox.' : error.message });
	});
}

function getStatus(error: FastifyError): number {
	if (error instanceof ControlFailure) return error.statusCode;
	// What the services throw for a value that cannot be.
	if (error instanceof RangeError) return 400;
	return error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
}

/** A control call that fails: answered with this status and a message that tells what to do. */
export class ControlFailure extends Error {
	override readonly name = 'ControlFailure';

	constructor(
		readonly statusCode: number,
		message: string,
	) {
		super(message);
	}
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @param ownHost the name or address that the sandbox was told to listen on: it is accepted beside loopback */
export function guardHook(scope: FastifyInstance, ownHost: string): void {
	const isOurs = (hostname: string): boolean => isLoopbackHost(hostname) || hostname === ownHost;
	scope.addHook('onRequest', (request, _reply, done) => {
		done(refusal(request, isOurs));
	});
}

function refusal(request: FastifyRequest, isOurs: (hostname: string) => boolean): ControlFailure | undefined {
	const host = getHostname(`http://${request.headers.host ?? ''}`);
	if (host === null || !isOurs(host))
		return new ControlFailure(403, 'Refused: the Host header does not name this machine.');
	const { origin } = request.headers;
	if (origin !== undefined) {
		const from = getHostname(origin);
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

function getHostname(url: string): string | null {
	return URL.canParse(url) ? new URL(url).hostname : null;
}

/** The first of ajv's findings as a failure with status 400. */
function describeSchemaErrors(errors: readonly FastifySchemaValidationError[]): ControlFailure {
	const [first] = errors;
	if (first === undefined) return new ControlFailure(400, 'The request body is not as it should be.');
	const place = first.instancePath === '' ? 'The body' : first.instancePath.slice(1).replaceAll('/', '.');
	return new ControlFailure(400, `${place} ${reason(first)}.`);
}

function reason({ keyword, params, message = 'is not as it should be' }: FastifySchemaValidationError): string {
	switch (keyword) {
		case 'additionalProperties':
			return `has no field "${String(params.additionalProperty)}"`;
		case 'enum':
			return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
		case 'discriminator':
			return `needs a known "kind", not ${JSON.stringify(params.tagValue)}`;
		default:
			return message;
	}
}

function acceptOptionalJson(scope: FastifyInstance): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (_request, text, done) => {
		if (text.trim() === '') {
			done(null, {});
			return;
		}
		try {
			done(null, JSON.parse(text));
		} catch {
			done(new ControlFailure(400, 'The request body is not valid JSON.'), undefined);
		}
	});
}

/** Undefined if the parameter is missing. @throws ControlFailure (400) that names it */
export function readNumber(value: string | undefined, name: string): number | undefined {
	if (value === undefined || value === '') return undefined;
	if (/^\d{1,15}$/.test(value)) return Number(value);
	throw new ControlFailure(400, `${name} must be a whole number.`);
}
