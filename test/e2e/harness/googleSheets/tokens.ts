/** Access tokens, as oauth2.googleapis.com gives them out: for a service account's signed assertion or a refresh token. */
import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { GoogleError } from './googleError';

/** What a test puts into a credential of type `googleApi`. */
export interface ServiceAccount {
	email: string;
	privateKey: string;
}

/** What a test puts into a credential of type `googleSheetsOAuth2Api`. */
export interface SignedInUser {
	email: string;
	clientId: string;
	clientSecret: string;
	refreshToken: string;
	accessToken: string;
}

export class Tokens {
	private readonly users = new Map<string, string>();
	private readonly publicKeys = new Map<string, string>();
	private readonly refreshTokens = new Map<string, string>();

	/** Makes an account with a key of its own. */
	serviceAccount(email: string): ServiceAccount {
		const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		this.publicKeys.set(email, publicKey.export({ type: 'spki', format: 'pem' }).toString());
		return { email, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
	}

	/** Makes a user who has signed in and allowed access. */
	signedInUser(email: string): SignedInUser {
		const refreshToken = `1//${randomBytes(18).toString('base64url')}`;
		this.refreshTokens.set(refreshToken, email);
		return {
			email,
			clientId: 'client.apps.example.com',
			clientSecret: randomBytes(12).toString('hex'),
			refreshToken,
			accessToken: this.issue(email),
		};
	}

	/** As if the hour of an access token had passed. */
	expireAll(): void {
		this.users.clear();
	}

	/** Answers POST /token. @throws GoogleError 400 for an assertion that does not verify */
	exchange(form: URLSearchParams): { access_token: string; expires_in: number; token_type: string } {
		const email =
			form.get('grant_type') === 'refresh_token'
				? this.refreshTokens.get(form.get('refresh_token') ?? '')
				: this.assertedEmail(form.get('assertion') ?? '');
		if (email === undefined) throw new GoogleError(400, 'invalid_grant');
		return { access_token: this.issue(email), expires_in: 3599, token_type: 'Bearer' };
	}

	/** @throws GoogleError 401 without a token that was given out here */
	getUser(authorization: string | undefined): string {
		const user = this.users.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
		if (user === undefined)
			throw new GoogleError(
				401,
				'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
			);
		return user;
	}

	private issue(email: string): string {
		const token = `ya29.${randomBytes(18).toString('base64url')}`;
		this.users.set(token, email);
		return token;
	}

	private assertedEmail(assertion: string): string | undefined {
		const [header, claims, signature] = assertion.split('.');
		if (header === undefined || claims === undefined || signature === undefined) return undefined;
		const { iss } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string };
		const key = this.publicKeys.get(iss);
		if (key === undefined) return undefined;
		const isGenuine = verify(
			'RSA-SHA256',
			Buffer.from(`${header}.${claims}`),
			createPublicKey(key),
			Buffer.from(signature, 'base64url'),
		);
		return isGenuine ? iss : undefined;
	}
}
