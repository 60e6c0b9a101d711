/** A logged request as a command for a shell. The key is a variable: what it holds stays with the person. */

const quote = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;

/** @param {any} request of the Casso service's log */
export function cassoCurl({ method, path, query, body, authScheme }) {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) search.append(name, String(one));
	const url = `${location.origin}/casso${path}${search.size === 0 ? '' : `?${search.toString()}`}`;
	const parts = ['curl', method === 'GET' ? '' : `-X ${method}`, quote(url)];
	if (authScheme !== null)
		parts.push(`-H "Authorization: ${authScheme === 'other' ? 'Apikey' : authScheme} $CASSO_API_KEY"`);
	if (body !== undefined && body !== null)
		parts.push("-H 'Content-Type: application/json'", `--data-raw ${quote(JSON.stringify(body))}`);
	return parts.filter((part) => part !== '').join(' ');
}

/** @param {any} call of the Simplize service's log: its signature is not kept, and would have expired */
export function simplizeCurl({ method, path, query, body, contentType }) {
	const parts = [
		'curl',
		method === 'GET' ? '' : `-X ${method}`,
		quote(`${location.origin}/simplize${path}${query === '' ? '' : `?${query}`}`),
		'-H "X-Api-Key: $SIMPLIZE_API_KEY"',
	];
	if (contentType !== null) parts.push(`-H ${quote(`Content-Type: ${contentType}`)}`);
	if (body !== '') parts.push(`--data-raw ${quote(body)}`);
	return parts.filter((part) => part !== '').join(' ');
}

/** @param {any} request of a delivery's attempt @param {string} secretNote stands where the token was */
export function deliveryCurl({ url, headers, body }) {
	const sent = Object.entries(headers).filter(([name]) => !['Host', 'Content-Length', 'Connection'].includes(name));
	return [
		'curl -X POST',
		quote(url),
		...sent.map(([name, value]) => `-H ${quote(`${name}: ${String(value)}`)}`),
		`--data-raw ${quote(body)}`,
	].join(' ');
}
