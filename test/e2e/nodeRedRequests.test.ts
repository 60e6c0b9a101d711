/** Requests that are over leave nothing behind that the end of their node could trip over. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { eventually, prepareHosts, recorder, startTestHost, tab } from './harness/nodeRedHost';

const LINES = [5, 4] as const;
const READS = 30;

let sandbox: Sandbox;

before(async () => {
	packPackages();
	await prepareHosts(...LINES);
	sandbox = await startSandbox({ transactions: 5 });
});

after(async () => {
	await sandbox.close();
});

function flows(userDir: string): FlowNode[] {
	const [portfolio] = sandbox.simplize.data.portfolios;
	const { apiKey, apiSecret } = sandbox.simplize;
	return [
		tab('t'),
		{ id: 'config', type: 'simplize-config', baseUrl: sandbox.simplizeUrl, credentials: { apiKey, apiSecret } },
		{
			id: 'go',
			type: 'inject',
			z: 't',
			props: [{ p: 'payload' }],
			payload: 'go',
			payloadType: 'str',
			wires: [['cash']],
		},
		{
			id: 'cash',
			type: 'simplize',
			z: 't',
			simplize: 'config',
			operation: 'cashHistory',
			externalUserId: portfolio?.externalUserId,
			externalUserIdType: 'str',
			portfolioId: String(portfolio?.id),
			portfolioIdType: 'str',
			wires: [['out']],
		},
		...recorder('t', userDir, 'out'),
	];
}

for (const line of LINES) {
	test(`Node-RED ${line} goes on after a redeploy behind many reads with a body, and after a check of the service`, async () => {
		const host = await startTestHost(line);
		try {
			const nodes = flows(host.userDir);
			await host.api.deploy(nodes);
			const done = (): number => host.records().filter(({ as }) => as === 'out').length;
			for (let read = 1; read <= READS; read++) {
				await host.api.inject('go');
				await eventually(`read ${read}`, () => done() >= read);
			}
			await host.api.deploy(nodes.map((node) => (node.id === 'cash' ? { ...node, name: 'again' } : node)));
			const report = await eventually(
				'a check, once the flows run again',
				async () => {
					const answer = await fetch(`${host.url}/saoke/simplize/check/config`);
					return answer.ok ? ((await answer.json()) as { exitCode: number }) : undefined;
				},
				60_000,
			);
			assert.equal(report.exitCode, 0);
			await host.api.inject('go');
			await eventually('a read after it', () => done() > READS);
			assert.equal(host.exitCode(), undefined, host.log().slice(-600));
		} finally {
			await host.dispose();
		}
	});
}
