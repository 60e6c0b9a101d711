/** Key or access token for Casso's API, sent only to the base URL of the same credential. */
import { cassoAuthorization, CASSO_PUBLIC_BASE_URL } from '@saoke/core/casso';
import { checkBaseUrl } from '@saoke/core/common';
import { authenticateRequest, credentialTestRules, setHeader, toRefusal } from '@saoke/n8n-kit';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

export class CassoApi implements ICredentialType {
	name = 'cassoApi';

	displayName = 'Casso API';

	icon: Icon = { light: 'file:../icons/casso.svg', dark: 'file:../icons/casso.dark.svg' };

	documentationUrl = 'https://developer.casso.vn/casso-api/chung-thuc/tao-api-key-thu-cong';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey' },
				{ name: 'Access Token', value: 'accessToken' },
			],
			default: 'apiKey',
			description: 'Casso no longer offers OAuth2 sign-in, so use an API key for new connections',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['apiKey'] } },
			description: 'In Casso, open Settings (Thiết lập), then API Keys, and create one',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['accessToken'] } },
			description: 'An existing OAuth2 access token, if you still have one',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: CASSO_PUBLIC_BASE_URL,
			placeholder: 'e.g. https://oauth.casso.vn',
			description:
				'Change it only to use a test server such as the Saoke sandbox. The key is sent only to this address.',
		},
	];

	authenticate: IAuthenticate = authenticateCasso;

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ($credentials.baseUrl || "").trim().replace(new RegExp("/+$"), "") || "${CASSO_PUBLIC_BASE_URL}" }}`,
			url: '/v2/userInfo',
		},
		rules: credentialTestRules('Casso', {
			rejected: 'Casso rejected this key. Copy it again from Settings (Thiết lập) → API Keys',
			noApi: `There is no Casso API at this base URL. Casso is at ${CASSO_PUBLIC_BASE_URL}, without /v2; the sandbox ends with /casso`,
			unreadable: {
				field: 'data.user.id',
				message:
					'Casso answered without a user. Copy the key again from Settings (Thiết lập) → API Keys, and check the base URL',
			},
		}),
	};
}

/** @throws ParameterError that names what is wrong in the credential or the request; never with a secret in it */
async function authenticateCasso(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	try {
		return await Promise.resolve(addKey(credentials, requestOptions));
	} catch (error) {
		throw toRefusal(error);
	}
}

function addKey(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): IHttpRequestOptions {
	const text = (name: string): string => {
		const value = credentials[name];
		return typeof value === 'string' ? value : '';
	};
	const baseUrl = checkBaseUrl(text('baseUrl'), CASSO_PUBLIC_BASE_URL);
	const authorization = cassoAuthorization({
		authentication: text('authentication') === 'accessToken' ? 'accessToken' : 'apiKey',
		apiKey: text('apiKey'),
		accessToken: text('accessToken'),
	});
	const target = { service: 'Casso', baseUrl, refusal: 'The Casso credential is only valid for' };
	return authenticateRequest(requestOptions, target, (request) => ({
		...request,
		headers: setHeader(request.headers, 'Authorization', authorization),
	}));
}
