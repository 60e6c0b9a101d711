/** Real Node-RED 5 and 4 with roots, middleware and passwords, and secrets that stay secret. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import { casso, delivery, getIds, inject, KEY, poll, pollsDone, post, webhook } from './harness/nodeRedFlows';
import { eventually, prepareHosts, recorder, startTestHost, tab } from './harness/nodeRedHost';

const LINES = [5, 4] as const;

let sandbox: Sandbox;

before(async () => {
	packPackages();
	await prepareHosts(...LINES);
});

for (const line of LINES) {
	void describe(`Node-RED ${line}`, () => {
		before(async () => {
			sandbox = await startSandbox({ transactions: 120, retryGapsMs: [] });
		});
		after(async () => {
			await sandbox.close();
		});

		test('roots, middleware, a guarded admin side, a password in front, and no public side', async () => {
			const rooted = await startTestHost(line, {
				settings: { httpAdminRoot: '/admin', httpNodeRoot: '/api' },
				settingsCode:
					"settings.httpNodeMiddleware = (req, res, next) => { res.setHeader('x-middleware', 'yes'); setTimeout(next, 5); };",
			});
			try {
				const api = `${rooted.url}/admin`;
				const flows = [tab('t'), webhook(), ...recorder('t', rooted.userDir, 'hooked')].map((node, at) =>
					node.z === undefined ? node : { x: 100, y: at * 40, ...node },
				);
				const deployed = await fetch(`${api}/flows`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(flows),
				});
				assert.equal(deployed.status, 204);
				const sent = delivery();
				const response = await eventually('route', async () => {
					const answer = await fetch(`${rooted.url}/api/casso/e2e`, {
						method: 'POST',
						body: sent.body,
						headers: sent.headers,
					});
					return answer.status === 404 ? undefined : answer;
				});
				assert.equal(response.status, 200);
				assert.equal(response.headers.get('x-middleware'), 'yes');
				await eventually('message', () => getIds(rooted.records(), 'hooked').includes(sent.id));
			} finally {
				await rooted.dispose();
			}
			const guarded = await startTestHost(line, {
				settings: {
					adminAuth: { type: 'credentials', users: [{ username: 'owner', password: 'no-hash', permissions: '*' }] },
				},
			});
			try {
				assert.equal((await fetch(`${guarded.url}/saoke/casso/accounts/casso`)).status, 401);
				const typed = {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ apiKey: 'k', baseUrl: sandbox.cassoUrl }),
				};
				assert.equal((await fetch(`${guarded.url}/saoke/casso/accounts`, typed)).status, 401);
			} finally {
				await guarded.dispose();
			}
			const hashOfSecret = '$2b$04$8PRQxJ5F7n0vJ0b7pYcE9uQ0i9cO0w2nq8m8D0gNqk4y2jv7mW8pK';
			const closed = await startTestHost(line, { settings: { httpNodeAuth: { user: 'shop', pass: hashOfSecret } } });
			try {
				await closed.api.deploy([tab('t'), webhook(), ...recorder('t', closed.userDir, 'hooked')]);
				await eventually('warning', () => closed.log().includes('httpNodeAuth'));
				assert.equal(await post(closed, delivery()), 401);
			} finally {
				await closed.dispose();
			}
			const without = await startTestHost(line, { settings: { httpNodeRoot: false } });
			try {
				await without.api.deploy([tab('t'), webhook(), ...recorder('t', without.userDir, 'hooked')]);
				await eventually('error', () =>
					without.records().some(({ as, error }) => as === 'catch' && /public routes/.test(error?.message ?? '')),
				);
			} finally {
				await without.dispose();
			}
		});

		test('keys are nowhere: not in flows, credentials in the clear, logs, statuses, admin answers or state', async () => {
			const host = await startTestHost(line, { env: { CASSO_KEY_OF_TEST: sandbox.apiKey } });
			try {
				const secrets = [sandbox.apiKey, KEY, sandbox.simplize.apiSecret, sandbox.simplize.apiKey];
				const [portfolio] = sandbox.simplize.data.portfolios;
				await host.api.deploy([
					tab('t'),
					{ ...casso(sandbox), credentials: { apiKey: '${CASSO_KEY_OF_TEST}' } },
					poll(),
					webhook({ secondOutput: true, outputs: 2, wires: [['hooked'], ['hooked']] }),
					inject('list', 'cash'),
					{ id: 'list', type: 'casso-transactions', z: 't', casso: 'casso', operation: 'getAll', wires: [['listed']] },
					{
						id: 'simplizeConfig',
						type: 'simplize-config',
						baseUrl: sandbox.simplizeUrl,
						credentials: { apiKey: sandbox.simplize.apiKey, apiSecret: sandbox.simplize.apiSecret },
					},
					{
						id: 'cash',
						type: 'simplize',
						z: 't',
						simplize: 'simplizeConfig',
						operation: 'cashHistory',
						externalUserId: portfolio?.externalUserId,
						externalUserIdType: 'str',
						portfolioId: '1',
						portfolioIdType: 'str',
						wires: [['listed']],
					},
					...recorder('t', host.userDir, 'polled', 'hooked', 'listed'),
				]);
				await pollsDone(host, 1);
				sandbox.casso.faults.add({ kind: 'httpError', status: 401, message: `bad key ${sandbox.apiKey}` });
				await host.api.inject('go');
				await post(host, delivery('wrong'.repeat(9)));
				await eventually('errors', () => host.records().filter(({ as }) => as === 'catch').length >= 2, 20_000);
				sandbox.casso.faults.clear();
				const answers = await Promise.all(
					[
						'/flows',
						'/credentials/casso-config/casso',
						'/credentials/casso-webhook/hook',
						'/credentials/simplize-config/simplizeConfig',
						'/saoke/casso/accounts/casso',
						'/saoke/casso/accounts/none',
						'/settings',
						'/nodes',
					].map(async (place) => await (await fetch(host.url + place)).text()),
				);
				assert.match(answers[4] ?? '', /"label"/);
				const files = filesIn(host.userDir).filter((file) => !file.includes('node_modules'));
				const everything = [...answers, host.log(), ...files.map((file) => readFileSync(file, 'utf8'))].join('\n');
				for (const secret of secrets)
					assert.equal(
						everything.includes(secret),
						false,
						`a secret was found near: ${everything.slice(Math.max(0, everything.indexOf(secret) - 300), everything.indexOf(secret))}`,
					);
				assert.doesNotMatch(everything, /signature=/);
			} finally {
				sandbox.casso.faults.clear();
				await host.dispose();
			}
		});
	});
}

function filesIn(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const file = path.join(folder, name);
		return statSync(file).isDirectory() ? (name === 'node_modules' ? [] : filesIn(file)) : [file];
	});
}
