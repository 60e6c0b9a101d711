/** One call: what is sent, and how the envelope is opened (casso-api 1 and 3). */
import {
	ApiError,
	getUserInfo,
	isNotFound,
	isOutage,
	NetworkError,
	ParameterError,
	deleteWebhook,
	getAccounts,
	type CassoConnection,
	type HttpRequest,
	type HttpResponse,
} from '@saoke/core';
import { callCasso } from '../../../packages/core/src/casso/client';

const AUTH_KEY = 'AK_CS.0123456789abcdef';

function answering(response: Partial<HttpResponse>): { connection: CassoConnection; sent: HttpRequest[] } {
	const sent: HttpRequest[] = [];
	const connection: CassoConnection = {
		baseUrl: 'https://oauth.casso.vn',
		secrets: [AUTH_KEY],
		runtime: { now: () => 0, random: () => 0, sleep: async () => await Promise.resolve() },
		transport: async (request) => {
			sent.push(request);
			return await Promise.resolve({
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: '',
				...response,
			});
		},
	};
	return { connection, sent };
}

const get = async (response: Partial<HttpResponse>): Promise<unknown> =>
	await callCasso(answering(response).connection, { method: 'GET', path: '/userInfo' });
const failure = async (response: Partial<HttpResponse>, method: 'GET' | 'POST' = 'GET'): Promise<ApiError> => {
	const error: unknown = await callCasso(answering(response).connection, { method, path: '/userInfo' }).catch(
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof ApiError)) throw new Error(`expected an ApiError, got ${String(error)}`);
	return error;
};

describe('a success', () => {
	it.each([
		['error 0', '{"error":0,"message":"success","data":{"a":1}}', { a: 1 }],
		['another message: it is never compared', '{"error":0,"message":"Successful","data":[1]}', [1]],
		['error "0" as text', '{"error":"0","data":5}', 5],
		['data of null', '{"error":0,"message":"success","data":null}', null],
		['no data', '{"error":0,"message":"success"}', null],
		['no error key beside data', '{"data":{"a":1}}', { a: 1 }],
	])('%s', async (_case, body, expected) => {
		await expect(get({ body })).resolves.toEqual(expected);
	});

	it.each([200, 201, 202, 204])('HTTP %d', async (status) => {
		await expect(get({ status, body: '{"error":0,"data":7}' })).resolves.toBe(7);
	});

	it.each(['', ' \n'])('an empty body after a write: %p', async (body) => {
		const { connection } = answering({ status: 204, body });
		await expect(deleteWebhook(connection, 5)).resolves.toBeUndefined();
	});
});

describe('a failure', () => {
	it.each<[string, Partial<HttpResponse>]>([
		['the documented 401', { status: 401, body: '{"error":401,"message":"Unauthorized Access","data":null}' }],
		['the same with HTTP 200', { body: '{"error":401,"message":"Unauthorized Access","data":null}' }],
		['an error beside data', { body: '{"error":5,"message":"partly","data":{"a":1}}' }],
		['an error as text', { body: '{"error":"12","message":"Webhook not exists"}' }],
		['an error in words', { body: '{"error":"E_DENIED","data":{}}' }],
		['an error of null', { body: '{"error":null,"data":{}}' }],
		['an error of true', { body: '{"error":true,"data":{}}' }],
		['error 0 with HTTP 500', { status: 500, body: '{"error":0,"message":"success","data":{}}' }],
		['a redirect', { status: 302, headers: { location: 'https://evil.example' } }],
		['an HTML page', { headers: { 'content-type': 'text/html' }, body: '<html>login</html>' }],
		['an empty answer to a read', { body: '' }],
		['a list', { body: '[]' }],
		['null', { body: 'null' }],
		['a number', { body: '0' }],
		['a text', { body: '"success"' }],
		['an object that is no envelope', { body: '{"message":"success"}' }],
		['half an envelope', { body: '{"error":0,"data":{' }],
	])('%s', async (_case, response) => {
		await expect(get(response)).rejects.toBeInstanceOf(ApiError);
	});

	it('names HTTP status, error, message, method and path', async () => {
		const error = await failure({ status: 403, body: '{"error":40301,"message":"No such right","data":null}' });
		expect(error.message).toBe('Casso refused GET /v2/userInfo (HTTP 403, error 40301): No such right');
		expect(error.failure).toMatchObject({
			method: 'GET',
			path: '/v2/userInfo',
			httpStatus: 403,
			serviceCode: 40301,
			serviceMessage: 'No such right',
		});
	});

	it('describes an answer that is no envelope, without quoting it', async () => {
		const error = await failure({
			status: 502,
			headers: { 'content-type': 'text/html; charset=utf-8' },
			body: '<html>x</html>',
		});
		expect(error.message).toBe(
			"Casso refused GET /v2/userInfo (HTTP 502): the response is not Casso's JSON envelope (text/html, 14 characters)",
		);
	});

	it('never holds the key, even where Casso echoes it', async () => {
		const message = `${'x'.repeat(290)} bad key ${AUTH_KEY}`;
		const error = await failure({ status: 401, body: JSON.stringify({ error: 401, message, data: null }) });
		expect(JSON.stringify([error, error.message, error.stack])).not.toContain(AUTH_KEY.slice(0, 8));
	});

	it('never holds the token of a registration, even where Casso echoes it', async () => {
		const { connection } = answering({
			status: 400,
			body: '{"error":400,"message":"token tok-0123456789 is too weak"}',
		});
		const call = callCasso(connection, { method: 'POST', path: '/webhooks', body: { secure_token: 'tok-0123456789' } });
		await expect(call).rejects.toThrow('token ******** is too weak');
	});

	it('quotes no more than 300 characters of the service', async () => {
		const error = await failure({ status: 400, body: JSON.stringify({ error: 1, message: 'm'.repeat(5000) }) });
		expect(error.failure.serviceMessage).toHaveLength(300);
	});

	it('tells how long to wait', async () => {
		const error = await failure({ status: 429, headers: { 'retry-after': '90' }, body: '{"error":429}' }, 'POST');
		expect(error.failure.retryAfterMs).toBe(90_000);
	});

	it.each<[number, string, RegExp]>([
		[401, '{"error":401}', /Check the key/],
		[200, '{"error":401}', /Check the key/],
		[403, '{"error":1}', /may not do this/],
		[404, '{"error":404}', /check the id/],
		[200, '{"error":404}', /check the id/],
		[200, '{"error":12,"message":"Webhook not exists"}', /check the id/],
		[400, '{"error":12,"message":"Webhook not exists"}', /check the id/],
		[429, '{"error":429}', /Too many requests/],
		[500, '{"error":1}', /again in a few minutes/],
		[503, '<html>', /again in a few minutes/],
		[200, '<html>', /check the base URL/],
		[400, '{"error":77}', /check the parameters/],
	])('HTTP %d with %s says what to do next', async (status, body, hint) => {
		expect((await failure({ status, body }, 'POST')).hint).toMatch(hint);
	});

	it.each<[number, string, boolean]>([
		[404, '{"error":404}', true],
		[410, '', true],
		[200, '{"error":404}', true],
		[200, '{"error":12}', true],
		[404, '<html>', true],
		[400, '{"error":404}', false],
		[401, '{"error":401}', false],
		[500, '{"error":500}', false],
	])('HTTP %d with %s: not found is %p', async (status, body, expected) => {
		expect(isNotFound(await failure({ status, body }))).toBe(expected);
	});

	it.each<[number, string, boolean]>([
		[500, '{"error":500}', true],
		[503, '<html>', true],
		[429, '{"error":429}', true],
		[408, '', true],
		[200, '{"error":500}', true],
		[200, '<html>', true],
		[200, '{"error":401}', false],
		[401, '{"error":401}', false],
		[403, '<html>', false],
		[404, '<html>', false],
		[400, '{"error":77}', false],
	])('HTTP %d with %s: an outage is %p', async (status, body, expected) => {
		expect(isOutage(await failure({ status, body }, 'POST'))).toBe(expected);
	});

	it('takes a network that fails for an outage, and a wrong parameter for none', () => {
		expect(isOutage(new NetworkError('GET', '/', 'ECONNREFUSED'))).toBe(true);
		expect(isOutage(new ParameterError('direction', 'Unknown', 'Choose one.'))).toBe(false);
		expect(isOutage(new TypeError('a bug'))).toBe(false);
	});
});

describe('the request', () => {
	it('goes to /v2 under the base URL with JSON headers and no credentials of its own', async () => {
		const { connection, sent } = answering({ body: '{"error":0,"data":[]}' });
		await getAccounts({ ...connection, baseUrl: 'http://127.0.0.1:4010/casso' });
		expect(sent).toEqual([
			{
				method: 'GET',
				url: 'http://127.0.0.1:4010/casso/v2/accounts',
				headers: { accept: 'application/json', 'content-type': 'application/json' },
				timeoutMs: 30_000,
			},
		]);
	});

	it('leaves out what is empty and encodes the rest', async () => {
		const { connection, sent } = answering({ body: '{"error":0,"data":[]}' });
		await callCasso(connection, {
			method: 'GET',
			path: '/transactions',
			query: { a: undefined, b: '', c: 0, d: 'x&y=z #ă' },
		});
		expect(sent[0]?.url).toBe('https://oauth.casso.vn/v2/transactions?c=0&d=x%26y%3Dz%20%23%C4%83');
	});

	it('a delete announces no body', async () => {
		const { connection, sent } = answering({ body: '' });
		await deleteWebhook(connection, 114);
		expect(sent).toEqual([
			{
				method: 'DELETE',
				url: 'https://oauth.casso.vn/v2/webhooks/114',
				headers: { accept: 'application/json' },
				timeoutMs: 30_000,
			},
		]);
	});

	it('user info must be an object', async () => {
		await expect(getUserInfo(answering({ body: '{"error":0,"data":null}' }).connection)).rejects.toThrow('user info');
	});
});
