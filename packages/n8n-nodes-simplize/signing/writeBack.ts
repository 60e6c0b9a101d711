/** Puts a signed request back into n8n's options: one URL, one body text, no separate query, no redirects. */
import type { SignedRequest } from '@saoke/core/simplize';
import type { IHttpRequestOptions } from 'n8n-workflow';
import type { AnyRequestOptions } from './foldRequest';

/** Options that are in the one URL and the one body now; left in place, n8n would add them again. */
const FOLDED = new Set(['uri', 'url', 'baseURL', 'qs', 'qsStringifyOptions', 'useQuerystring', 'arrayFormat', 'body']);
/** Headers that are set here, whatever a workflow wrote. */
const OWN_HEADERS = new Set(['x-api-key', 'content-type']);

/** @param headers those of the request, without the private one of the detection */
export function writeBack(
	options: AnyRequestOptions,
	signed: SignedRequest,
	headers: Readonly<Record<string, unknown>>,
): IHttpRequestOptions {
	const rest = Object.fromEntries(Object.entries(options).filter(([name]) => !FOLDED.has(name)));
	const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase())));
	const written: AnyRequestOptions = {
		...rest,
		url: signed.url,
		headers: { ...kept, 'X-Api-Key': signed.apiKey } as IHttpRequestOptions['headers'],
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
	};
	// The HTTP Request node's requests are read by their `uri`.
	if (options.uri !== undefined) written.uri = signed.url;
	if (signed.body !== '') {
		written.body = signed.body;
		written.headers = { ...written.headers, 'Content-Type': 'application/json' };
	}
	return written;
}
