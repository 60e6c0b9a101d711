/** Whether Casso can reach a webhook address from the Internet (casso-api 4.8: localhost and private ones are refused). */

export type AddressProblem =
	/** Not https. */
	| 'notHttps'
	/** This machine, a private network, or a name that exists only inside one. */
	| 'notPublic';

const PRIVATE_IPV4 = /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
const PRIVATE_IPV6 = /^\[(::1?|f[cd][0-9a-f]*:.*|fe[89ab][0-9a-f]:.*|::ffff:.*)\]$/;
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|lan|intranet|home\.arpa)$/;

/**
 * @param url an absolute address
 * @returns what keeps Casso from reaching it, judged by the text alone; undefined if nothing does
 */
export function findAddressProblem(url: string): AddressProblem | undefined {
	const { protocol, hostname } = new URL(url);
	const isName = !hostname.startsWith('[') && !/^[\d.]+$/.test(hostname);
	const isPrivate = isName
		? PRIVATE_NAME.test(hostname) || !hostname.includes('.')
		: PRIVATE_IPV4.test(hostname) || PRIVATE_IPV6.test(hostname);
	if (isPrivate) return 'notPublic';
	return protocol === 'https:' ? undefined : 'notHttps';
}
