/** The packed nodes in real Node-RED 5 and 4: unset variables, the editor's own paths, and the admin side. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { signWebhook } from '@saoke/core';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { packPackages } from '../../hosts/tarball';
import { eventually, prepareHosts, recorder, startTestHost, tab, type TestHost } from './harness/nodeRedHost';

const LINES = [5, 4] as const;
const UNSET = '${SAOKE_E2E_KEY}';

let sandbox: Sandbox;

before(async () => {
	packPackages();
	await prepareHosts(...LINES);
	sandbox = await startSandbox({ transactions: 5 });
});

after(async () => {
	await sandbox.close();
});

function webhook(change: Record<string, unknown> = {}): FlowNode {
	return {
		id: 'hook',
		type: 'casso-webhook',
		z: 't',
		path: '/casso/e2e',
		dialects: 'v2',
		credentials: { securityKey: UNSET },
		wires: [['hooked']],
		...change,
	};
}

async function forge(host: TestHost, key: string, place = '/casso/e2e'): Promise<number> {
	const data = { id: 999, amount: 999_999_999, description: 'DH1', accountNumber: '0071' };
	const body = JSON.stringify({ error: 0, data });
	const headers = {
		'content-type': 'application/json',
		...signWebhook(body, { securityKey: key, signedAtMs: Date.now() }),
	};
	return (await fetch(host.url + place, { method: 'POST', body, headers })).status;
}

async function names(host: TestHost, source: string): Promise<void> {
	const hears = (): boolean => host.records().some(({ error }) => error?.cause?.source === source);
	await eventually(`Catch hears of ${source}`, hears);
}

for (const line of LINES) {
	void describe(`Node-RED ${line}`, () => {
		test('an unset variable is no key: in a flow and in a subflow, also if it is empty', async () => {
			const host = await startTestHost(line, { env: { SAOKE_E2E_EMPTY: '' } });
			try {
				const written = recorder('t', host.userDir, 'hooked');
				await host.api.deploy([tab('t'), webhook(), ...written]);
				await names(host, UNSET);
				assert.equal(await forge(host, UNSET), 401);
				await host.api.deploy([
					tab('t'),
					webhook({ credentials: { securityKey: '${SAOKE_E2E_EMPTY}' }, name: 'empty' }),
					...written,
				]);
				await names(host, '${SAOKE_E2E_EMPTY}');
				assert.equal(await forge(host, '${SAOKE_E2E_EMPTY}'), 401);
				const instance = (value: string): FlowNode[] => [
					tab('t'),
					{ id: 'sub', type: 'subflow', name: 's', in: [], out: [], env: [{ name: 'KEY', type: 'str', value: '' }] },
					webhook({ id: 'inner', z: 'sub', credentials: { securityKey: '${KEY}' }, wires: [] }),
					{ id: 'one', type: 'subflow:sub', z: 't', env: [{ name: 'KEY', type: 'env', value }], wires: [] },
					...written,
				];
				await host.api.deploy(instance('SAOKE_E2E_NOPE'));
				await eventually('a refusal', async () => (await forge(host, '${KEY}')) === 401);
				assert.equal(await forge(host, '${SAOKE_E2E_NOPE}'), 401);
				await names(host, '${KEY}');
				await host.api.deploy(
					instance('NR_NODE_ID').map((node) =>
						node.id === 'one' ? { ...node, env: getKey('set-in-the-subflow') } : node,
					),
				);
				await eventually('the key of the subflow', async () => (await forge(host, 'set-in-the-subflow')) === 200);
			} finally {
				await host.dispose();
			}
		});

		test('a webhook on a path of the editor is refused, and the editor stays', async () => {
			const host = await startTestHost(line);
			try {
				const credentials = { securityKey: 'a-key-of-the-test' };
				const written = recorder('t', host.userDir, 'hooked');
				await host.api.deploy([tab('t'), webhook({ path: '/flows', credentials }), ...written]);
				await eventually('error', () =>
					host.records().some(({ as, error }) => as === 'catch' && /editor/.test(error?.message ?? '')),
				);
				await host.api.deploy([tab('t'), webhook({ credentials }), ...written]);
				await eventually('the other path', async () => (await forge(host, 'a-key-of-the-test')) === 200);
			} finally {
				await host.dispose();
			}
		});

		test('a reader sees no accounts, and a form asks no other server', async () => {
			const readers = { type: 'credentials', users: [], default: { permissions: 'read' } };
			const host = await startTestHost(line, { settings: { adminAuth: readers } });
			try {
				assert.equal((await fetch(`${host.url}/flows`)).status, 200, 'an anonymous reader');
				assert.equal((await fetch(`${host.url}/saoke/casso/accounts/casso`)).status, 401);
			} finally {
				await host.dispose();
			}
			const open = await startTestHost(line);
			try {
				const asked = new URLSearchParams({ apiKey: sandbox.apiKey, baseUrl: sandbox.cassoUrl });
				const form = await fetch(`${open.url}/saoke/casso/accounts`, { method: 'POST', body: asked });
				assert.equal(form.status, 415);
				assert.equal(sandbox.casso.requests.list().length, 0);
				const json = await fetch(`${open.url}/saoke/casso/accounts`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(Object.fromEntries(asked)),
				});
				assert.equal(json.status, 200);
				sandbox.casso.requests.clear();
			} finally {
				await open.dispose();
			}
		});
	});
}

function getKey(value: string): { name: string; type: string; value: string }[] {
	return [{ name: 'KEY', type: 'str', value }];
}
