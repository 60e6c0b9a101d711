/** Local test of the webhook secrets: Casso offers no way to check them, so only typing mistakes can be found. */
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
					message: 'The fields look right. Only a test call (Gọi thử) from Casso can show that they match.',
				},
	);
}

/** @returns what to mend, or undefined */
export function findProblem(secrets: ICredentialDataDecryptedObject): string | undefined {
	if (!secrets.securityKey && !secrets.secureToken)
		return 'Enter a Security Key (Webhook V2) or a Secure Token (legacy webhook)';
	for (const [name, label] of Object.entries(LABELS)) {
		const value = secrets[name];
		if (typeof value === 'string' && value !== value.trim())
			return `${label} begins or ends with white space: copy it again`;
	}
	if (secrets.securityKey && secrets.securityKey === secrets.secureToken) {
		return 'Security Key and Secure Token are the same: a key never serves as a token, remove one';
	}
	return undefined;
}
