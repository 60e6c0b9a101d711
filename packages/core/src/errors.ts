/** Every error that core throws: a message for people, a code for programs, and the next step. */
import { asObject } from './json';

/** Base class of every error that core throws on purpose. */
export class SaokeError extends Error {
	/** Stable, upper-case, e.g. `CASSO_API`; hosts and flows may check it. */
	readonly code: string;

	/** What the user can do next, in one sentence. */
	readonly hint: string;

	constructor(code: string, message: string, hint: string, options?: ErrorOptions) {
		super(message, options);
		this.name = new.target.name;
		this.code = code;
		this.hint = hint;
	}
}

export interface ApiFailure {
	service: 'Casso' | 'Simplize';
	method: string;
	/** Path without query: a signed query must never reach a message. */
	path: string;
	httpStatus: number;
	/** Casso's `error` or Simplize's `status`; undefined if the body could not be read. */
	serviceCode?: number;
	/** The message from the service. */
	serviceMessage?: string;
	/** True if the call succeeded but returned no record. */
	isEmptyAnswer?: boolean;
	/** The delay the service requested, in ms. */
	retryAfterMs?: number;
	/** How far this machine's clock is ahead of the service's, in ms, if that may be the cause; negative if it is behind. */
	clockAheadMs?: number;
}

/** The service responded with a failure: an HTTP status, a service code or an unreadable body. */
export class ApiError extends SaokeError {
	readonly failure: ApiFailure;

	constructor(failure: ApiFailure) {
		super(`${failure.service.toUpperCase()}_API`, describeFailure(failure), nextStep(failure));
		this.failure = failure;
	}

	/** HTTP status of the response. It may be 200 if the envelope reports a failure. */
	get httpStatus(): number {
		return this.failure.httpStatus;
	}
}

/**
 * True for Casso's "webhook not exists", for 404 and 410 from either service, as HTTP status or in the envelope,
 * and for a response without a record.
 */
export function isNotFound(error: unknown): boolean {
	return error instanceof ApiError && isMissing(error.failure);
}

function isMissing({ service, httpStatus, serviceCode, isEmptyAnswer }: ApiFailure): boolean {
	const isGone = [404, 410].includes(decisiveStatus(httpStatus, serviceCode));
	return isGone || isEmptyAnswer === true || (service === 'Casso' && serviceCode === 12);
}

/**
 * True if the service or the network is in trouble, so that the same call may succeed later
 * without changes: no response, 408, 425, 429, 5xx, an unreadable response, or a list that keeps changing.
 */
export function isOutage(error: unknown): boolean {
	if (!(error instanceof ApiError)) return error instanceof SaokeError && !(error instanceof ParameterError);
	const { httpStatus, serviceCode } = error.failure;
	const status = decisiveStatus(httpStatus, serviceCode);
	const isUnreadable = httpStatus < 400 && serviceCode === undefined && !isMissing(error.failure);
	return isUnreadable || [408, 425, 429].includes(status) || status >= 500;
}

/** True if the service refused what was asked, such as a page size: the same call with other parameters may succeed. */
export function isRefusedQuery(error: unknown): boolean {
	return error instanceof ApiError && [400, 422].includes(decisiveStatus(error.httpStatus, error.failure.serviceCode));
}

/** Casso's lists and the key's user always exist: a 404 there comes from another server or another path. */
function isWrongAddress({ service, method, httpStatus, serviceCode, path }: ApiFailure): boolean {
	if (httpStatus !== 404 || method !== 'GET') return false;
	if (service === 'Casso') return /\/v2\/(userInfo|accounts|transactions)$/.test(path);
	return serviceCode === undefined && !/\/\d+$/.test(path);
}

/** The HTTP status if it is an error, otherwise the code in the envelope. */
function decisiveStatus(httpStatus: number, serviceCode: number | undefined): number {
	return httpStatus >= 400 ? httpStatus : (serviceCode ?? httpStatus);
}

function describeFailure(failure: ApiFailure): string {
	const { service, method, path, httpStatus, serviceCode, serviceMessage, isEmptyAnswer } = failure;
	if (isEmptyAnswer) return `${service} returned no record for ${method} ${path} (HTTP ${httpStatus})`;
	const code = serviceCode === undefined ? '' : `, ${service === 'Casso' ? 'error' : 'status'} ${serviceCode}`;
	const words = serviceMessage ? `: ${serviceMessage}` : '';
	return `${service} refused ${method} ${path} (HTTP ${httpStatus}${code})${words}`;
}

function nextStep(failure: ApiFailure): string {
	if (failure.clockAheadMs !== undefined) return clockStep(failure.service, failure.clockAheadMs);
	const status = decisiveStatus(failure.httpStatus, failure.serviceCode);
	if (isWrongAddress(failure)) {
		return `${failure.service} has no API at this address: check the base URL in the credential. It must not include a version; the sandbox's ends with /${failure.service.toLowerCase()}.`;
	}
	if (isMissing(failure)) return 'Nothing with this id exists for this key: check the id.';
	if (status === 401 && failure.service === 'Simplize') {
		return 'Check the API key, API secret and signing options in the credential; the operation Signing: Detect tries the options.';
	}
	if (status === 401) return 'Check the key in the credential: it is missing, wrong or was deleted.';
	if (status === 403) return 'The key is valid but may not do this: check its permissions.';
	if (status === 429) return 'Too many requests: wait a little, or read fewer pages in parallel.';
	if (status >= 500) return `${failure.service} is having trouble: try again in a few minutes.`;
	if (failure.serviceCode === undefined) return 'The response was not readable: check the base URL in the credential.';
	return `Read the message of ${failure.service} and check the parameters.`;
}

function clockStep(service: string, aheadMs: number): string {
	const seconds = Math.round(Math.abs(aheadMs) / 1000);
	const direction = aheadMs > 0 ? 'ahead of' : 'behind';
	return `According to the Date header of the response, this machine's clock is about ${seconds} s ${direction} ${service}'s: set the clock (time synchronisation), then try again.`;
}

/** No HTTP response arrived: refused, reset, timed out, or name not resolved. The cause is not attached: it contains headers. */
export class NetworkError extends SaokeError {
	readonly method: string;
	readonly path: string;

	/**
	 * @param method HTTP method
	 * @param path path without query
	 * @param reason short reason of the transport, e.g. `ECONNREFUSED`
	 */
	constructor(method: string, path: string, reason: string) {
		super(
			'NETWORK',
			`No answer to ${method} ${path}: ${reason}`,
			'Check the base URL in the credential and the network, then try again.',
		);
		this.method = method;
		this.path = path;
	}
}

/** An invalid parameter, rejected before any request is sent. */
export class ParameterError extends SaokeError {
	/** Name of the parameter as core knows it, e.g. `fromDate`; hosts translate it to their display name. */
	readonly parameter: string;

	constructor(parameter: string, message: string, hint: string) {
		super('INVALID_PARAMETER', message, hint);
		this.parameter = parameter;
	}
}

/** A record from the service lacks a required field, so it cannot be returned. */
export class RecordError extends SaokeError {
	/** Missing or unusable field of the record. */
	readonly field: string;

	/**
	 * @param record what the record is, e.g. `transaction 5789`
	 * @param field the missing or unusable field
	 * @param found type or format found instead, never the value
	 */
	constructor(record: string, field: string, found: string) {
		super(
			'UNEXPECTED_RECORD',
			`The ${record} has no usable "${field}" (found ${found})`,
			'The response has an unknown format: report this field to the maintainers.',
		);
		this.field = field;
	}
}

/** A list could not be read without a gap or a duplicate, so none of it is returned. */
export class IncompleteReadError extends SaokeError {
	/**
	 * @param list what the list contains, e.g. `transactions`
	 * @param reason what was seen, e.g. `the total changed from 20 to 21 while it was read`
	 * @param hint what the reader can do
	 */
	constructor(list: string, reason: string, hint: string) {
		super('INCOMPLETE_READ', `The list of ${list} could not be read completely: ${reason}`, hint);
	}
}

const MAX_CAUSES = 5;

/**
 * Recognises a ParameterError from another bundle: each published file has its own copy of the class.
 *
 * @param error anything thrown, perhaps wrapped by the host
 * @returns a ParameterError with the same message; undefined if there is none
 */
export function findParameterError(error: unknown): ParameterError | undefined {
	let link: unknown = error;
	for (let depth = 0; depth < MAX_CAUSES; depth++) {
		if (link instanceof ParameterError) return link;
		const fields = asObject(link);
		if (!fields) return undefined;
		const { code, parameter, message, hint, cause } = fields;
		if (code === 'INVALID_PARAMETER' && typeof parameter === 'string' && typeof message === 'string') {
			return new ParameterError(parameter, message, typeof hint === 'string' ? hint : '');
		}
		link = cause;
	}
	return undefined;
}
