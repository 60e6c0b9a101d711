/** Where the Casso half is mounted, and what is left of a path without it. */

export const CASSO_PREFIX = '/casso';

/** The path under `/casso`, without the query. @param url as the request line has it */
export function pathOf(url: string): string {
	const path = url.split('?')[0] ?? '';
	return path.startsWith(CASSO_PREFIX) ? path.slice(CASSO_PREFIX.length) : path;
}
