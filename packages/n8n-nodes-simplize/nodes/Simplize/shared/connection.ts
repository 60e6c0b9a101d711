/** The Simplize credential as core's connection, over n8n's HTTP helper. The secret stays with the credential, which signs. */
import { checkBaseUrl } from '@saoke/core/common';
import { checkRecvWindow, type SimplizeConnection } from '@saoke/core/simplize';
import { makeRuntime, makeTransport, type CallingContext } from '@saoke/n8n-kit';
import { EXAMPLE_BASE_URL } from '../../../signing/authenticate';

const CREDENTIAL = 'simplizePartnerApi';

/**
 * @param maxTotalWaitMs longest total waiting of one call in ms; short where a caller waits for n8n
 * @throws ParameterError when base URL or receive window in the credential are unusable
 */
export async function connect(context: CallingContext, maxTotalWaitMs?: number): Promise<SimplizeConnection> {
	const { baseUrl, apiKey, recvWindow } = await context.getCredentials<{
		baseUrl?: string;
		apiKey?: string;
		recvWindow?: unknown;
	}>(CREDENTIAL);
	return {
		baseUrl: checkBaseUrl(baseUrl, undefined, EXAMPLE_BASE_URL),
		recvWindow: checkRecvWindow(recvWindow),
		transport: makeTransport(context, CREDENTIAL),
		runtime: makeRuntime(maxTotalWaitMs),
		secrets: apiKey === undefined ? [] : [apiKey],
	};
}
