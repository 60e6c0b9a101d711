/** The Casso credential as core's connection, over n8n's HTTP helper. */
import { CASSO_PUBLIC_BASE_URL, cassoAuthorization, type CassoConnection, type CassoSecrets } from '@saoke/core/casso';
import { checkBaseUrl } from '@saoke/core/common';
import { makeRuntime, makeTransport, type CallingContext, type ItemContext } from '@saoke/n8n-kit';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

export const CREDENTIAL = 'cassoApi';

/** Arguments of an operation of the Casso node for one input item. */
export type OperationContext = ItemContext<CassoConnection>;

/**
 * For nodes without input items.
 *
 * @param maxTotalWaitMs maximum total wait of one call in ms; short if a caller is waiting for n8n
 * @throws ParameterError when the base URL or the key in the credential is unusable
 */
export async function connect(context: CallingContext, maxTotalWaitMs?: number): Promise<CassoConnection> {
	return connectWith(context, await context.getCredentials(CREDENTIAL), maxTotalWaitMs);
}

/**
 * @param data of the credential, its expressions resolved
 * @throws ParameterError when the base URL or the key in it is unusable
 */
export function connectWith(
	context: CallingContext,
	data: ICredentialDataDecryptedObject,
	maxTotalWaitMs?: number,
): CassoConnection {
	const credential = data as unknown as CassoSecrets & { baseUrl?: string };
	// The credential adds the header to each request. Checking here rejects an unusable key before the first request.
	cassoAuthorization(credential);
	return {
		baseUrl: checkBaseUrl(credential.baseUrl, CASSO_PUBLIC_BASE_URL),
		transport: makeTransport(context, CREDENTIAL, data),
		runtime: makeRuntime(maxTotalWaitMs),
		secrets: [credential.apiKey, credential.accessToken].filter((secret) => secret !== undefined),
	};
}
