/** Every node of the packed package in real Node-RED 5 and 4, also beside another package that has a got of its own. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import { casso, getIds, inject } from './harness/nodeRedFlows';
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

		test('every type loads, and accounts, transactions, payment codes, matching and Simplize answer', async () => {
			const host = await startTestHost(line);
			try {
				const set = (await host.api.nodeSets()).find(({ module }) => module === '@saoke/node-red-saoke');
				assert.equal(set?.err, undefined);
				assert.deepEqual(set?.types.toSorted(), [
					'casso-accounts',
					'casso-config',
					'casso-match',
					'casso-poll',
					'casso-qr',
					'casso-transactions',
					'casso-webhook',
					'simplize',
					'simplize-config',
				]);
				const [portfolio] = sandbox.simplize.data.portfolios;
				for (const memo of ['MBVCB.1.dh 777 tra tien', 'an trua'])
					sandbox.casso.addTransaction({ amount: 4242, memo, silent: true });
				await host.api.deploy([
					tab('t'),
					casso(sandbox),
					inject('accounts', 'each', 'pages', 'coded', 'cash'),
					{
						id: 'simplizeConfig',
						type: 'simplize-config',
						baseUrl: sandbox.simplizeUrl,
						credentials: { apiKey: sandbox.simplize.apiKey, apiSecret: sandbox.simplize.apiSecret },
					},
					{
						id: 'accounts',
						type: 'casso-accounts',
						z: 't',
						casso: 'casso',
						operation: 'getAll',
						wires: [['accountsOut']],
					},
					{
						id: 'each',
						type: 'casso-transactions',
						z: 't',
						casso: 'casso',
						operation: 'getAll',
						delivery: 'each',
						period: 'custom',
						fromDate: '90',
						fromDateType: 'daysAgo',
						toDate: '0',
						toDateType: 'daysAgo',
						wires: [['eachOut']],
					},
					{
						id: 'pages',
						type: 'casso-transactions',
						z: 't',
						casso: 'casso',
						operation: 'getAll',
						delivery: 'page',
						period: 'custom',
						fromDate: '90',
						fromDateType: 'daysAgo',
						toDate: '0',
						toDateType: 'daysAgo',
						wires: [['join']],
					},
					{
						id: 'coded',
						type: 'casso-transactions',
						z: 't',
						casso: 'casso',
						operation: 'getAll',
						period: 'custom',
						fromDate: '1',
						fromDateType: 'daysAgo',
						toDate: '0',
						toDateType: 'daysAgo',
						minAmount: '4242',
						minAmountType: 'num',
						maxAmount: '4242',
						maxAmountType: 'num',
						paymentCode: 'DH',
						wires: [['codedOut', 'match']],
					},
					{
						id: 'match',
						type: 'casso-match',
						z: 't',
						orders: '[{"code":"DH777","amount":4242},{"code":"DH778","amount":1}]',
						ordersType: 'json',
						wires: [['matched'], ['strangers']],
					},
					{ id: 'join', type: 'join', z: 't', mode: 'auto', build: 'object', wires: [['joined']] },
					{
						id: 'cash',
						type: 'simplize',
						z: 't',
						simplize: 'simplizeConfig',
						operation: 'cashHistory',
						externalUserId: portfolio?.externalUserId,
						externalUserIdType: 'str',
						portfolioId: String(portfolio?.id),
						portfolioIdType: 'str',
						wires: [['cashOut']],
					},
					...recorder(
						't',
						host.userDir,
						'accountsOut',
						'eachOut',
						'joined',
						'codedOut',
						'matched',
						'strangers',
						'cashOut',
					),
				]);
				await host.api.inject('go');
				const readList = async (as: string): Promise<unknown[]> =>
					(await eventually(as, () => host.records().find((record) => record.as === as))).payload as unknown[];
				assert.equal((await readList('accountsOut')).length, 4);
				const all = sandbox.casso.data.transactions.size;
				assert.equal((await readList('joined')).length, all, 'Join puts the pages together to one list');
				await eventually('each', () => getIds(host.records(), 'eachOut').length === all);
				assert.ok((await readList('cashOut')).length > 0);
				assert.deepEqual(
					(await readList('codedOut')).map((one) => (one as { paymentCode: string | null }).paymentCode).sort(),
					['DH777', null],
				);
				assert.deepEqual(
					(await readList('matched')).map((one) => (one as { status: string }).status),
					['paid', 'unpaid'],
				);
				assert.deepEqual(
					(await readList('strangers')).map((one) => (one as { reason: string }).reason),
					['noCode'],
				);
				assert.deepEqual(
					host.records().filter(({ as }) => as === 'catch'),
					[],
				);
			} finally {
				await host.dispose();
			}
		});
	});
}

test('Node-RED 5 beside an ES module package that imports another got', async () => {
	sandbox = await startSandbox({ transactions: 5 });
	const { mkdtempSync } = await import('node:fs');
	const { tmpdir } = await import('node:os');
	const userDir = mkdtempSync(path.join(tmpdir(), 'saoke-esm-'));
	const other = path.join(userDir, 'node_modules', 'node-red-contrib-other');
	mkdirSync(path.join(other, 'node_modules', 'got'), { recursive: true });
	writeFileSync(
		path.join(other, 'package.json'),
		JSON.stringify({
			name: 'node-red-contrib-other',
			version: '1.0.0',
			type: 'module',
			'node-red': { nodes: { other: 'other.js' } },
		}),
	);
	writeFileSync(
		path.join(other, 'node_modules', 'got', 'package.json'),
		JSON.stringify({ name: 'got', version: '16.1.0', type: 'module', exports: './index.js' }),
	);
	writeFileSync(
		path.join(other, 'node_modules', 'got', 'index.js'),
		'await new Promise((resolve) => setTimeout(resolve, 50));\nexport default function got() {}\n',
	);
	writeFileSync(
		path.join(other, 'other.js'),
		"import got from 'got';\nexport default function (RED) { RED.nodes.registerType('other', function (config) { RED.nodes.createNode(this, config); this.got = got; }); }\n",
	);
	writeFileSync(path.join(other, 'other.html'), '');
	const host = await startTestHost(5, { userDir });
	try {
		const ours = (await host.api.nodeSets()).find(({ module }) => module === '@saoke/node-red-saoke');
		assert.equal(ours?.err, undefined);
		assert.equal(ours?.types.length, 9);
		assert.ok(existsSync(path.join(other, 'other.js')));
	} finally {
		await host.dispose();
		await sandbox.close();
	}
});
