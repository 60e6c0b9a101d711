/**
 * What n8n's own HTTP Request node can do with our credentials in a real n8n: every release of the node, a proxy and
 * certificates of an attacker, headers, redirects, next pages. The key reaches its own origin or nobody.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startProxy, type Proxy } from './harness/readingProxy';
import { startScratch, type Scratch } from './harness/scratchN8n';

const CASSO_KEY = 'AK_CS.e2e0000c0ffee0000c0ffee0000.requests';
const SIMPLIZE_KEY = 'key-of-the-request-check';
const SIMPLIZE_SECRET = 'secret-of-the-request-check';
const CASSO = 'https://oauth.casso.vn';
const SIMPLIZE = 'https://partner.simplize.example';
const TRIGGER = 'When clicking ‘Execute workflow’';

let folder: string;
let installed: Proxy;
let attacker: Proxy;
let scratch: Scratch;
const credentials: Record<string, { id: string; name: string }> = {};

before(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'saoke-proxy-'));
	installed = await startProxy('The company');
	attacker = await startProxy('The attacker');
	const caFile = path.join(folder, 'ca.pem');
	writeFileSync(caFile, installed.ca);
	scratch = await startScratch({
		packages: ['n8n-nodes-casso', 'n8n-nodes-simplize'],
		env: {
			HTTPS_PROXY: installed.address,
			https_proxy: installed.address,
			NO_PROXY: '127.0.0.1,localhost',
			no_proxy: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: caFile,
		},
	});
	const { api } = scratch.n8n;
	const casso = { authentication: 'apiKey', apiKey: CASSO_KEY, baseUrl: CASSO };
	credentials.cassoApi = await api.putCredential('Casso', 'cassoApi', casso);
	credentials.loopback = await api.putCredential('Casso here', 'cassoApi', {
		...casso,
		baseUrl: scratch.sandbox.cassoUrl,
	});
	credentials.simplizePartnerApi = await api.putCredential('Simplize', 'simplizePartnerApi', {
		baseUrl: SIMPLIZE,
		apiKey: SIMPLIZE_KEY,
		apiSecret: SIMPLIZE_SECRET,
		recvWindow: 5000,
		signaturePayload: 'query+body',
		signatureEncoding: 'hex',
	});
	credentials.httpSslAuth = await api.putCredential('Own CA', 'httpSslAuth', { ca: attacker.ca });
});

after(async () => {
	await scratch.close();
	await installed.close();
	await attacker.close();
	rmSync(folder, { recursive: true, force: true });
});

/** One run of the HTTP Request node. */
async function request(
	type: 'cassoApi' | 'simplizePartnerApi',
	typeVersion: number,
	parameters: Record<string, unknown>,
	credential = credentials[type],
): Promise<{ status: string; data: string }> {
	const { api } = scratch.n8n;
	installed.seen.length = 0;
	attacker.seen.length = 0;
	const { id } = await api.createWorkflow({
		name: 'Request',
		nodes: [
			{
				id: 'a',
				name: TRIGGER,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'b',
				name: 'HTTP Request',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion,
				position: [200, 0],
				parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: type, ...parameters },
				credentials: {
					[type]: credential as { id: string; name: string },
					...(parameters.provideSslCertificates
						? { httpSslAuth: credentials.httpSslAuth as { id: string; name: string } }
						: {}),
				},
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'HTTP Request', type: 'main', index: 0 }]] } },
	});
	return await api.runToEnd(id, TRIGGER);
}

/** @returns addresses of the requests that carried a secret, at either proxy */
function leaks(origin: string): string[] {
	const isSecret = (text: string): boolean =>
		[CASSO_KEY, SIMPLIZE_KEY, SIMPLIZE_SECRET, 'signature='].some((secret) => text.includes(secret));
	const withSecret = (proxy: Proxy): string[] =>
		proxy.seen.filter((seen) => isSecret(JSON.stringify(seen))).map((seen) => seen.url);
	return [...withSecret(attacker), ...withSecret(installed).filter((url) => new URL(url).origin !== origin)];
}

function assertNothingKept(data: string): void {
	for (const secret of [CASSO_KEY, SIMPLIZE_KEY, SIMPLIZE_SECRET]) {
		assert.ok(!data.includes(secret), 'the stored execution holds a secret');
		assert.ok(!readFileSync(scratch.n8n.logFile, 'utf8').includes(secret), 'the log holds a secret');
	}
}

for (const typeVersion of [2, 3, 4, 4.1, 4.2, 4.3]) {
	test(`HTTP Request ${typeVersion} calls both services, through the proxy of the installation`, async () => {
		const casso = await request('cassoApi', typeVersion, { url: `${CASSO}/v2/userInfo` });
		assert.equal(casso.status, 'success', casso.data.slice(0, 2_000));
		assert.deepEqual(
			installed.seen.map((seen) => [seen.url, seen.headers.authorization]),
			[[`${CASSO}/v2/userInfo`, `Apikey ${CASSO_KEY}`]],
		);
		const simplize = await request('simplizePartnerApi', typeVersion, { url: `${SIMPLIZE}/api/x?a=1` });
		assert.equal(simplize.status, 'success', simplize.data.slice(0, 2_000));
		assert.equal(installed.seen[0]?.headers['x-api-key'], SIMPLIZE_KEY);
		assert.match(installed.seen[0]?.url ?? '', /^https:\/\/partner\.simplize\.example\/api\/x\?a=1&.*&signature=/);
	});
}

const attacks: [what: string, typeVersion: number, parameters: () => Record<string, unknown>, refusal: RegExp][] = [
	[
		'a proxy, without certificates',
		2,
		() => ({ allowUnauthorizedCerts: true, options: { proxy: attacker.address } }),
		/\\"(proxy|rejectUnauthorized)\\" cannot/,
	],
	['a proxy', 2, () => ({ options: { proxy: attacker.address } }), /\\"proxy\\" cannot/],
	[
		'a proxy, without certificates',
		3,
		() => ({ options: { proxy: attacker.address, allowUnauthorizedCerts: true } }),
		/\\"(proxy|rejectUnauthorized)\\" cannot/,
	],
	[
		'a proxy, without certificates',
		4.2,
		() => ({ options: { proxy: attacker.address, allowUnauthorizedCerts: true } }),
		/\\"(proxy|rejectUnauthorized)\\" cannot/,
	],
	[
		'no check of certificates',
		4.2,
		() => ({ options: { allowUnauthorizedCerts: true } }),
		/\\"rejectUnauthorized\\" cannot/,
	],
	[
		'a proxy and its CA',
		4.2,
		() => ({ provideSslCertificates: true, options: { proxy: attacker.address } }),
		/\\"(proxy|agentOptions)\\" cannot/,
	],
	['a CA', 4.2, () => ({ provideSslCertificates: true }), /\\"agentOptions\\" cannot/],
	[
		'another Host',
		4.2,
		() => ({ sendHeaders: true, headerParameters: { parameters: [{ name: 'Host', value: 'evil.example' }] } }),
		/The header \\"host\\" cannot/,
	],
	[
		'headers by method',
		4.2,
		() => ({
			sendHeaders: true,
			specifyHeaders: 'json',
			jsonHeaders: '{ "common": { "Host": "evil.example" } }',
		}),
		/The header \\"common\\" cannot/,
	],
	['a method that echoes', 4.2, () => ({ method: '={{ "TRACE" }}' }), /HTTP method cannot/],
];

for (const [service, type, origin] of [
	['Casso', 'cassoApi', CASSO],
	['Simplize', 'simplizePartnerApi', SIMPLIZE],
] as const) {
	for (const [what, typeVersion, parameters, refusal] of attacks) {
		test(`${service}: HTTP Request ${typeVersion} with ${what} is refused by name, and nothing is sent`, async () => {
			const { status, data } = await request(type, typeVersion, { url: `${origin}/v2/userInfo`, ...parameters() });
			assert.equal(status, 'error');
			assert.match(data, refusal);
			assert.deepEqual([attacker.seen, installed.seen], [[], []]);
			assertNothingKept(data);
		});
	}

	test(`${service}: neither a redirect nor a next page takes the key to another host`, async () => {
		for (const typeVersion of [2, 3, 4, 4.2]) {
			const options = {
				followRedirect: true,
				followAllRedirects: true,
				sendCredentialsOnCrossOriginRedirect: true,
				redirect: { redirect: { followRedirects: true, maxRedirects: 5 } },
			};
			await request(type, typeVersion, { url: `${origin}/redirect`, options });
			assert.deepEqual(
				installed.seen.map((seen) => new URL(seen.url).origin),
				[origin],
			);
		}
		const pagination = {
			paginationMode: 'responseContainsNextURL',
			nextURL: '={{ $response.body.data?.next ?? $request.uri }}',
			paginationCompleteWhen: 'other',
			completeExpression: '={{ $pageCount > 2 }}',
		};
		const paged = await request(type, 4.2, { url: `${origin}/pages`, options: { pagination: { pagination } } });
		assert.equal(paged.status, 'error');
		assert.deepEqual(leaks(origin), []);
		assertNothingKept(paged.data);
	});

	test(`${service}: an address that only looks like the credential's is refused`, async () => {
		const host = new URL(origin).host;
		for (const url of [
			`https://${host}@evil.example/`,
			`https://user:password@${host}/v2`,
			`https://${host}.evil.example/`,
			`https://${host}./v2`,
			`https://${host}:8443/v2`,
			`https://evil.example\\@${host}/`,
			`https://${host}\t.evil.example/`,
			`https:///evil.example/`,
		]) {
			const { status, data } = await request(type, 4.2, { url });
			assert.equal(status, 'error', url);
			assert.deepEqual([attacker.seen, installed.seen], [[], []], url);
			assertNothingKept(data);
		}
	});

	test(`${service}: a refusal of the service leaves no key behind, with and without Continue on Error`, async () => {
		const { status, data } = await request(type, 4.2, { url: `${origin}/refused` });
		assert.equal(status, 'error');
		assert.equal(installed.seen.length, 1);
		assertNothingKept(data);
	});
}

test('a proxy alone does not see a request to this machine', async () => {
	const url = `${scratch.sandbox.cassoUrl}/v2/userInfo`;
	const good = await request('cassoApi', 4.2, { url }, credentials.loopback);
	assert.equal(good.status, 'error', 'the sandbox has another key');
	const { status, data } = await request(
		'cassoApi',
		4.2,
		{ url, options: { proxy: attacker.address } },
		credentials.loopback,
	);
	assert.equal(status, 'error');
	assert.match(data, /\\"proxy\\" cannot/);
	assert.deepEqual(attacker.seen, []);
});
