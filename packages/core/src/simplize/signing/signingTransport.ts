/** Puts a signer before a transport, for hosts that have no place of their own for it. Each attempt is signed anew. */
import type { Transport } from '../../http/transport';
import { takeProfileHeader } from './profileHeader';
import { signRequest, type SigningKeys } from './signRequest';

/**
 * @param now Unix time in ms
 * @returns a transport for `SimplizeConnection`
 */
export function makeSigningTransport(transport: Transport, keys: SigningKeys, now: () => number): Transport {
	return async (request) => {
		const { headers, profile } = takeProfileHeader(request.headers);
		const signed = signRequest(
			{ url: request.url, body: request.body ?? '' },
			{ ...keys, profile: profile ?? keys.profile },
			now(),
		);
		return await transport({ ...request, url: signed.url, headers: { ...headers, 'x-api-key': signed.apiKey } });
	};
}
