/**
 * The error that a Catch node receives. Node-RED passes on `code`, `stack` and `cause` only if they are own properties,
 * and shows only the message, so the message includes the next step.
 */
import { ApiError, NetworkError, ParameterError, SaokeError } from '@saoke/core';
import { UnsetError } from './configured';

/** Details for branching in a flow, besides the code: plain values, no secret, no URL. */
export interface FlowErrorCause {
	httpStatus?: number;
	/** Casso's `error` or Simplize's `status`. */
	serviceCode?: number;
	retryAfterMs?: number;
	method?: string;
	/** Path without its query. */
	path?: string;
	/** Name of the invalid setting. */
	parameter?: string;
	/** Source of the setting that has no value, e.g. `${CASSO_API_KEY}` or `msg.ticker`. */
	source?: string;
}

export class FlowError extends Error {
	/** Stable, upper-case, e.g. `CASSO_API`; `msg.error.code` in a Catch node. */
	readonly code: string;

	override readonly cause: FlowErrorCause;

	constructor(name: string, code: string, message: string, cause: FlowErrorCause = {}) {
		super(message);
		this.name = name;
		this.code = code;
		this.cause = cause;
	}
}

/** @returns the error for a Catch node; a FlowError is returned unchanged */
export function toFlowError(error: unknown): FlowError {
	if (error instanceof FlowError) return error;
	if (error instanceof SaokeError) {
		// The service's own message is not changed.
		const message = error instanceof ApiError ? error.message : toNodeRedWords(error.message);
		const text = `${sentence(message)} ${toNodeRedWords(error.hint)}`;
		return new FlowError(error.name, error.code, text, getCause(error));
	}
	const text = error instanceof Error ? error.message : 'An unexpected error occurred';
	return new FlowError('Error', 'UNEXPECTED', text);
}

/** Core's messages use n8n's terms, such as credential and resource; this replaces them by Node-RED's. */
const WORDS: [of: RegExp, here: string][] = [
	[
		/the operation Signing: Detect tries the options/g,
		'the operation "Find the signing rule" of a simplize node tries them',
	],
	[/\bCasso webhook credential\b/g, 'webhook node'],
	[/, or pick one in the date field\b/g, ''],
	[/\bcredential\b/g, 'connection'],
];

function toNodeRedWords(text: string): string {
	return WORDS.reduce((changed, [of, here]) => changed.replace(of, here), text);
}

function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}

function getCause(error: SaokeError): FlowErrorCause {
	if (error instanceof UnsetError) return { parameter: error.parameter, source: error.source };
	if (error instanceof ParameterError) return { parameter: error.parameter };
	if (error instanceof NetworkError) return { method: error.method, path: error.path };
	if (!(error instanceof ApiError)) return {};
	const { httpStatus, serviceCode, retryAfterMs, method, path } = error.failure;
	const cause: FlowErrorCause = { httpStatus, method, path };
	if (serviceCode !== undefined) cause.serviceCode = serviceCode;
	if (retryAfterMs !== undefined) cause.retryAfterMs = retryAfterMs;
	return cause;
}
