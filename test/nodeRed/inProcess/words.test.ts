/** Texts of errors in Node-RED's words, and stores that forget. */
import { ApiError, checkBaseUrl, findParameterError, ParameterError } from '@saoke/core';
import { toFlowError } from '../../../packages/node-red-saoke/src/host/FlowError';
import type { NodeRed } from '../../../packages/node-red-saoke/src/host/nodeRed';
import { getForgetfulStores } from '../../../packages/node-red-saoke/src/host/stateStore';

test('errors are sentences with one full stop, and speak of connections, not of credentials', () => {
	const service = new ApiError({
		service: 'Casso',
		method: 'GET',
		path: '/v2/accounts',
		httpStatus: 401,
		serviceMessage: 'Bad credential.',
	});
	expect(toFlowError(service).message).toBe(
		'Casso refused GET /v2/accounts (HTTP 401): Bad credential. Check the key in the connection: it is missing, wrong or was deleted.',
	);
	const missing = new ParameterError('apiKey', 'The credential has no API key', 'Open the credential and enter it.');
	expect(toFlowError(missing).message).toBe('The connection has no API key. Open the connection and enter it.');
	const simplize = new ApiError({ service: 'Simplize', method: 'GET', path: '/api/x', httpStatus: 401 });
	expect(toFlowError(simplize).message).toMatch(
		/in the connection; the operation "Find the signing rule" of a simplize node tries them\.$/,
	);
});

test('a base URL that is not the API says so, for lists and not for records', () => {
	const hint = (path: string, serviceCode?: number): string =>
		new ApiError({ service: 'Casso', method: 'GET', path, httpStatus: 404, serviceCode }).hint;
	for (const path of ['/v2/accounts', '/x/v2/transactions', '/casso/v2/v2/userInfo']) {
		expect(hint(path)).toMatch(/no API at this address: check the base URL/);
		expect(hint(path, 404)).toMatch(/no API at this address/);
	}
	for (const path of ['/v2/transactions/12', '/v2/accounts/5', '/v2/accounts/5/transactions', '/v2/webhooks/3'])
		expect(hint(path, 404)).toMatch(/Nothing with this id/);
	for (const url of ['https://oauth.casso.vn/v2', 'https://oauth.casso.vn/v2/', 'http://127.0.0.1:4010/casso/v2//'])
		expect(() => checkBaseUrl(url)).toThrow(/must not end with a version/);
	expect(checkBaseUrl('https://proxy.example.com/v2/casso/')).toBe('https://proxy.example.com/v2/casso');
	try {
		checkBaseUrl('https://oauth.casso.vn/v2');
	} catch (error) {
		expect(findParameterError(error)?.parameter).toBe('baseUrl');
	}
});

test.each([
	[undefined, ['default', 'memory']],
	[{ default: { module: 'memory' }, disk: { module: 'localfilesystem' } }, ['default']],
	[{ default: 'memory', memory: { module: 'memory' }, disk: { module: 'localfilesystem' } }, ['default', 'memory']],
	[{ default: 'disk', disk: { module: 'localfilesystem' }, quick: { module: 'memory' } }, ['quick']],
	[{ default: 'memory' }, ['default']],
	[{ default: 'default' }, []],
])('stores of %j that forget at a restart: %j', (contextStorage, forgetful) => {
	expect(getForgetfulStores({ settings: { contextStorage } } as unknown as NodeRed)).toEqual(forgetful);
});
