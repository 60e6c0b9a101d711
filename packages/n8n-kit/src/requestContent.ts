/** Serializes the query and body of a request that a credential authenticates, exactly as they are sent. */
import { ParameterError } from '@saoke/core/common';
import type { IHttpRequestOptions } from 'n8n-workflow';
import type { AnyRequestOptions } from './credentialRequest';

type ArrayFormat = NonNullable<IHttpRequestOptions['arrayFormat']>;

const BODILESS = new Set(['GET', 'HEAD']);

/**
 * Lists become pairs, as n8n writes them; other nested values have no standard form.
 *
 * @returns the query without its `?`, empty for none
 * @throws ParameterError for nested values, and for text that is not valid Unicode
 */
export function readQuery(options: AnyRequestOptions): string {
	const { qs, qsStringifyOptions, arrayFormat, useQuerystring } = options;
	const format = qsStringifyOptions?.arrayFormat ?? arrayFormat ?? (useQuerystring ? 'repeat' : 'brackets');
	if (qs !== undefined && qs !== null && typeof qs !== 'object' && (qs as unknown) !== '') throw queryError('query');
	return Object.entries(qs || {})
		.flatMap(([name, value]) => toPairs(name, value, format))
		.map(([name, value]) => `${encode(name)}=${encode(value)}`)
		.join('&');
}

function toPairs(name: string, value: unknown, format: ArrayFormat): (readonly [string, string])[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) return [[name, toText(name, value)]];
	const texts = value.filter((entry) => entry !== undefined && entry !== null).map((entry) => toText(name, entry));
	if (format === 'comma') return [[name, texts.join(',')]];
	return texts.map((text, place) => [toListName(name, place, format), text]);
}

function toListName(name: string, place: number, format: ArrayFormat): string {
	if (format === 'repeat') return name;
	return format === 'indices' ? `${name}[${place}]` : `${name}[]`;
}

function toText(name: string, value: unknown): string {
	if (value instanceof Date) return value.toISOString();
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw queryError(name);
}

function queryError(name: string): ParameterError {
	return new ParameterError(
		'query',
		`The query parameter "${name}" is neither text nor number`,
		'Turn it into text first, for example with JSON.stringify().',
	);
}

function encode(text: string): string {
	try {
		return encodeURIComponent(text);
	} catch {
		throw new ParameterError(
			'query',
			'A query parameter contains text that cannot be encoded',
			'Remove the broken character from it.',
		);
	}
}

/**
 * @param method in upper case
 * @returns JSON text, empty for none
 * @throws ParameterError for a form, for binary data, for text that is not JSON, and for a body with GET or HEAD
 */
export function readBodyText(options: AnyRequestOptions, method: string, service: string): string {
	const hint = `${service} takes JSON: in the HTTP Request node, choose the body content type JSON.`;
	if (options.form !== undefined || options.formData !== undefined || hasFormType(options)) {
		throw new ParameterError('body', 'The body is a form', hint);
	}
	const body: unknown = options.body;
	const text = body === undefined || body === null || body === '' ? '' : toJsonText(body, hint);
	if (!BODILESS.has(method) || text === '') return text;
	if (text === '{}') return '';
	throw new ParameterError(
		'body',
		`A ${method} request to ${service} has no body`,
		'Switch Send Body off, or choose the method POST.',
	);
}

/** Trims white space around JSON, because n8n's HTTP library does the same after signing. */
function toJsonText(body: unknown, hint: string): string {
	if (typeof body === 'string') {
		if (!isJson(body)) throw new ParameterError('body', 'The body is not valid JSON', hint);
		return body.trim();
	}
	const prototype: unknown = typeof body === 'object' ? Object.getPrototypeOf(body) : undefined;
	if (Array.isArray(body) || prototype === Object.prototype || prototype === null) return JSON.stringify(body);
	throw new ParameterError('body', 'The body is binary data or a form', hint);
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function hasFormType({ headers }: AnyRequestOptions): boolean {
	const types = Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() === 'content-type');
	return types.some(
		([, type]) =>
			typeof type === 'string' && /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type.trim()),
	);
}
