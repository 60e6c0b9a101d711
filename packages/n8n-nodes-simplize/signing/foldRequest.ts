/**
 * n8n hands a credential requests of three shapes: the node helper's `url`; the credential test's `baseURL`, `url` and
 * `qs`; the HTTP Request node's `uri`, `qs` and an object as body. Each is folded into one URL and one body text, so
 * that what is signed is what is sent.
 */
import { ParameterError } from '@saoke/core/common';
import { canonicalQuery, type QueryPair } from '@saoke/core/simplize';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

/** What the HTTP Request node and the pagination helper add to n8n's own type. */
export interface AnyRequestOptions extends IHttpRequestOptions {
	uri?: string;
	form?: unknown;
	formData?: unknown;
	useQuerystring?: boolean;
	qsStringifyOptions?: { arrayFormat?: ArrayFormat };
	followRedirect?: boolean;
	followAllRedirects?: boolean;
}

type ArrayFormat = 'indices' | 'brackets' | 'repeat' | 'comma';

export interface FoldedRequest {
	method: string;
	/** Complete, with every query parameter in it. */
	url: string;
	/** Exact text to send; empty for none. */
	body: string;
}

const BODILESS = new Set(['GET', 'HEAD']);
const JSON_HINT = 'Simplize takes JSON: in the HTTP Request node, choose the body content type JSON.';

/**
 * @param baseUrl checked base URL of the credential; an address without a host is taken below it
 * @throws ParameterError for another host than the credential's, for a body that is no JSON, and for nested query values
 */
export function foldRequest(options: AnyRequestOptions, baseUrl: string): FoldedRequest {
	const method = (options.method ?? 'GET').toUpperCase();
	const address = targetOf(options, baseUrl);
	const pairs = queryPairs(options);
	const joint = pairs.length === 0 ? '' : address.includes('?') ? '&' : '?';
	return { method, url: `${address}${joint}${canonicalQuery(pairs)}`, body: bodyText(options, method) };
}

function targetOf(options: AnyRequestOptions, baseUrl: string): string {
	const given = options.url || options.uri || '';
	const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(given);
	const text = isAbsolute ? given : `${(options.baseURL ?? baseUrl).replace(/\/+$/, '')}/${given.replace(/^\/+/, '')}`;
	const wanted = new URL(baseUrl).origin;
	if (!URL.canParse(text) || new URL(text).origin !== wanted) {
		throw new ParameterError(
			'url',
			`The Simplize credential is only valid for ${wanted}`,
			'Change the address, or the Base URL in the credential.',
		);
	}
	const url = new URL(text);
	return `${url.origin}${url.pathname}${url.search}`;
}

/** Lists become pairs as n8n would write them; other nested values have no one form, so they are refused. */
function queryPairs(options: AnyRequestOptions): QueryPair[] {
	const format =
		options.qsStringifyOptions?.arrayFormat ?? options.arrayFormat ?? (options.useQuerystring ? 'repeat' : 'brackets');
	return Object.entries((options.qs ?? {}) as IDataObject).flatMap(([name, value]) => {
		if (!Array.isArray(value))
			return value === undefined || value === null ? [] : [[name, valueText(name, value)] as const];
		const texts = value.filter((entry) => entry !== undefined && entry !== null).map((entry) => valueText(name, entry));
		if (format === 'comma') return [[name, texts.join(',')] as const];
		return texts.map((text, place) => [listName(name, place, format), text] as const);
	});
}

function listName(name: string, place: number, format: ArrayFormat): string {
	if (format === 'repeat') return name;
	return format === 'indices' ? `${name}[${place}]` : `${name}[]`;
}

function valueText(name: string, value: unknown): string {
	if (value instanceof Date) return value.toISOString();
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new ParameterError(
		'query',
		`The query parameter "${name}" is neither text nor number`,
		'Turn it into text first, for example with JSON.stringify().',
	);
}

function bodyText(options: AnyRequestOptions, method: string): string {
	if (options.form !== undefined || options.formData !== undefined || isForm(options)) {
		throw new ParameterError('body', 'The body is a form', JSON_HINT);
	}
	const body: unknown = options.body;
	const text = body === undefined || body === null || body === '' ? '' : asJsonText(body);
	if (text !== '' && BODILESS.has(method)) {
		throw new ParameterError(
			'body',
			`A ${method} request to Simplize has no body`,
			'Switch Send Body off, or choose the method POST.',
		);
	}
	return text;
}

/** White space around JSON is cut off, since n8n's HTTP library does that after signing. */
function asJsonText(body: unknown): string {
	if (typeof body === 'string') {
		if (!isJson(body)) throw new ParameterError('body', 'The body is not valid JSON', JSON_HINT);
		return body.trim();
	}
	const prototype: unknown = typeof body === 'object' ? Object.getPrototypeOf(body) : undefined;
	if (Array.isArray(body) || prototype === Object.prototype || prototype === null) return JSON.stringify(body);
	throw new ParameterError('body', 'The body is binary data or a form', JSON_HINT);
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function isForm({ headers }: AnyRequestOptions): boolean {
	const types = Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() === 'content-type');
	return types.some(
		([, type]) =>
			typeof type === 'string' && /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type.trim()),
	);
}
