/** Local test of the webhook secrets: Casso has no API to verify them, so the test only finds typing mistakes. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

const LABELS = {
	securityKey: 'Security Key',
	previousSecurityKey: 'Previous Security Key',
	secureToken: 'Secure Token',
	previousSecureToken: 'Previous Secure Token',
};

export async function cassoWebhookSecrets(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problem = findProblem(credential.data ?? {});
	return await Promise.resolve(
		problem
			? { status: 'Error', message: problem }
			: {
					status: 'OK',
					message: 'The fields look valid. Only a test call (Gọi thử) from Casso can confirm that they match.',
				},
	);
}

/** @returns what to correct, or undefined */
export function findProblem(secrets: ICredentialDataDecryptedObject): string | undefined {
	if (!secrets.securityKey && !secrets.secureToken)
		return 'Enter a Security Key (Webhook V2) or a Secure Token (legacy webhook)';
	for (const [name, label] of Object.entries(LABELS)) {
		const value = secrets[name];
		if (typeof value === 'string' && value !== value.trim())
			return `${label} begins or ends with white space: copy it again`;
	}
	if (secrets.securityKey && secrets.securityKey === secrets.secureToken) {
		return 'Security Key and Secure Token are the same. A key is never accepted as a token: remove one.';
	}
	return undefined;
}
