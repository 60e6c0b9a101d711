/**
 * The token of automatic registration, made from the key in the credential, so that it can be made again.
 *
 * n8n keeps one piece of static data for a whole workflow, and whoever writes it last wins. A poll that goes on beside a
 * trigger published with a change writes back what was there before, and the hash of a random token would be gone.
 */
import type { CassoSecrets } from '@saoke/core/casso';
import { deriveSecureToken } from '@saoke/core/webhook';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

export async function registrationToken(this: IHookFunctions | IWebhookFunctions): Promise<string> {
	const { authentication, apiKey, accessToken } = await this.getCredentials<CassoSecrets>('cassoApi');
	const key = ((authentication === 'accessToken' ? accessToken : apiKey) ?? '').trim();
	return deriveSecureToken(key, [this.getWorkflow().id ?? '', this.getNode().id]);
}
