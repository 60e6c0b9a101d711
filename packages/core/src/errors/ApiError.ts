/** The service answered, and the answer is a failure: HTTP status, service code or an unreadable body. */
import { ParameterError } from './ParameterError';
import { SaokeError } from './SaokeError';

export interface ApiFailure {
	service: 'Casso' | 'Simplize';
	method: string;
	/** Path without query: a signed query must never reach a message. */
	path: string;
	httpStatus: number;
	/** Casso's `error` or Simplize's `status`; undefined where the body could not be read. */
	serviceCode?: number;
	/** The service's own words. */
	serviceMessage?: string;
	/** True where the call succeeded and its answer holds no record. */
	isEmptyAnswer?: boolean;
	/** How long the service asked to wait, in ms. */
	retryAfterMs?: number;
	/** How far this machine's clock is ahead of the service's, in ms, where that may be the reason; negative: behind. */
	clockAheadMs?: number;
}

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
