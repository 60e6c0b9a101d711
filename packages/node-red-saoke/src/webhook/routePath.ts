/** Paths of webhooks: one form for what a user wrote, what Node-RED mounts, and what a request asks for. */

/** Letters, digits and signs that no proxy rewrites; at least one segment. */
const PATH = /^(\/[A-Za-z0-9._~-]+)+$/;

/** @returns with one leading slash, none doubled, none at the end; `/` for the root */
export function normalisePath(path: string): string {
	const joined = `/${path}`.replace(/\/{2,}/g, '/');
	return joined.length > 1 ? joined.replace(/\/$/, '') : joined;
}

/** @returns the path as a webhook may have it; undefined where it cannot be one */
export function checkPath(path: string | undefined): string | undefined {
	const normal = normalisePath((path ?? '').trim());
	return PATH.test(normal) ? normal : undefined;
}

/** Path of a request before any router has touched it: at the front of the stack `request.path` does not exist yet. */
export function requestPath(request: { originalUrl?: string; url?: string }): string {
	const [path = ''] = (request.originalUrl ?? request.url ?? '').split('?');
	return normalisePath(path);
}
