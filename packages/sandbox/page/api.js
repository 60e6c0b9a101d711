/** Calls of the control API. A failure is an Error whose message is meant for people. */
import { t } from './i18n.js';

async function call(method, path, body) {
	let response;
	try {
		response = await fetch(`/control${path}`, {
			method,
			headers: method === 'GET' ? {} : { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	} catch {
		throw new Error(t('error.unreachable'));
	}
	const answer = await response.json().catch(() => ({}));
	if (!response.ok)
		throw new Error(typeof answer.message === 'string' ? answer.message : `HTTP ${String(response.status)}`);
	return answer;
}

/** A query without what is empty. @param {Record<string, any>} values */
export function query(values) {
	const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
	return given.length === 0
		? ''
		: `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}

export const get = (path) => call('GET', path, undefined);
export const post = (path, body = {}) => call('POST', path, body);
export const change = (path, body) => call('PATCH', path, body);
export const remove = (path) => call('DELETE', path, undefined);
