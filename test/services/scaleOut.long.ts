/**
 * n8n in queue mode on a real Postgres and a real Redis: 5,000 signed deliveries at 100 in parallel to the webhook process,
 * one of two workers killed with SIGKILL on the way and replaced, the sandbox delivering again what was not answered 200.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { layGround, type Ground } from '../../bench/scaleOut/ground';
import { measure, type RunPlan } from '../../bench/scaleOut/measure';
import { toTable } from '../../bench/scaleOut/report';
import { Progress } from '../../hosts/progress';
import { WORKER_CONCURRENCY } from '../../demo/scaled/cluster';

const DELIVERIES = Number(process.env.SAOKE_DELIVERIES ?? 5_000);
const PLAN: RunPlan = {
	setup: 'queue mode',
	deliveries: DELIVERIES,
	parallel: 100,
	isWorkerKilled: true,
	settings: {},
};

const progress = new Progress();
let ground: Ground;

before(async () => {
	ground = await layGround(progress);
});

after(async () => {
	await ground?.close();
});

test('with a poll beside the webhook no transaction is missing in Postgres, and none stands twice', async () => {
	const run = await measure(PLAN, ground, progress);
	progress.say(toTable([run]));
	assert.ok(
		run.missing.length <= WORKER_CONCURRENCY,
		`${run.missing.length} transactions were lost with the worker, more than it holds at once`,
	);
	assert.equal(run.broughtByPoll ?? 0, run.missing.length, 'the poll did not bring exactly what n8n gave up');
	assert.equal(run.surplus, 0);
	assert.equal(run.wrong, 0);
});
