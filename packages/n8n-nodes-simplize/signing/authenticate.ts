/** Signs every request of the credential just before it is sent, with the current time. */
import { checkBaseUrl } from '@saoke/core/common';
import { checkProfile, checkRecvWindow, signRequest, takeProfileHeader } from '@saoke/core/simplize';
import { authenticateRequest, setHeader, toRefusal } from '@saoke/n8n-kit';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

export const EXAMPLE_BASE_URL = 'http://127.0.0.1:4010/simplize';

/** @throws ParameterError that names what is wrong in the credential or the request; never with a secret in it */
export async function authenticateSimplize(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	try {
		return await Promise.resolve(sign(credentials, requestOptions));
	} catch (error) {
		throw toRefusal(error);
	}
}

function sign(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): IHttpRequestOptions {
	const text = (name: string): string => {
		const value = credentials[name];
		return typeof value === 'string' ? value : '';
	};
	const baseUrl = checkBaseUrl(text('baseUrl'), undefined, EXAMPLE_BASE_URL);
	const target = { service: 'Simplize', baseUrl, refusal: 'The Simplize credential is only valid for' };
	return authenticateRequest(requestOptions, target, (request) => {
		const { headers, profile } = takeProfileHeader(request.headers);
		const signed = signRequest(
			request,
			{
				apiKey: text('apiKey'),
				apiSecret: text('apiSecret'),
				recvWindow: checkRecvWindow(credentials.recvWindow),
				profile: profile ?? checkProfile(credentials.signaturePayload, credentials.signatureEncoding),
			},
			Date.now(),
		);
		return { ...request, url: signed.url, headers: setHeader(headers, 'X-Api-Key', signed.apiKey) };
	});
}
