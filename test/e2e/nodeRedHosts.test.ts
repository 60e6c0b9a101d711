/** The packed nodes in real Node-RED 5 and 4: deployments, restarts, a service that is down, load. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import { casso, delivery, getIds, getStatuses, poll, pollsDone, post, webhook } from './harness/nodeRedFlows';
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

		test('webhook and poll over redeploys, disabling, deletion, restart and a stop of the service', async () => {
			let host = await startTestHost(line);
			try {
				const nodes = [tab('t'), casso(sandbox), poll(), webhook(), ...recorder('t', host.userDir, 'polled', 'hooked')];
				await host.api.deploy(nodes);
				await pollsDone(host, 1);
				assert.equal(await post(host, delivery()), 200);
				const first = sandbox.casso.addTransaction({ amount: 1000, memo: 'before redeploys' });
				await eventually('first', () => getIds(host.records(), 'polled').includes(first.id), 15_000);
				for (const type of ['full', 'flows', 'nodes'] as const) {
					await host.api.deploy(
						nodes.map((node) => (node.id === 'poll' || node.id === 'hook' ? { ...node, name: type } : node)),
						type,
					);
					await pollsDone(host, 1);
					assert.equal(await post(host, delivery()), 200, type);
				}
				const deleted = nodes.filter(({ id }) => id !== 'hook');
				await host.api.deploy(deleted, 'nodes');
				assert.equal(await post(host, delivery()), 404, 'deleted');
				await host.api.deploy(
					nodes.map((node) => (node.id === 'hook' ? { ...node, d: true } : node)),
					'flows',
				);
				assert.equal(await post(host, delivery()), 404, 'disabled');
				await host.api.deploy(nodes, 'full');
				await pollsDone(host, 1);
				await host.stop();
				const whileDown = sandbox.casso.addTransaction({ amount: 2000, memo: 'while down' });
				host = await host.restart();
				await eventually('while down', () => getIds(host.records(), 'polled').includes(whileDown.id), 20_000);
				assert.deepEqual(getIds(host.records(), 'polled'), [first.id, whileDown.id], 'each once, nothing old');
			} finally {
				await host.dispose();
			}
		});

		test('the service is down at the start: a status, an error, no crash, and it catches up', async () => {
			const host = await startTestHost(line);
			try {
				sandbox.casso.faults.add({ kind: 'httpError', status: 500 });
				await host.api.deploy([
					tab('t'),
					casso(sandbox),
					poll({ backlogDays: '90' }),
					webhook({ dialects: 'both', register: true, casso: 'casso', publicUrl: host.url }),
					...recorder('t', host.userDir, 'polled', 'hooked'),
				]);
				await eventually(
					'error',
					() => host.records().find(({ as, error }) => as === 'catch' && error?.code === 'CASSO_API'),
					20_000,
				);
				await eventually('status', () => getStatuses(host).some((text) => text?.startsWith('500 · ⟳')), 20_000);
				sandbox.casso.faults.clear();
				await eventually('backlog', () => getIds(host.records(), 'polled').length >= 120, 40_000);
				assert.equal(host.exitCode(), undefined);
			} finally {
				sandbox.casso.faults.clear();
				await host.dispose();
			}
		});

		test('1,000 deliveries at 50 in parallel, forged ones between, each authentic one once', async () => {
			const host = await startTestHost(line);
			try {
				await host.api.deploy([tab('t'), webhook(), ...recorder('t', host.userDir, 'hooked')]);
				await eventually('route', async () => (await post(host, { body: '', headers: {} })) !== 404);
				const wanted = Array.from({ length: 1000 }, () => delivery());
				const queue = wanted.flatMap((authentic, at) =>
					at % 10 === 0 ? [authentic, authentic, delivery('wrong-key-'.repeat(7))] : [authentic],
				);
				const statuses: Record<number, number> = {};
				await Promise.all(
					Array.from({ length: 50 }, async () => {
						for (let next = queue.pop(); next; next = queue.pop()) {
							const status = await post(host, next);
							statuses[status] = (statuses[status] ?? 0) + 1;
						}
					}),
				);
				assert.deepEqual(statuses, { 200: 1100, 401: 100 });
				await eventually('all', () => getIds(host.records(), 'hooked').length >= 1000, 20_000);
				assert.deepEqual(getIds(host.records(), 'hooked').sort(), wanted.map(({ id }) => id).sort());
			} finally {
				await host.dispose();
			}
		});
	});
}
