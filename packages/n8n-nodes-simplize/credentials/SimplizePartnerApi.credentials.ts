/** Key and secret of a Simplize partner. Signs every request, sent only to the base URL of the same credential. */
import type { IAuthenticate, ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { credentialTestRules } from '@saoke/n8n-kit';
import { authenticateSimplize } from '../signing/authenticate';

export class SimplizePartnerApi implements ICredentialType {
	name = 'simplizePartnerApi';

	displayName = 'Simplize Partner API';

	icon: Icon = { light: 'file:../icons/simplize.svg', dark: 'file:../icons/simplize.dark.svg' };

	documentationUrl = 'https://developers.simplize.vn/';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. http://127.0.0.1:4010/simplize',
			description:
				'Address of the partner API, without the path that begins with /api. Simplize does not publish it: ask your contact there. The example is the Saoke sandbox.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Sent with every request as X-Api-Key',
		},
		{
			displayName: 'API Secret',
			name: 'apiSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Signs the requests and is never sent. It is used exactly as entered, including white space.',
		},
		{
			displayName:
				'The API secret begins or ends with white space. It is used as entered: if the space was copied by mistake, remove it.',
			name: 'whiteSpaceNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { apiSecret: [{ _cnd: { regex: '^\\s|\\s$' } }] } },
		},
		{
			displayName:
				"Signing (advanced). Simplize does not publish which text is signed. If the test below fails although key and secret are correct, use the Simplize node's operation Signing: Detect to find out what the server accepts.",
			name: 'signingNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Receive Window (Milliseconds)',
			name: 'recvWindow',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 60000 },
			default: 5000,
			description: 'How long after its timestamp a request is accepted, 1 to 60000',
		},
		{
			displayName: 'Signature Payload',
			name: 'signaturePayload',
			type: 'options',
			default: 'query+body',
			options: [
				{ name: 'Body (Query if There Is No Body)', value: 'body' },
				{ name: 'Query', value: 'query' },
				{ name: 'Query & Body (Joined by &)', value: 'query&body' },
				{ name: 'Query + Body (Directly Joined)', value: 'query+body' },
			],
			description: 'Which text is signed',
		},
		{
			displayName: 'Signature Encoding',
			name: 'signatureEncoding',
			type: 'options',
			default: 'hex',
			options: [
				{ name: 'Base64', value: 'base64' },
				{ name: 'Hex, Lower Case', value: 'hex' },
				{ name: 'Hex, Upper Case', value: 'hex-upper' },
			],
			description: 'How the signature is written',
		},
	];

	authenticate: IAuthenticate = authenticateSimplize;

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ ($credentials.baseUrl || "").trim().replace(new RegExp("/+$"), "") }}',
			url: '/api/general/v1/partner/users',
			qs: { page: 0, size: 1 },
		},
		rules: credentialTestRules('Simplize', {
			rejected:
				'Simplize rejected the request. Check API key, API secret and signing options; the operation Signing: Detect shows more',
			noApi:
				'There is no Simplize API at this base URL. Enter it as Simplize gave it to you, without the path that begins with /api; the sandbox ends with /simplize',
			unreadable: {
				field: 'data',
				message:
					'Simplize answered without data. Check base URL, API key, API secret and signing options; the operation Signing: Detect shows more',
			},
		}),
	};
}
