/**
 * Forged, tampered and unsigned deliveries over HTTP against a real n8n: no execution, no failure of ours, no secret
 * anywhere; and the real ones beside them, also if the database refuses to store the first of them.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { signWebhook } from '@saoke/core';
import { Progress } from '../../hosts/progress';
import { sampleForgeries } from '../unit/webhook/forgeries';
import { execute, query } from './harness/database';
import { countStatuses, post, postAll, type Post } from './harness/post';
import { startScratch, type Scratch } from './harness/scratchN8n';
import {
	apiCredential,
	PREVIOUS_KEY,
	SECURE_TOKEN,
	SECURITY_KEY,
	triggerWorkflow,
	webhookCredential,
} from './harness/triggerWorkflow';
import { until } from './harness/until';

const FORGERIES = 5_000;
const PARALLEL = 20;

const progress = new Progress();
let scratch: Scratch;
let manual: { id: string; url: string };
let automatic: { id: string; url: string };
let nextId = 1;

before(async () => {
	scratch = await startScratch();
	const { api } = scratch.n8n;
	manual = await published(
		triggerWorkflow(
			{ registration: 'manual', options: { testCalls: 'pass' } },
			await webhookCredential(api, PREVIOUS_KEY),
		),
	);
	automatic = await published(
		triggerWorkflow({}, await apiCredential(api, scratch.sandbox.apiKey, scratch.sandbox.cassoUrl)),
	);
});

after(async () => {
	await scratch?.close();
});

async function published(workflow: ReturnType<typeof triggerWorkflow>): Promise<{ id: string; url: string }> {
	const { id } = await scratch.n8n.api.createWorkflow(workflow);
	await scratch.n8n.api.publish(id);
	return { id, url: `${scratch.n8n.url}/webhook/${workflow.path}` };
}

function executions(): number {
	return Number(query(scratch.n8n.userFolder, 'SELECT count(*) AS count FROM execution_entity')[0]?.count);
}

function genuine(key = SECURITY_KEY, id = nextId++): Post {
	const body = JSON.stringify({
		error: 0,
		data: {
			id,
			reference: 'FT',
			description: 'Nguyễn / DH1',
			amount: 5_000,
			transactionDateTime: '2024-10-03 15:06:37',
			accountNumber: '001',
		},
	});
	return { body, headers: signWebhook(body, { securityKey: key, signedAtMs: Date.now() }) };
}

test('genuine deliveries are answered 200 and {"success":true}, by the current and the previous key', async () => {
	for (const key of [SECURITY_KEY, PREVIOUS_KEY]) {
		assert.deepEqual(await post(manual.url, genuine(key)), { status: 200, body: '{"success":true}' });
	}
	await until('both are stored', () => executions() === 2);
});

test('what starts nothing is answered 200 and {"success":true} too', async () => {
	const bodies = [
		'{"error":0}',
		'{"error":0,"data":[]}',
		'{"error":3,"data":{"id":1,"amount":1}}',
		'{"error":0,"data":{"note":1}}',
	];
	for (const body of bodies) {
		const headers = signWebhook(body, { securityKey: SECURITY_KEY, signedAtMs: Date.now() });
		assert.deepEqual(await post(manual.url, { body, headers }), { status: 200, body: '{"success":true}' });
	}
	assert.equal(executions(), 2);
});

test(`${FORGERIES} forgeries: none starts anything, and none makes the node fail`, async () => {
	const seed = Date.now() % 2_147_483_647;
	const posts = sampleForgeries(FORGERIES, SECURITY_KEY, seed).map(({ body, header }) => ({
		body,
		headers: { 'X-Casso-Signature': header },
	}));
	const before = executions();
	const answers = await postAll(manual.url, posts, PARALLEL, (done) => {
		if (done % 1_000 === 0) progress.update(`${done} of ${FORGERIES} forgeries\n`);
	});
	const counts = countStatuses(answers);
	progress.step(`forgeries, seed ${seed}: ${JSON.stringify(counts)}`);
	// 422: invalid JSON, answered by n8n before the node is asked.
	const { 400: unreadable = 0, 401: refused = 0, 422: byN8n = 0, ...other } = counts;
	assert.deepEqual(other, {}, 'no other status');
	assert.equal(refused + unreadable + byN8n, FORGERIES);
	assert.ok(refused > FORGERIES * 0.8, `only ${refused} reached the node`);
	assert.equal(executions(), before);
});

test('unsigned deliveries and wrong tokens are refused, in both ways of registration', async () => {
	const { body } = genuine();
	const attempts: [string, Post][] = [
		[manual.url, { body, headers: {} }],
		[manual.url, { body, headers: { 'secure-token': SECURE_TOKEN } }],
		[manual.url, { body, headers: { 'secure-token': SECURITY_KEY } }],
		[automatic.url, { body, headers: {} }],
		[automatic.url, { body, headers: { 'secure-token': SECURE_TOKEN } }],
		[automatic.url, { ...genuine() }],
		[automatic.url, { body, headers: { 'secure-token': 'x'.repeat(8_000) } }],
	];
	const before = executions();
	for (const [url, attempt] of attempts)
		assert.deepEqual(await post(url, attempt), { status: 401, body: '{"success":false}' });
	assert.equal(
		(await post(manual.url, { body: 'amount=1', headers: { ...genuine().headers, 'content-type': 'text/plain' } }))
			.status,
		400,
	);
	assert.equal(executions(), before);
});

test('the log names the reason of every refusal, and never a delivery or a secret', () => {
	const log = readFileSync(scratch.n8n.logFile, 'utf8');
	for (const reason of [
		'bad signature',
		'the signature header is malformed',
		'no signature',
		'no secure token',
		'wrong secure token',
		'the body is not JSON',
	]) {
		assert.ok(log.includes(`Casso Trigger refused a delivery: ${reason}`), reason);
	}
	assert.ok(log.includes('accepted a delivery with the previous security key'));
	assert.doesNotMatch(log, /DH1|"amount"|v1=/);
});

test('no token and no key stands in the log, the database or the executions', () => {
	const registered = scratch.sandbox.casso.webhooks.list().map(({ secret }) => secret);
	assert.equal(registered.length, 1);
	const folder = path.join(scratch.n8n.userFolder, '.n8n');
	const files = readdirSync(folder)
		.filter((name) => name.startsWith('database.sqlite'))
		.map((name) => path.join(folder, name));
	for (const file of [...files, scratch.n8n.logFile]) {
		const bytes = readFileSync(file);
		for (const secret of [...registered, SECURITY_KEY, PREVIOUS_KEY, SECURE_TOKEN, scratch.sandbox.apiKey]) {
			assert.equal(bytes.indexOf(secret), -1, `a secret stands in ${path.basename(file)}`);
		}
	}
});

test('a database that refuses the first write: Casso hears of the failure, and its retry is stored', async () => {
	const { userFolder } = scratch.n8n;
	const before = executions();
	const delivery = genuine();
	execute(
		userFolder,
		"CREATE TRIGGER refuse BEFORE INSERT ON execution_entity BEGIN SELECT RAISE(ABORT, 'refused by the test'); END",
	);
	const refused = await postAll(manual.url, [delivery, delivery, delivery], 3);
	assert.deepEqual(countStatuses(refused), { 500: 3 }, 'no copy was told of a success');
	execute(userFolder, 'DROP TRIGGER refuse');
	// At once, inside the memory's window; Casso itself waits 30 s.
	assert.deepEqual(await post(manual.url, delivery), { status: 200, body: '{"success":true}' });
	await until('the retry is stored', () => executions() === before + 1);
	// Now it is stored, so that a copy starts nothing.
	assert.deepEqual(await post(manual.url, delivery), { status: 200, body: '{"success":true}' });
	assert.equal(executions(), before + 1);
});
