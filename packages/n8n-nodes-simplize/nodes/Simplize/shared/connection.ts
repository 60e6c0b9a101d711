/** The Simplize credential as core's connection, over n8n's HTTP helper. The secret stays with the credential, which signs. */
import { checkBaseUrl } from '@saoke/core/common';
import { checkRecvWindow, type SimplizeConnection } from '@saoke/core/simplize';
import { makeRuntime, makeTransport, type CallingContext, type ItemContext } from '@saoke/n8n-kit';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { EXAMPLE_BASE_URL } from '../../../signing/authenticate';

export const CREDENTIAL = 'simplizePartnerApi';

/** Arguments of an operation of the Simplize node for one input item. */
export type OperationContext = ItemContext<SimplizeConnection>;

/**
 * For nodes without input items.
 *
 * @param maxTotalWaitMs maximum total wait of one call in ms; short if a caller is waiting for n8n
 * @throws ParameterError if the base URL or the receive window in the credential is invalid
 */
export async function connect(context: CallingContext, maxTotalWaitMs?: number): Promise<SimplizeConnection> {
	return connectWith(context, await context.getCredentials(CREDENTIAL), maxTotalWaitMs);
}

/**
 * @param data of the credential, its expressions resolved
 * @throws ParameterError if the base URL or the receive window is invalid
 */
export function connectWith(
	context: CallingContext,
	data: ICredentialDataDecryptedObject,
	maxTotalWaitMs?: number,
): SimplizeConnection {
	const { baseUrl, apiKey, recvWindow } = data as { baseUrl?: string; apiKey?: string; recvWindow?: unknown };
	return {
		baseUrl: checkBaseUrl(baseUrl, undefined, EXAMPLE_BASE_URL),
		recvWindow: checkRecvWindow(recvWindow),
		transport: makeTransport(context, CREDENTIAL, data),
		runtime: makeRuntime(maxTotalWaitMs),
		secrets: apiKey === undefined ? [] : [apiKey],
	};
}
