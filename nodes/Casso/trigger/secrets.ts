/** Secrets that verify a delivery: the hash of the registered token, or the secrets that the user entered. */
import { ParameterError } from '@saoke/core/common';
import type { WebhookSecrets } from '@saoke/core/webhook';
import type { ICredentialDataDecryptedObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { findProblem } from '../shared/webhookSecrets';
import { currentRegistration } from '../shared/registrationState';
import { cachedCredential } from './cachedCredential';
import type { VerifySettings } from './settings';

const CREDENTIAL = 'cassoWebhookApi';

/** Omits tokens unless legacy deliveries are allowed, so that they cannot verify anything. */
export async function readSecrets(context: IWebhookFunctions, settings: VerifySettings): Promise<WebhookSecrets> {
	if (settings.registration === 'automatic') {
		return { secureTokenHash: currentRegistration(context).tokenHash };
	}
	return getSecrets(await cachedCredential(context, CREDENTIAL), settings);
}

/** @throws ParameterError if no delivery could pass with these secrets */
export async function checkSecrets(context: IHookFunctions, settings: VerifySettings): Promise<void> {
	const credential = await context.getCredentials(CREDENTIAL);
	const problem = findProblem(credential);
	if (problem) throw new ParameterError('webhookCredential', problem, 'Open the credential and correct it.');
	const { securityKey, previousSecurityKey, secureToken, previousSecureToken } = getSecrets(credential, settings);
	if (settings.allowLegacy && !secureToken && !previousSecureToken) {
		throw new ParameterError(
			'allowLegacy',
			'The credential has no secure token to verify legacy deliveries',
			'Enter the Secure Token in the credential, or switch this option off.',
		);
	}
	if (!settings.allowLegacy && !securityKey && !previousSecurityKey) {
		throw new ParameterError(
			'webhookCredential',
			'There is only a secure token, and legacy deliveries are not accepted',
			'Enter a Security Key, or switch on the option Accept Legacy Deliveries.',
		);
	}
}

function getSecrets(credential: ICredentialDataDecryptedObject, { allowLegacy }: VerifySettings): WebhookSecrets {
	const text = (name: string): string => (typeof credential[name] === 'string' ? credential[name] : '');
	const keys = { securityKey: text('securityKey'), previousSecurityKey: text('previousSecurityKey') };
	return allowLegacy
		? { ...keys, secureToken: text('secureToken'), previousSecureToken: text('previousSecureToken') }
		: keys;
}
