/** The credential's signing through n8n's own HTTP helpers: the three shapes of request that n8n makes. */
import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { byStatus, testCredential } from '../harness/credentialTest';
import { startRedirectServer } from './redirectServer';
import { closeAll, node, start, type Bench } from './support';

afterEach(closeAll);

const ANY = '/api/personalize/v1/partner/portfolio/detail/862';
const CASH = '/api/personalize/v1/partner/portfolio/cash-histories';

interface Answer {
	statusCode: number;
	body: { status: number; message: string; data?: unknown };
}

/** The older helper, which n8n's own HTTP Request node still calls. */
interface OlderHelpers {
	requestWithAuthentication: (type: string, options: object) => Promise<{ statusCode: number; body: unknown }>;
}

/** Sends as the HTTP Request node does: `uri`, `qs`, an object as body, redirects on. */
async function httpRequestNode({ engine }: Bench, options: IDataObject): Promise<Answer> {
	const context = engine.pollContext(engine.workflow(node('user', 'getAll')));
	const helpers = context.helpers as unknown as OlderHelpers;
	const shape = {
		headers: {},
		method: 'GET',
		gzip: true,
		followRedirect: true,
		followAllRedirects: true,
		resolveWithFullResponse: true,
		simple: false,
		timeout: 5000,
		...options,
	};
	const answer = await helpers.requestWithAuthentication.call(context, 'simplizePartnerApi', shape);
	const body = typeof answer.body === 'string' ? (JSON.parse(answer.body) as unknown) : answer.body;
	return { statusCode: answer.statusCode, body: body as Answer['body'] };
}

/** Sends as the node helper and the credential test do. */
async function helper({ engine }: Bench, options: Partial<IHttpRequestOptions>): Promise<Answer> {
	const context = engine.pollContext(engine.workflow(node('user', 'getAll')));
	const full = { returnFullResponse: true, ignoreHttpStatusErrors: true, url: '', ...options };
	return (await context.helpers.httpRequestWithAuthentication.call(
		context as unknown as IAllExecuteFunctions,
		'simplizePartnerApi',
		full,
	)) as Answer;
}

const createBody = (portfolioId: number): IDataObject => ({
	ticker: null,
	transactionTypes: null,
	fromDate: '01/01/2020',
	toDate: '31/12/2099',
	page: 0,
	size: 1,
	portfolioId,
});

describe('the test of the credential says what to do', () => {
	test.each([
		['the right one', {}, /^Connection successful!$/],
		['a wrong secret', { apiSecret: 'wrong' }, byStatus(/^Simplize rejected the request\. Check API key, API secret/)],
		['a wrong key', { apiKey: 'wrong' }, byStatus(/^Simplize rejected the request\. Check API key, API secret/)],
		['no secret', { apiSecret: '' }, /no API secret/],
		['no base URL', { baseUrl: '' }, /^The credential has no base URL$/],
		[
			'a base URL without a scheme',
			{ baseUrl: '127.0.0.1:4010' },
			/^The base URL must begin with https:\/\/ .*\/simplize$/,
		],
	])('%s', async (_what, change, message) => {
		const { engine } = await start({}, change);
		expect((await testCredential(engine, 'simplizePartnerApi')).message).toMatch(message);
	});

	test('a base URL without the API', async () => {
		const { engine, credential, sandbox } = await start();
		credential.baseUrl = sandbox.simplizeUrl.replace('/simplize', '/nothing');
		expect((await testCredential(engine, 'simplizePartnerApi')).message).toMatch(
			byStatus(/^There is no Simplize API at this base URL\. .* without the path that begins with \/api/),
		);
	});
});

describe('the HTTP Request node', () => {
	test('any endpoint by GET, with query parameters typed into the form', async () => {
		const bench = await start();
		const answer = await httpRequestNode(bench, {
			uri: `${bench.sandbox.simplizeUrl}${ANY}`,
			qs: { summary: 'true', externalUserId: 'USER015', other: 'live' },
		});
		expect(answer.statusCode).toBe(200);
		expect(bench.sandbox.simplize.calls.list()[0]).toMatchObject({
			contentType: null,
			query: expect.stringMatching(
				/^externalUserId=USER015&other=live&recvWindow=5000&summary=true&timestamp=\d+&signature=\*\*\*$/,
			) as string,
		});
	});

	test.each([
		["o'neil+vn/1&2=3%20", 902],
		['khách hàng 7', 901],
		['nhà-đầu-tư-🐉', 903],
	])('the user %s in the form and a JSON body', async (externalUserId, portfolioId) => {
		const bench = await start();
		for (const json of [true, false]) {
			const answer = await httpRequestNode(bench, {
				uri: `${bench.sandbox.simplizeUrl}${CASH}`,
				method: 'POST',
				qs: { externalUserId },
				body: createBody(portfolioId),
				json,
			});
			expect(answer.body).toMatchObject({ status: 200 });
		}
		expect(bench.sandbox.simplize.calls.list()[0]?.contentType).toBe('application/json');
	});

	test('parameters in the address, in the form, or in both', async () => {
		const bench = await start();
		const uri = `${bench.sandbox.simplizeUrl}${ANY}?summary=true`;
		expect((await httpRequestNode(bench, { uri, qs: { externalUserId: 'USER015' } })).statusCode).toBe(200);
		expect(
			(await httpRequestNode(bench, { uri: `${uri}&externalUserId=USER015&timestamp=1&signature=old`, qs: {} }))
				.statusCode,
		).toBe(200);
		const escaped = `${uri.replace('/862?', '/901?')}&externalUserId=kh%C3%A1ch+h%C3%A0ng%207`;
		expect((await httpRequestNode(bench, { uri: escaped })).statusCode).toBe(200);
	});

	test('a body written as text goes out as it was signed, its outer white space cut', async () => {
		const bench = await start();
		const body = `\n ${JSON.stringify(createBody(862), null, 2)} \n`;
		const answer = await httpRequestNode(bench, {
			uri: `${bench.sandbox.simplizeUrl}${CASH}`,
			method: 'POST',
			qs: { externalUserId: 'USER015' },
			body,
			headers: { 'content-type': 'application/json' },
		});
		expect(answer.body.status).toBe(200);
		expect(bench.sandbox.simplize.calls.list()[0]?.body).toBe(body.trim());
	});

	test('an unknown endpoint is signed too: it is not found, not refused', async () => {
		const bench = await start();
		const answer = await httpRequestNode(bench, {
			uri: `${bench.sandbox.simplizeUrl}/api/x/v1/partner/anything`,
			method: 'POST',
			body: {},
		});
		expect(answer.statusCode).toBe(404);
	});

	test('each page of its pagination is signed', async () => {
		const bench = await start();
		for (const page of [0, 1]) {
			const answer = await httpRequestNode(bench, {
				uri: `${bench.sandbox.simplizeUrl}/api/general/v1/partner/users`,
				qs: { page, size: 5 },
			});
			expect(answer.body.data).toHaveLength(page === 0 ? 5 : 4);
		}
		const marks = bench.sandbox.simplize.calls.list().map((call) => call.signatureMark);
		expect(new Set(marks).size).toBe(2);
	});

	test.each([
		['another host', { uri: 'http://127.0.0.1:9/api' }, 'only valid for'],
		['another host behind a user name', { uri: 'http://127.0.0.1:4010@127.0.0.1:9/api' }, 'only valid for'],
		['an address without slashes', { uri: 'http:example.com' }, 'only valid for'],
		['a form', { method: 'POST', form: { a: 1 } }, 'is a form'],
		['a multipart form', { method: 'POST', formData: { a: 1 } }, 'is a form'],
		[
			'a form by its content type',
			{ method: 'POST', body: 'a=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
			'is a form',
		],
		['text that is no JSON', { method: 'POST', body: 'hello' }, 'not valid JSON'],
		['a body with GET', { body: { a: 1 } }, 'has no body'],
		['a nested query value', { qs: { a: { b: 1 } } }, 'neither text nor number'],
	])('%s is refused before anything is sent', async (_what, options, reason) => {
		const bench = await start();
		await expect(httpRequestNode(bench, { uri: `${bench.sandbox.simplizeUrl}${ANY}`, ...options })).rejects.toThrow(
			reason,
		);
		expect(bench.sandbox.simplize.calls.list()).toEqual([]);
	});

	test('headers of the workflow neither replace the key nor carry the private one out', async () => {
		const bench = await start();
		const headers = { 'x-api-key': 'other', 'X-Saoke-Signing-Profile': 'query+body;hex', 'x-own': '1' };
		expect(
			(await httpRequestNode(bench, { uri: `${bench.sandbox.simplizeUrl}/api/general/v1/partner/users`, headers }))
				.statusCode,
		).toBe(200);
	});
});

describe('the node helper and the credential test', () => {
	test('the test of the credential: base URL, path and query apart', async () => {
		const bench = await start();
		const request = bench.engine.credentialType('simplizePartnerApi').test?.request as Partial<IHttpRequestOptions>;
		const baseURL = bench.sandbox.simplizeUrl;
		const answer = await helper(bench, { ...request, baseURL });
		expect(answer.body).toMatchObject({ status: 200, data: [{ id: 26 }] });
		expect(bench.sandbox.simplize.calls.list()[0]?.query).toMatch(/^page=0&recvWindow=5000&size=1&/);
	});

	test('a list in the query is written in the way that was asked for', async () => {
		const bench = await start();
		const names = async (options: Partial<IHttpRequestOptions>): Promise<string | undefined> => {
			await helper(bench, { url: `${bench.sandbox.simplizeUrl}/api/x`, qs: { id: ['1', '2'] }, ...options });
			return bench.sandbox.simplize.calls
				.list()
				.at(-1)
				?.query.replace(/&recvWindow.*/, '');
		};
		expect(await names({ arrayFormat: 'repeat' })).toBe('id=1&id=2');
		expect(await names({ arrayFormat: 'indices' })).toBe('id%5B0%5D=1&id%5B1%5D=2');
		expect(await names({})).toBe('id%5B%5D=1&id%5B%5D=2');
		expect(bench.sandbox.simplize.calls.list().map((call) => call.status)).toEqual([404, 404, 404]);
	});

	test('redirects are not followed: a signed address goes nowhere else', async () => {
		const bench = await start();
		const server = await startRedirectServer(bench.sandbox.simplizeUrl);
		bench.credential.baseUrl = server.url;
		const answer = await helper(bench, { url: `${server.url}/api/general/v1/partner/users` });
		expect(answer.statusCode).toBe(302);
		const older = await httpRequestNode(bench, { uri: `${server.url}/api/general/v1/partner/users`, json: true });
		expect(older.statusCode).toBe(302);
		expect(bench.sandbox.simplize.calls.list()).toEqual([]);
		await server.close();
	});
});
