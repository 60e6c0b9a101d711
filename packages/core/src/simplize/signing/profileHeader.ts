/**
 * How a caller asks the signer for one particular profile without knowing the secret: a private header, which the
 * signer takes off again before the request leaves. Only the explicit detection of the profile uses it.
 */
import { checkProfile, type SigningProfile } from './profile';

export const SIGNING_PROFILE_HEADER = 'x-saoke-signing-profile';

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
