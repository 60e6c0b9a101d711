/** Signing profiles: what is signed, and how it is encoded. */
import { ParameterError } from '../../errors';

/** How the string to sign is made of query and body. */
export const SIGNATURE_PAYLOADS = ['query+body', 'query', 'query&body', 'body'] as const;

export type SignaturePayload = (typeof SIGNATURE_PAYLOADS)[number];

/** How the HMAC is written. `hex` is lower-case. */
export const SIGNATURE_ENCODINGS = ['hex', 'hex-upper', 'base64'] as const;

export type SignatureEncoding = (typeof SIGNATURE_ENCODINGS)[number];

export interface SigningProfile {
	payload: SignaturePayload;
	encoding: SignatureEncoding;
}

export const DEFAULT_PROFILE: SigningProfile = { payload: 'query+body', encoding: 'hex' };
export const DEFAULT_RECV_WINDOW_MS = 5000;
const LONGEST_RECV_WINDOW_MS = 60_000;

/**
 * How requests are signed: the options of simplize-api 3.2. Simplize publishes no rule, so it is the user's choice.
 *
 * @param payload as stored in a credential; empty means the default
 * @param encoding likewise
 * @throws ParameterError for an unknown one: signing by another rule than the user chose would be a silent guess
 */
export function checkProfile(payload: unknown, encoding: unknown): SigningProfile {
	return {
		payload: choose(payload, SIGNATURE_PAYLOADS, DEFAULT_PROFILE.payload, 'signaturePayload'),
		encoding: choose(encoding, SIGNATURE_ENCODINGS, DEFAULT_PROFILE.encoding, 'signatureEncoding'),
	};
}

/**
 * @param value ms in which the service accepts a request; empty means 5000
 * @throws ParameterError unless it is a whole number from 1 to 60000
 */
export function checkRecvWindow(value: unknown): number {
	if (value === undefined || value === null || value === '') return DEFAULT_RECV_WINDOW_MS;
	const window = typeof value === 'string' && /^\d{1,6}$/.test(value.trim()) ? Number(value) : value;
	if (typeof window === 'number' && Number.isInteger(window) && window >= 1 && window <= LONGEST_RECV_WINDOW_MS)
		return window;
	throw new ParameterError(
		'recvWindow',
		'The receive window must be a whole number from 1 to 60000 ms',
		'Enter a number such as 5000.',
	);
}

function choose<T extends string>(value: unknown, choices: readonly T[], fallback: T, parameter: string): T {
	if (value === undefined || value === null || value === '') return fallback;
	const found = choices.find((choice) => choice === value);
	if (found !== undefined) return found;
	throw new ParameterError(parameter, 'This signing option is not known', `Choose one of: ${choices.join(', ')}.`);
}

export const SIGNING_PROFILE_HEADER = 'x-saoke-signing-profile';

/**
 * How a caller asks the signer for one particular profile without knowing the secret: a private header, which the
 * signer takes off again before the request leaves. Only the explicit detection of the profile uses it.
 */
export function profileHeader({ payload, encoding }: SigningProfile): Record<string, string> {
	return { [SIGNING_PROFILE_HEADER]: `${payload};${encoding}` };
}

/**
 * @returns the headers without the private one, in whatever case it was written, and the profile it asked for
 * @throws ParameterError for a profile that is not known
 */
export function takeProfileHeader<T>(headers: Readonly<Record<string, T>>): {
	headers: Record<string, T>;
	profile?: SigningProfile;
} {
	const rest = Object.entries(headers).filter(([name]) => name.toLowerCase() !== SIGNING_PROFILE_HEADER);
	const asked = Object.entries(headers).find(([name]) => name.toLowerCase() === SIGNING_PROFILE_HEADER)?.[1];
	const kept = Object.fromEntries(rest);
	if (typeof asked !== 'string') return { headers: kept };
	const [payload, encoding] = asked.split(';');
	return { headers: kept, profile: checkProfile(payload, encoding) };
}
