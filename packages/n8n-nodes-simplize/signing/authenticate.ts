/** What the credential does to every request just before it leaves: fold, sign with the time of now, write back. */
import { checkBaseUrl } from '@saoke/core/common';
import { checkProfile, checkRecvWindow, signRequest, takeProfileHeader } from '@saoke/core/simplize';
import { toRefusal } from '@saoke/n8n-kit';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { foldRequest, type AnyRequestOptions } from './foldRequest';
import { writeBack } from './writeBack';

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
	const options = requestOptions as AnyRequestOptions;
	const folded = foldRequest(options, checkBaseUrl(text('baseUrl'), undefined, EXAMPLE_BASE_URL));
	const { headers, profile } = takeProfileHeader(options.headers ?? {});
	const signed = signRequest(
		folded,
		{
			apiKey: text('apiKey'),
			apiSecret: text('apiSecret'),
			recvWindow: checkRecvWindow(credentials.recvWindow),
			profile: profile ?? checkProfile(credentials.signaturePayload, credentials.signatureEncoding),
		},
		Date.now(),
	);
	return writeBack(options, signed, headers);
}
