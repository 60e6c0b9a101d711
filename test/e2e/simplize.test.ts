/** Simplize in a real n8n: its credential test, the two example workflows, and that neither secret nor signature is kept. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { N8nWorkflow } from '../../hosts/n8nApi';
import { ensureLedger, readExample, withCredentials } from '../../demo/start/workflows';
import { everySeconds } from './harness/pollTimes';
import { startScratch, type Scratch } from './harness/scratchN8n';

const TRIGGER = 'When clicking ‘Execute workflow’';

let scratch: Scratch;
let credential: { id: string; name: string };
let tableId: string;

before(async () => {
	scratch = await startScratch({
		packages: ['n8n-nodes-simplize'],
		sandbox: {
			transactions: 0,
			simplize: { apiKey: 'key-of-the-simplize-check', apiSecret: 'secret-of-the-simplize-check', cashDays: 300 },
		},
	});
	credential = await scratch.n8n.api.putCredential('Simplize', 'simplizePartnerApi', credentialData());
	tableId = await ensureLedger(scratch.n8n.api, 'portfolio-cash-history.json');
});

after(async () => {
	await scratch.close();
});

function credentialData(changes: Record<string, unknown> = {}): Record<string, unknown> {
	const { apiKey, apiSecret } = scratch.sandbox.simplize;
	return {
		baseUrl: scratch.sandbox.simplizeUrl,
		apiKey,
		apiSecret,
		recvWindow: 5000,
		signaturePayload: 'query+body',
		signatureEncoding: 'hex',
		...changes,
	};
}

async function run(workflow: N8nWorkflow): Promise<{ status: string; data: string }> {
	const { api } = scratch.n8n;
	const { id } = await api.createWorkflow(workflow);
	return await api.runToEnd(id, TRIGGER);
}

/** An example as a user of this sandbox would have it: its address, and the credential picked. */
function anyEndpointExample(): N8nWorkflow {
	const text = JSON.stringify(readExample('simplize-any-endpoint.json')).replaceAll(
		'http://127.0.0.1:4010/simplize',
		scratch.sandbox.simplizeUrl,
	);
	const workflow = JSON.parse(text) as N8nWorkflow;
	const nodes = workflow.nodes.map((node) =>
		node.type === 'n8n-nodes-base.httpRequest' ? { ...node, credentials: { simplizePartnerApi: credential } } : node,
	);
	return { ...workflow, nodes };
}

test('the credential test accepts the right secret and refuses a wrong one', async () => {
	const { api } = scratch.n8n;
	const good = await api.testCredential(credential.id, credential.name, 'simplizePartnerApi', credentialData());
	assert.deepEqual(good, { status: 'OK', message: 'Connection successful!' });
	const wrong = await api.testCredential(
		credential.id,
		credential.name,
		'simplizePartnerApi',
		credentialData({ apiSecret: 'wrong-secret' }),
	);
	assert.equal(wrong.status, 'Error');
	assert.match(wrong.message, /^Simplize rejected the request\. Check API key, API secret and signing options/);
	const noScheme = credentialData({ baseUrl: scratch.sandbox.simplizeUrl.replace('http://', '') });
	const unusable = await api.testCredential(credential.id, credential.name, 'simplizePartnerApi', noScheme);
	assert.match(unusable.message, /^The base URL must begin with https:\/\//);
	scratch.sandbox.simplize.faults.add({ kind: 'errorEnvelope', status: 401, count: 1 });
	const failing = await api.testCredential(credential.id, credential.name, 'simplizePartnerApi', credentialData());
	assert.match(failing.message, /answered without data/);
});

test("n8n's own HTTP Request node calls any signed endpoint, GET and POST", async () => {
	const { status, data } = await run(anyEndpointExample());
	assert.equal(status, 'success', data.slice(0, 2_000));
	const calls = scratch.sandbox.simplize.calls.list().slice(-2);
	assert.deepEqual(
		calls.map((call) => call.status),
		[200, 200],
	);
	assert.match(calls[0]?.query ?? '', /^externalUserId=USER015&recvWindow=5000&summary=false&timestamp=\d+&signature=/);
	assert.match(data, /totalPortfolioValue/);
});

test('portfolio cash history → ledger: every movement is a row, and a second run adds none', async () => {
	const example = withCredentials(readExample('portfolio-cash-history.json'), { simplizePartnerApi: credential });
	for (const name of ['first', 'second']) {
		const { status, data } = await run({ ...example, name });
		assert.equal(status, 'success', data.slice(0, 2_000));
		assert.equal((await scratch.n8n.api.rows(tableId)).count, scratch.sandbox.simplize.data.getCash(862).length);
	}
	const [movement] = scratch.sandbox.simplize.data.getCash(862);
	const { rows } = await scratch.n8n.api.rows(tableId, {
		column: 'transactionId',
		value: String(movement?.transactionId),
	});
	assert.equal(rows[0]?.amount, movement?.amount);
	assert.equal(rows[0]?.externalUserId, 'USER015');
});

test('the polling trigger is published and starts the workflow for a new movement', async () => {
	const { api } = scratch.n8n;
	const workflow: N8nWorkflow = {
		name: 'Polling',
		nodes: [
			{
				id: 'poll',
				name: 'New movement',
				type: 'n8n-nodes-simplize.simplizeTrigger',
				typeVersion: 1,
				position: [0, 0],
				credentials: { simplizePartnerApi: credential },
				parameters: {
					portfolios: { portfolio: [{ externalUserId: 'USER015', portfolioId: '863' }] },
					pollTimes: everySeconds(5),
				},
			},
			{ id: 'none', name: 'Nothing', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 0], parameters: {} },
		],
		connections: { 'New movement': { main: [[{ node: 'Nothing', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
	const { id } = await api.createWorkflow(workflow);
	await api.publish(id);
	scratch.sandbox.simplize.addCashMovement({ portfolioId: 863, amount: 123_456 });
	for (let attempt = 0; attempt < 300 && (await api.executions(id)).count === 0; attempt += 1)
		await new Promise((resolve) => setTimeout(resolve, 100));
	const { results } = await api.executions(id);
	assert.equal(results[0]?.status, 'success');
	assert.match((await api.execution(results[0]?.id ?? '')).data, /123456/);
	await api.unpublish(id);
});

test('failures of both nodes, and then: no secret, no signature in logs, executions and database', async () => {
	const { api, userFolder } = scratch.n8n;
	await api.putCredential('Simplize', 'simplizePartnerApi', credentialData({ apiSecret: 'wrong-secret-of-the-check' }));
	const history = withCredentials(readExample('portfolio-cash-history.json'), { simplizePartnerApi: credential });
	for (const workflow of [history, anyEndpointExample()]) {
		const { status } = await run({ ...workflow, name: `${workflow.name}, refused` });
		assert.equal(status, 'error');
	}
	// A connection that breaks: n8n's own error then knows the address that was called.
	scratch.sandbox.simplize.faults.add({ kind: 'reset' });
	assert.equal((await run({ ...anyEndpointExample(), name: 'Broken off' })).status, 'error');
	scratch.sandbox.simplize.faults.clear();
	const marks = new Set(scratch.sandbox.simplize.calls.list().map((call) => call.signatureMark));
	assert.ok(marks.size > 5);
	const kept = ['secret-of-the-simplize-check', 'wrong-secret-of-the-check', 'key-of-the-simplize-check'];
	for (const file of filesBelow(userFolder)) {
		const text = readFileSync(file).toString('latin1');
		for (const secret of kept) assert.ok(!text.includes(secret), `${path.basename(file)} holds ${secret}`);
		// n8n writes 64 hex digits of its own; a signature is one whose mark the sandbox has seen.
		const found = (text.match(/[0-9a-f]{64}/g) ?? []).filter((hex) =>
			marks.has(createHash('sha256').update(hex).digest('hex').slice(0, 12)),
		);
		assert.deepEqual(found, [], `${path.basename(file)} holds a signature`);
	}
});

function filesBelow(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const file = path.join(folder, name);
		if (name === 'node_modules' || name === 'compile-cache') return [];
		return statSync(file).isDirectory() ? filesBelow(file) : [file];
	});
}
