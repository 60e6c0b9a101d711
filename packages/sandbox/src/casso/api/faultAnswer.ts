/** The answers that a fault puts in the place of the real one. */
import type { ApiFault } from './apiFault';

export interface FaultAnswer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';

const HTML_PAGE = [
	'<!DOCTYPE html>',
	'<html><head><title>502 Bad Gateway</title></head>',
	'<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
	'',
].join('\r\n');

/** What a replacing fault answers; null for the other kinds. @param now wall time in ms */
export function faultAnswer(rule: ApiFault, now: number): FaultAnswer | null {
	switch (rule.kind) {
		case 'httpError':
			return {
				status: rule.status,
				headers: { 'content-type': JSON_TYPE, ...retryAfter(rule.retryAfterSeconds, rule.retryAfterForm, now) },
				body: errorBody(rule.error ?? rule.status, rule.message ?? messageOf(rule.status)),
			};
		case 'html':
			return { status: rule.status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML_PAGE };
		case 'errorEnvelope':
			return {
				status: 200,
				headers: { 'content-type': JSON_TYPE },
				body: errorBody(rule.error ?? 99, rule.message ?? 'Internal error'),
			};
		default:
			return null;
	}
}

/** The refusal of the rate limiter. @param waitMs until the next call would be let through */
export function rateLimitAnswer(
	waitMs: number,
	form: 'seconds' | 'date' | 'none' | undefined,
	now: number,
): FaultAnswer {
	const seconds = Math.max(1, Math.ceil(waitMs / 1000));
	const headers = form === 'none' ? {} : retryAfter(seconds, form, now);
	return { status: 429, headers: { 'content-type': JSON_TYPE, ...headers }, body: errorBody(429, messageOf(429)) };
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
function messageOf(status: number): string {
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
