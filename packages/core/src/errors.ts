/** Every error that core throws: a message for people, a code for programs, and the next step. */
import { asObject } from './json';

/** Root of every error that core throws on purpose: a message for people, a code for programs, a next step. */
export class SaokeError extends Error {
	/** Stable, upper-case, e.g. `CASSO_API`; hosts and flows may branch on it. */
	readonly code: string;

	/** What the reader can do next, one sentence. */
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
	/** The service's own words. */
	serviceMessage?: string;
	/** True if the call succeeded and its answer holds no record. */
	isEmptyAnswer?: boolean;
	/** How long the service asked to wait, in ms. */
	retryAfterMs?: number;
	/** How far this machine's clock is ahead of the service's, in ms, where that may be the reason; negative: behind. */
	clockAheadMs?: number;
}

/** The service answered, and the answer is a failure: HTTP status, service code or an unreadable body. */
export class ApiError extends SaokeError {
	readonly failure: ApiFailure;

	constructor(failure: ApiFailure) {
		super(`${failure.service.toUpperCase()}_API`, describeFailure(failure), nextStep(failure));
		this.failure = failure;
	}

	/** HTTP status of the answer, 200 included: a failing envelope may come with it. */
	get httpStatus(): number {
		return this.failure.httpStatus;
	}
}

/**
 * True for Casso's "webhook not exists", for 404 and 410 of either service, whether as HTTP status or in the envelope,
 * and for an answer without a record.
 */
export function isNotFound(error: unknown): boolean {
	return error instanceof ApiError && isMissing(error.failure);
}

function isMissing({ service, httpStatus, serviceCode, isEmptyAnswer }: ApiFailure): boolean {
	const isGone = [404, 410].includes(decisiveStatus(httpStatus, serviceCode));
	return isGone || isEmptyAnswer === true || (service === 'Casso' && serviceCode === 12);
}

/**
 * True if the service or the network is in trouble, so that the same call may succeed later without anybody correcting
 * anything: no answer, 408, 425, 429, 5xx, an answer that is not readable, a list that does not come to rest.
 */
export function isOutage(error: unknown): boolean {
	if (!(error instanceof ApiError)) return error instanceof SaokeError && !(error instanceof ParameterError);
	const { httpStatus, serviceCode } = error.failure;
	const status = decisiveStatus(httpStatus, serviceCode);
	const isUnreadable = httpStatus < 400 && serviceCode === undefined && !isMissing(error.failure);
	return isUnreadable || [408, 425, 429].includes(status) || status >= 500;
}

/** Casso's lists and the user behind the key are never missing: there, 404 comes from another server or another path. */
function isWrongPlace({ service, method, httpStatus, serviceCode, path }: ApiFailure): boolean {
	if (httpStatus !== 404 || method !== 'GET') return false;
	if (service === 'Casso') return /\/v2\/(userInfo|accounts|transactions)$/.test(path);
	return serviceCode === undefined && !/\/\d+$/.test(path);
}

/** The HTTP status where it tells of a failure, else what the envelope says. */
function decisiveStatus(httpStatus: number, serviceCode: number | undefined): number {
	return httpStatus >= 400 ? httpStatus : (serviceCode ?? httpStatus);
}

function describeFailure(failure: ApiFailure): string {
	const { service, method, path, httpStatus, serviceCode, serviceMessage, isEmptyAnswer } = failure;
	if (isEmptyAnswer) return `${service} knows no record for ${method} ${path} (HTTP ${httpStatus} without a record)`;
	const code = serviceCode === undefined ? '' : `, ${service === 'Casso' ? 'error' : 'status'} ${serviceCode}`;
	const words = serviceMessage ? `: ${serviceMessage}` : '';
	return `${service} refused ${method} ${path} (HTTP ${httpStatus}${code})${words}`;
}

function nextStep(failure: ApiFailure): string {
	if (failure.clockAheadMs !== undefined) return clockStep(failure.service, failure.clockAheadMs);
	const status = decisiveStatus(failure.httpStatus, failure.serviceCode);
	if (isWrongPlace(failure)) {
		return `${failure.service} has no API at this address: check the base URL in the credential. It holds no version; the sandbox's ends with /${failure.service.toLowerCase()}.`;
	}
	if (isMissing(failure)) return 'Nothing with this id exists for this key: check the id.';
	if (status === 401 && failure.service === 'Simplize') {
		return 'Check API key, API secret and signing options in the credential; the operation Signing: Detect tries the options.';
	}
	if (status === 401) return 'Check the key in the credential: it is missing, wrong or was deleted.';
	if (status === 403) return 'The key is valid but may not do this: check what it is allowed to reach.';
	if (status === 429) return 'Too many requests: wait a little, or ask for fewer pages at once.';
	if (status >= 500) return `${failure.service} is having trouble: try again in a few minutes.`;
	if (failure.serviceCode === undefined) return 'The answer was not readable: check the base URL in the credential.';
	return `Read the message of ${failure.service} and check the parameters.`;
}

function clockStep(service: string, aheadMs: number): string {
	const seconds = Math.round(Math.abs(aheadMs) / 1000);
	const direction = aheadMs > 0 ? 'ahead of' : 'behind';
	return `By the Date of the answer, this machine's clock is about ${seconds} s ${direction} ${service}'s: set the clock (time synchronisation), then try again.`;
}

/** No HTTP answer came: refused, reset, timed out, name not resolved. The cause is named, never attached: it holds headers. */
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

/** A parameter that cannot be meant: refused before any request is made. */
export class ParameterError extends SaokeError {
	/** Name of the parameter as core knows it, e.g. `fromDate`; hosts translate it to their display name. */
	readonly parameter: string;

	constructor(parameter: string, message: string, hint: string) {
		super('INVALID_PARAMETER', message, hint);
		this.parameter = parameter;
	}
}

/** A record of the service lacks what every transaction must have, so it cannot be passed on truthfully. */
export class RecordError extends SaokeError {
	/** Key of the record that is missing or unusable. */
	readonly field: string;

	/**
	 * @param record what the record is, e.g. `transaction 5789`
	 * @param field the key that is missing or unusable
	 * @param found type or form that was found instead, never the value
	 */
	constructor(record: string, field: string, found: string) {
		super(
			'UNEXPECTED_RECORD',
			`The ${record} has no usable "${field}" (found ${found})`,
			'The service answered in a form that is not known: report the field named here to the maintainers.',
		);
		this.field = field;
	}
}

/** A list could not be read so that nothing is missing and nothing is there twice. Better no list than a wrong one. */
export class IncompleteReadError extends SaokeError {
	/**
	 * @param reason what was seen, e.g. `the total changed from 20 to 21 while it was read`
	 * @param hint what the reader can do
	 */
	constructor(reason: string, hint: string) {
		super('INCOMPLETE_READ', `The list of transactions could not be read completely: ${reason}`, hint);
	}
}

/** A list could not be read to its end: what was collected is known to be incomplete, so it is not passed on. */
export class PagingError extends SaokeError {
	/**
	 * @param service name of the service
	 * @param collected records read so far
	 * @param total records that the service says there are; undefined if it does not say
	 * @param reason what went wrong, e.g. `page 3 repeats earlier records`
	 */
	constructor(service: string, collected: number, total: number | undefined, reason: string) {
		const known = total === undefined ? '' : ` of ${total}`;
		super(
			'INCOMPLETE_LIST',
			`${service}'s list ended after ${collected}${known} records: ${reason}`,
			'Try again in a moment, or read a shorter range of days.',
		);
	}
}

const MOST_LINKS = 5;

/**
 * Recognises a ParameterError that another bundle threw: each published file has its own copy of the class.
 *
 * @param error anything thrown, perhaps wrapped by the host
 * @returns our own ParameterError with the same words; undefined if there is none
 */
export function findParameterError(error: unknown): ParameterError | undefined {
	let link: unknown = error;
	for (let depth = 0; depth < MOST_LINKS; depth++) {
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
