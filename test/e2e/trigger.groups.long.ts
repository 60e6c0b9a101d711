/**
 * Bursts at a Casso Trigger that groups deliveries, in a real n8n: fewer executions, everything that was acknowledged is in
 * the sink once, also if the database refuses, callers hang up, or the workflow is unpublished meanwhile.
 */
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { signWebhook } from '@saoke/core';
import { Progress } from '../../hosts/progress';
import { execute, query } from './harness/database';
import { countStatuses, post, postAll, type Post } from './harness/post';
import { unpublishAndWait } from './harness/recipes';
import { startScratch, type Scratch } from './harness/scratchN8n';
import { ROW_COLUMNS, SECURITY_KEY, triggerWorkflow, webhookCredential } from './harness/triggerWorkflow';
import { until } from './harness/until';

const GROUPED = { registration: 'manual', options: { groupDeliveries: true } };
const DELIVERIES = 200;
const PARALLEL = 40;

const progress = new Progress();
let scratch: Scratch;
let nextId = 1;

interface Target {
	id: string;
	tableId: string;
	url: string;
	testUrl: string;
}

before(async () => {
	scratch = await startScratch();
});

after(async () => {
	await scratch?.close();
});

/** A published workflow that appends, so that a row shows each time that a transaction passed. */
async function publishNew(name: string): Promise<Target> {
	const { api, url } = scratch.n8n;
	const tableId = await api.ensureTable(name, ROW_COLUMNS);
	const workflow = triggerWorkflow(GROUPED, await webhookCredential(api), 'append', name);
	const { id } = await api.createWorkflow(workflow);
	await api.publish(id);
	return { id, tableId, url: `${url}/webhook/${workflow.path}`, testUrl: `${url}/webhook-test/${workflow.path}` };
}

function makePost(id = nextId++): Post {
	const data = {
		id,
		reference: 'FT',
		description: 'DH1',
		amount: 5_000,
		transactionDateTime: '2024-10-03 15:06:37',
		accountNumber: '001',
	};
	const body = JSON.stringify({ error: 0, data });
	return { body, headers: signWebhook(body, { securityKey: SECURITY_KEY, signedAtMs: Date.now() }) };
}

function makePosts(count: number): { ids: string[]; posts: Post[] } {
	const numbers = Array.from({ length: count }, () => nextId++);
	return { ids: numbers.map(String), posts: numbers.map((id) => makePost(id)) };
}

function executions(workflowId: string, states = ''): number {
	const sql = `SELECT count(*) AS count FROM execution_entity WHERE workflowId = '${workflowId}' ${states && `AND status IN (${states})`}`;
	return Number(query(scratch.n8n.userFolder, sql)[0]?.count);
}

/** Ids in the sink, in the order of writing, once nothing runs any more. */
async function getRows({ id, tableId }: Target): Promise<string[]> {
	await until('every execution has ended', () => executions(id, "'new', 'running'") === 0, 60_000);
	return query(scratch.n8n.userFolder, `SELECT transactionId FROM data_table_user_${tableId} ORDER BY id`).map((row) =>
		String(row.transactionId),
	);
}

test('a burst: every delivery is acknowledged and one row, in a fraction of the executions', async () => {
	const target = await publishNew('Burst');
	const { ids, posts } = makePosts(DELIVERIES);
	assert.deepEqual(countStatuses(await postAll(target.url, posts, PARALLEL)), { 200: DELIVERIES });
	assert.deepEqual((await getRows(target)).sort(), ids.sort());
	const started = executions(target.id);
	progress.step(`${DELIVERIES} deliveries in ${started} executions`);
	assert.ok(started < DELIVERIES / 4, `${started} executions`);
});

test('one after the other: each starts the workflow', async () => {
	const target = await publishNew('One by one');
	const { ids, posts } = makePosts(5);
	assert.deepEqual(countStatuses(await postAll(target.url, posts, 1)), { 200: 5 });
	assert.deepEqual(await getRows(target), ids);
	assert.equal(executions(target.id), 5);
});

test('copies in a burst are one row each', async () => {
	const target = await publishNew('Copies');
	const { ids, posts } = makePosts(50);
	const copies = posts.flatMap((one) => [one, one, one]);
	const statuses = countStatuses(await postAll(target.url, copies, PARALLEL));
	assert.deepEqual(statuses, { 200: 150 });
	assert.deepEqual((await getRows(target)).sort(), ids.sort());
});

test('two workflows in the same burst: each gets its own', async () => {
	const targets = [await publishNew('Left'), await publishNew('Right')];
	const sent = targets.map(() => makePosts(DELIVERIES / 2));
	await Promise.all(targets.map(async ({ url }, place) => await postAll(url, sent[place]?.posts ?? [], PARALLEL / 2)));
	for (const [place, target] of targets.entries())
		assert.deepEqual((await getRows(target)).sort(), sent[place]?.ids.sort());
});

test('two triggers in one workflow: each starts it with its own', async () => {
	const { api, url } = scratch.n8n;
	const tableId = await api.ensureTable('Two triggers', ROW_COLUMNS);
	const credential = await webhookCredential(api);
	const first = triggerWorkflow(GROUPED, credential, 'append', 'Two triggers');
	const second = triggerWorkflow(GROUPED, credential, 'append', 'Two triggers');
	const { id } = await api.createWorkflow({
		...first,
		nodes: [...first.nodes, ...second.nodes.slice(0, 1).map((node) => ({ ...node, name: 'Second' }))],
		connections: { ...first.connections, Second: first.connections['Casso Trigger'] as never },
	});
	await api.publish(id);
	const sent = [makePosts(50), makePosts(50)];
	const answers = await Promise.all(
		[first, second].map(
			async ({ path }, place) => await postAll(`${url}/webhook/${path}`, sent[place]?.posts ?? [], PARALLEL / 2),
		),
	);
	assert.deepEqual(countStatuses(answers.flat()), { 200: 100 });
	const rows = await getRows({ id, tableId, url: '', testUrl: '' });
	assert.deepEqual(rows.sort(), sent.flatMap(({ ids }) => ids).sort());
});

test('a database that refuses to store: nobody is told of a success, and all pass when they come again', async () => {
	const target = await publishNew('Refusing');
	const { userFolder } = scratch.n8n;
	const { ids, posts } = makePosts(60);
	execute(
		userFolder,
		`CREATE TRIGGER refuse BEFORE INSERT ON execution_entity BEGIN SELECT RAISE(ABORT, 'refused by the test'); END`,
	);
	const { 500: byN8n = 0, 503: byUs = 0, ...other } = countStatuses(await postAll(target.url, posts, PARALLEL));
	execute(userFolder, 'DROP TRIGGER refuse');
	progress.step(`refused: ${byN8n} by n8n, ${byUs} of their groups`);
	assert.deepEqual(other, {});
	assert.ok(byUs > byN8n, 'most were in a group');
	assert.deepEqual(await getRows(target), []);
	assert.deepEqual(countStatuses(await postAll(target.url, posts, PARALLEL)), { 200: 60 });
	assert.deepEqual((await getRows(target)).sort(), ids.sort());
});

test('callers that hang up: what was acknowledged is there, and what comes again is stored', async () => {
	const target = await publishNew('Hanging up');
	const { ids, posts } = makePosts(DELIVERIES);
	const agent = new http.Agent({ maxSockets: PARALLEL });
	// Every second one hangs up, after up to 600 ms: before its group starts, while it is stored, or after.
	const acknowledged = await Promise.all(
		posts.map(async (one, place) => await postFor(target.url, one, agent, place % 2 ? undefined : (place * 13) % 600)),
	);
	const before = new Set(await getRows(target));
	const given = ids.filter((_, place) => acknowledged[place] === 200);
	progress.step(`${given.length} of ${DELIVERIES} acknowledged, ${before.size} stored`);
	assert.deepEqual(
		acknowledged.filter((status) => status !== 200 && status !== undefined),
		[],
		'whoever waited got a success',
	);
	assert.deepEqual(
		given.filter((id) => !before.has(id)),
		[],
	);
	const again = posts.filter((_, place) => acknowledged[place] !== 200);
	assert.ok(again.length > 0, 'nobody hung up in time');
	assert.deepEqual(countStatuses(await postAll(target.url, again, PARALLEL)), { 200: again.length });
	assert.deepEqual([...new Set(await getRows(target))].sort(), ids.sort());
});

test('unpublished in the middle of a burst: what was acknowledged is in the sink', async () => {
	const target = await publishNew('Unpublished');
	const { ids, posts } = makePosts(DELIVERIES);
	let isUnpublishing = false;
	const answers = await postAll(target.url, posts, PARALLEL, (done) => {
		if (isUnpublishing || done < DELIVERIES / 4) return;
		isUnpublishing = true;
		void unpublishAndWait(scratch.n8n.api, target.id);
	});
	const { 200: stored = 0, 404: gone = 0, ...other } = countStatuses(answers);
	progress.step(`${stored} stored, ${gone} came too late`);
	assert.deepEqual(other, {});
	const given = ids.filter((_, place) => answers[place]?.status === 200);
	assert.deepEqual((await getRows(target)).sort(), given.sort());
});

test('"Listen for test event" takes one delivery, beside a burst in production', async () => {
	const target = await publishNew('Listening');
	await scratch.n8n.api.runWorkflow(target.id, 'Casso Trigger');
	const { ids, posts } = makePosts(40);
	const burst = postAll(target.url, posts, PARALLEL);
	assert.deepEqual(await post(target.testUrl, makePost()), { status: 200, body: '{"success":true}' });
	assert.equal((await post(target.testUrl, makePost())).status, 404);
	assert.deepEqual(countStatuses(await burst), { 200: 40 });
	const rows = await getRows(target);
	assert.deepEqual(rows.filter((id) => ids.includes(id)).sort(), ids.sort());
	const sql = `SELECT count(*) AS count FROM execution_entity WHERE workflowId = '${target.id}' AND mode = 'manual'`;
	assert.equal(query(scratch.n8n.userFolder, sql)[0]?.count, 1);
});

/** @returns the status; undefined if the caller hung up before the answer */
async function postFor(
	url: string,
	{ headers, body }: Post,
	agent: http.Agent,
	patienceMs: number | undefined,
): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const request = http.request(url, {
			method: 'POST',
			agent,
			headers: { 'content-type': 'application/json', ...headers },
		});
		request.once('error', () => resolve(undefined));
		request.once('response', (response) => resolve(response.resume().statusCode));
		request.once('socket', () => {
			if (patienceMs !== undefined) setTimeout(() => request.destroy(), patienceMs);
		});
		request.end(body);
	});
}
