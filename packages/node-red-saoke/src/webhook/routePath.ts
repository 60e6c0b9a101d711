/** Paths of webhooks: one form for what a user wrote, what Node-RED mounts, and what a request asks for. */

/** Letters, digits and signs that no proxy rewrites; at least one segment. */
const PATH = /^(\/[A-Za-z0-9._~-]+)+$/;

/** @returns with one leading slash, none doubled, none at the end; `/` for the root */
export function normalisePath(path: string): string {
	const joined = `/${path}`.replace(/\/{2,}/g, '/');
	return joined.length > 1 ? joined.replace(/\/$/, '') : joined;
}

/** @returns the path as a webhook may have it; undefined if it cannot be one */
export function checkPath(path: string | undefined): string | undefined {
	const normal = normalisePath((path ?? '').trim());
	return PATH.test(normal) ? normal : undefined;
}

/** First segments that Node-RED's editor and its nodes ask for under the root of the admin side. */
const ADMIN_SEGMENTS = new Set([
	'auth',
	'comms',
	'context',
	'credentials',
	'debug',
	'diagnostics',
	'flow',
	'flows',
	'icons',
	'inject',
	'library',
	'locales',
	'nodes',
	'plugins',
	'projects',
	'red',
	'saoke',
	'settings',
	'theme',
	'types',
	'vendor',
]);

/**
 * A webhook on an editor path would receive the editor's requests and lock all users out.
 *
 * @param publicPath as seen from outside
 * @param adminRoot of Node-RED's settings; false for no editor
 */
export function isAdminPath(publicPath: string, adminRoot: string | false = '/'): boolean {
	if (adminRoot === false) return false;
	const root = normalisePath(adminRoot).toLowerCase();
	const path = publicPath.toLowerCase();
	if (root !== '/') return path === root || path.startsWith(`${root}/`);
	return ADMIN_SEGMENTS.has(path.split('/')[1] ?? '');
}

/** Path of a request before any router has touched it: at the front of the stack `request.path` does not exist yet. */
export function requestPath(request: { originalUrl?: string; url?: string }): string {
	const [path = ''] = (request.originalUrl ?? request.url ?? '').split('?');
	return normalisePath(path);
}
