/** The Authorization header of Casso (casso-api 2): an API key, or a ready access token. */
import { ParameterError } from '../errors/ParameterError';

/** Public API, without the version (casso-api 1). */
export const CASSO_PUBLIC_BASE_URL = 'https://oauth.casso.vn';

export interface CassoSecrets {
	authentication: 'apiKey' | 'accessToken';
	apiKey?: string;
	accessToken?: string;
}

/**
 * @returns `Apikey <key>` or `Bearer <token>`, surrounding white space removed
 * @throws ParameterError when the chosen secret is empty or cannot stand in a header
 */
export function cassoAuthorization(secrets: CassoSecrets): string {
	const isToken = secrets.authentication === 'accessToken';
	const secret = ((isToken ? secrets.accessToken : secrets.apiKey) ?? '').trim();
	const name = isToken ? 'accessToken' : 'apiKey';
	const label = isToken ? 'access token' : 'API key';
	if (!secret) {
		throw new ParameterError(
			name,
			`The credential has no ${label}`,
			`Open the credential and enter the ${label} from Casso.`,
		);
	}
	if (!/^[\x21-\x7e]+$/.test(secret)) {
		throw new ParameterError(
			name,
			`The ${label} holds a space or a character that no key has`,
			'Copy it again from Casso.',
		);
	}
	return `${isToken ? 'Bearer' : 'Apikey'} ${secret}`;
}
