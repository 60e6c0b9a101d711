/** The faults of the API: what each one is, and what it does to an answer. `faultHooks.ts` applies them, `pagingFaults.ts` has those of lists. */
import { PAGING_FAULTS } from './pagingFaults';
import type { FaultDefinition, FaultRule } from '../engine/faults';
import {
	flag,
	numberFrom0,
	oneOf,
	text,
	whole,
	wholeFrom0,
	wholeFrom1,
	type Fields,
	type FromFields,
} from '../engine/schema';

export interface FaultAnswer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

interface ApiFaultDefinition<F extends Fields, Required extends string> extends FaultDefinition<F, Required> {
	/** The answer that takes the place of the real one. @param now wall time in ms */
	answer?: (rule: FromFields<F, Required>, now: number) => FaultAnswer;
	/** What becomes of the text of the real answer. */
	alterText?: (text: string) => string;
}

function fault<const F extends Fields, const Required extends keyof F & string = never>(
	definition: ApiFaultDefinition<F, Required>,
): ApiFaultDefinition<F, Required> {
	return definition;
}

/** Which calls a rule acts on. */
export const API_FAULT_SCOPE = {
	/** Path under `/casso`, e.g. `/v2/transactions`; `*` is one part, `**` is anything; default every path. */
	path: text,
	/** HTTP method; default every method. */
	method: text,
} as const;

/** The call takes effect and only its answer is replaced, as when an answer is lost on the way. */
const carriedOut = flag;
const retryAfterForm = oneOf('seconds', 'date');

export const API_FAULTS = {
	httpError: fault({
		fields: {
			status: { type: 'integer', minimum: 400, maximum: 599 },
			error: whole,
			message: text,
			retryAfterSeconds: numberFrom0,
			retryAfterForm,
			carriedOut,
		},
		required: ['status'],
		form: { status: 503, retryAfterSeconds: null, carriedOut: false },
		answer: (rule, now) => ({
			status: rule.status,
			headers: { ...JSON_TYPE, ...retryAfter(rule.retryAfterSeconds, rule.retryAfterForm, now) },
			body: errorBody(rule.error ?? rule.status, rule.message ?? getStatusMessage(rule.status)),
		}),
	}),
	/** A real limiter over the last second. */
	rateLimit: fault({
		fields: { requestsPerSecond: wholeFrom1, retryAfterForm: oneOf('seconds', 'date', 'none') },
		required: ['requestsPerSecond'],
		form: { requestsPerSecond: 2 },
	}),
	html: fault({
		fields: { status: { type: 'integer', minimum: 200, maximum: 599 }, carriedOut },
		form: { status: 502 },
		answer: ({ status = 502 }) => ({ status, headers: { 'content-type': 'text/html' }, body: HTML_PAGE }),
	}),
	/** HTTP 200 with `error` not 0. */
	errorEnvelope: fault({
		fields: { error: whole, message: text, carriedOut },
		form: { error: 99 },
		answer: ({ error = 99, message = 'Internal error' }) => ({
			status: 200,
			headers: JSON_TYPE,
			body: errorBody(error, message),
		}),
	}),
	/** The answer, cut so that it is not JSON. */
	invalidJson: fault({
		fields: {},
		alterText: (body) => body.slice(0, Math.max(1, Math.floor(body.length / 2))),
	}),
	nullData: fault({
		fields: {},
		alterText: (body) => {
			const envelope: unknown = JSON.parse(body);
			return typeof envelope === 'object' && envelope !== null ? JSON.stringify({ ...envelope, data: null }) : body;
		},
	}),
	/** The connection breaks after that many bytes of the body (default half of them); 0: before any. */
	reset: fault({ fields: { afterBytes: wholeFrom0 }, form: { afterBytes: null } }),
	slow: fault({ fields: { ms: numberFrom0 }, required: ['ms'], form: { ms: 3_000 } }),
	never: fault({ fields: { carriedOut } }),
	...PAGING_FAULTS,
};

export type ApiFault = FaultRule<typeof API_FAULTS, typeof API_FAULT_SCOPE>;
type ApiFaultScope = FromFields<typeof API_FAULT_SCOPE>;

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const HTML_PAGE = [
	'<!DOCTYPE html>',
	'<html><head><title>502 Bad Gateway</title></head>',
	'<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
	'',
].join('\r\n');

/** The effects of a rule's kind; they take rules of that kind only. */
function getEffects({ kind }: ApiFault): {
	answer?: (rule: never, now: number) => FaultAnswer;
	alterText?: (text: string) => string;
} {
	return API_FAULTS[kind] as ReturnType<typeof getEffects>;
}

/** The text of an answer as the rule leaves it. */
export function alterText(rule: ApiFault, body: string): string {
	return getEffects(rule).alterText?.(body) ?? body;
}

/** What a replacing fault answers; null for the other kinds. @param now wall time in ms */
export function makeAnswer(rule: ApiFault, now: number): FaultAnswer | null {
	return getEffects(rule).answer?.(rule as never, now) ?? null;
}

/** True if the rule is meant for this call. @param path under `/casso`, without the query */
export function faultMatches(rule: ApiFaultScope, method: string, path: string): boolean {
	if (rule.method !== undefined && rule.method.toUpperCase() !== method.toUpperCase()) return false;
	return rule.path === undefined || pathPattern(rule.path).test(path);
}

function pathPattern(pattern: string): RegExp {
	const parts = pattern.split(/(\*\*|\*)/).map((part) => {
		if (part === '**') return '.*';
		return part === '*' ? '[^/]*' : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
	});
	return new RegExp(`^${parts.join('')}$`);
}

/** The refusal of the rate limiter. @param waitMs until the next call would be let through */
export function rateLimitAnswer(
	waitMs: number,
	form: 'seconds' | 'date' | 'none' | undefined,
	now: number,
): FaultAnswer {
	const seconds = Math.max(1, Math.ceil(waitMs / 1000));
	const headers = form === 'none' ? {} : retryAfter(seconds, form, now);
	return {
		status: 429,
		headers: { ...JSON_TYPE, ...headers },
		body: errorBody(429, getStatusMessage(429)),
	};
}

function retryAfter(
	seconds: number | undefined,
	form: 'seconds' | 'date' | undefined,
	now: number,
): Record<string, string> {
	if (seconds === undefined) return {};
	return { 'retry-after': form === 'date' ? new Date(now + seconds * 1000).toUTCString() : String(seconds) };
}

function errorBody(error: number, message: string): string {
	return JSON.stringify({ error, message, data: null });
}

/** Assumed, but for 401 (spec 3). */
function getStatusMessage(status: number): string {
	const known: Readonly<Record<number, string>> = {
		401: 'Unauthorized Access',
		403: 'Forbidden',
		404: 'Not Found',
		429: 'Too Many Requests',
		500: 'Internal Server Error',
		502: 'Bad Gateway',
		503: 'Service Unavailable',
		504: 'Gateway Timeout',
	};
	return known[status] ?? `HTTP ${String(status)}`;
}
