/** The credential `cassoApi` as n8n uses it: its test, its header, and the one host that it is for. */
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { ApiFault } from '@saoke/sandbox';
import { API_KEY, startCassoEngine, type CassoEngine } from './harness/casso';
import { byStatus, testCredential, type CredentialTestResult } from './harness/credentialTest';

let casso: CassoEngine;

beforeAll(async () => {
	casso = await startCassoEngine();
});
beforeEach(() => {
	casso.sandbox.casso.reset();
});
afterAll(async () => {
	await casso.sandbox.close();
});

const test = async (change: IDataObject = {}): Promise<CredentialTestResult> =>
	await testCredential(await casso.withCredential(change), 'cassoApi');

describe('the credential test', () => {
	it('passes with the right key, having asked for the user once', async () => {
		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(casso.requests()).toMatchObject([{ method: 'GET', path: '/v2/userInfo', query: {}, authScheme: 'Apikey' }]);
	});

	it('passes with an access token', async () => {
		expect((await test({ authentication: 'accessToken', accessToken: API_KEY, apiKey: '' })).status).toBe('OK');
		expect(casso.requests()).toMatchObject([{ authScheme: 'Bearer' }]);
	});

	it.each([(url: string) => `${url}/`, (url: string) => ` ${url}// `])(
		'passes whatever stands around the base URL',
		async (typed) => {
			expect((await test({ baseUrl: typed(casso.sandbox.cassoUrl) })).status).toBe('OK');
		},
	);

	it.each<[string, IDataObject]>([
		['a wrong key', { apiKey: 'wrong-key-000' }],
		['no key', { apiKey: ' ' }],
		['a key in the wrong field', { authentication: 'accessToken' }],
		['a base URL without encryption', { baseUrl: 'http://casso.example' }],
		['a base URL that is none', { baseUrl: 'casso' }],
	])('fails with %s', async (_case, change) => {
		const result = await test(change);
		expect(result.status).toBe('Error');
		expect(JSON.stringify(result)).not.toMatch(/c0ffee|wrong-key/);
	});

	it.each<ApiFault>([
		{ kind: 'errorEnvelope', error: 401, message: 'Unauthorized Access' },
		{ kind: 'errorEnvelope', error: 99, message: 'Busy' },
		{ kind: 'nullData' },
		{ kind: 'html', status: 200 },
		{ kind: 'httpError', status: 500 },
		{ kind: 'reset', afterBytes: 0 },
	])('fails with %p, HTTP 200 or not', async (fault) => {
		casso.sandbox.casso.faults.add(fault);
		expect((await test()).status).toBe('Error');
	});

	it.each<[string, IDataObject, string]>([
		['no key', { apiKey: ' ' }, 'The credential has no API key'],
		['a key with a space', { apiKey: 'AK CS' }, 'The API key contains a space or an invalid character'],
		...['oauth.casso.vn', 'localhost:4010/casso', 'http://casso.vn', 'AK_CS.0123'].map(
			(baseUrl): [string, IDataObject, string] => [
				`the base URL ${baseUrl}`,
				{ baseUrl },
				'The base URL must begin with https:// (http:// only for this machine), such as https://oauth.casso.vn',
			],
		),
		['an address that is none', { baseUrl: 'https://' }, 'The base URL is not a valid address'],
		[
			'a version',
			{ baseUrl: 'https://oauth.casso.vn/v2' },
			'The base URL must not end with a version such as /v2: the version is added automatically',
		],
	])('says what to do: %s', async (_what, change, message) => {
		expect(await test(change)).toEqual({ status: 'Error', message });
	});

	it('names a wrong key, the base URL if there is no API, and both if the answer is no user', async () => {
		expect((await test({ apiKey: 'wrong-key-000' })).message).toMatch(
			byStatus(/^Casso rejected this key\. Copy it again from Settings \(Thiết lập\) → API Keys$/),
		);
		expect((await test({ baseUrl: `${casso.sandbox.cassoUrl}/nothing` })).message).toMatch(
			byStatus(/^There is no Casso API at this base URL\. Casso is at https:\/\/oauth\.casso\.vn, without \/v2/),
		);
		casso.sandbox.casso.quirks.set({ errorStatus: 'always200' });
		expect((await test({ apiKey: 'wrong-key-000' })).message).toMatch(
			/^Casso answered without a user\. Copy the key again from .* API Keys, and check the base URL$/,
		);
	});

	it.each([
		[302, /^This base URL redirects to another address/],
		[403, /^Casso accepted the key but does not allow this/],
		[429, /^Too many requests\. Wait a minute/],
		[500, /^Casso is unavailable, which says nothing about the key/],
		[503, /^Casso is unavailable, which says nothing about the key/],
	])('says what %d means', async (status, message) => {
		casso.sandbox.casso.faults.add({ kind: 'httpError', status });
		expect((await test()).message).toMatch(byStatus(message));
	});

	it('an empty base URL means the public API', () => {
		const { test: declared } = casso.engine.credentialType('cassoApi');
		const expression = String(declared?.request.baseURL);
		const code = /^=\{\{(.*)\}\}$/s.exec(expression)?.[1] ?? '';
		const workflow = casso.engine.workflow(casso.casso({}));
		for (const baseUrl of ['', '  ', '/', undefined]) {
			const value = workflow.expression.getParameterValue(
				`={{${code.replaceAll('$credentials', `(${JSON.stringify({ baseUrl })})`)}}}`,
				null,
				0,
				0,
				'Under Test',
				[],
				'manual',
				{},
			);
			expect(value).toBe('https://oauth.casso.vn');
		}
	});
});

describe('the header', () => {
	type Options = IHttpRequestOptions & { uri?: string; followRedirect?: boolean };
	const authenticate = async (
		options: Partial<Options>,
		credential: ICredentialDataDecryptedObject = {},
	): Promise<Options> => {
		const type = casso.engine.credentialType('cassoApi').authenticate;
		if (typeof type !== 'function') throw new Error('The credential has no function of its own');
		return await type(
			{ authentication: 'apiKey', apiKey: API_KEY, baseUrl: 'https://oauth.casso.vn/', ...credential },
			options as Options,
		);
	};

	it.each<[string, Partial<Options>]>([
		['a node', { url: 'https://oauth.casso.vn/v2/userInfo' }],
		['a credential test', { baseURL: 'https://oauth.casso.vn', url: '/v2/userInfo' }],
		['the HTTP Request node', { uri: 'https://oauth.casso.vn/v2/userInfo' }],
		['another case of the host', { url: 'https://OAUTH.casso.VN/v2/userInfo' }],
	])('is added for %s, and redirects are not followed', async (_case, options) => {
		const result = await authenticate({ ...options, headers: { 'x-own': '1' } });
		expect(result.headers).toEqual({ 'x-own': '1', Authorization: `Apikey ${API_KEY}` });
		expect([result.disableFollowRedirect, result.followRedirect]).toEqual([true, false]);
	});

	it('never changes what it was given', async () => {
		const options = { url: 'https://oauth.casso.vn/v2/userInfo', headers: {} };
		await authenticate(options);
		expect(options).toEqual({ url: 'https://oauth.casso.vn/v2/userInfo', headers: {} });
	});

	it.each<[string, Partial<Options>]>([
		['another host', { url: 'https://evil.example/v2/userInfo' }],
		['a host that begins like it', { url: 'https://oauth.casso.vn.evil.example/' }],
		['it as a user name', { url: 'https://oauth.casso.vn@evil.example/' }],
		['it without encryption', { url: 'http://oauth.casso.vn/v2/userInfo' }],
		['another port', { url: 'https://oauth.casso.vn:8443/v2/userInfo' }],
		['the older shape', { uri: 'https://evil.example/' }],
		['a base URL elsewhere', { baseURL: 'https://evil.example', url: '/v2/userInfo' }],
		['an address that leaves the base URL', { baseURL: 'https://oauth.casso.vn', url: 'https://evil.example/' }],
		['an address without a scheme', { baseURL: 'https://oauth.casso.vn', url: '//evil.example/' }],
		['an address that some read as a path', { baseURL: 'https://oauth.casso.vn', url: 'https:evil.example/' }],
		['the same without a base', { url: 'https:evil.example/' }],
		['backslashes', { baseURL: 'https://oauth.casso.vn', url: '\\\\evil.example/' }],
		['a data address', { url: 'data:text/plain,x' }],
		['a path alone', { url: '/v2/userInfo' }],
		['no address', {}],
	])('is refused to %s', async (_case, options) => {
		const attempt = authenticate(options);
		await expect(attempt).rejects.toThrow('The Casso credential is only valid for https://oauth.casso.vn');
		await expect(attempt).rejects.toThrow(
			expect.not.objectContaining({ message: expect.stringContaining('c0ffee') as string }) as Error,
		);
	});

	it.each<ICredentialDataDecryptedObject>([
		{ apiKey: '' },
		{ apiKey: 'a\nb' },
		{ authentication: 'accessToken', accessToken: '' },
		{ baseUrl: 'http://casso.example' },
	])('is not made of %p', async (credential) => {
		await expect(authenticate({ url: 'https://oauth.casso.vn/v2/userInfo' }, credential)).rejects.toThrow();
	});
});
