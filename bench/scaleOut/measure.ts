/**
 * One run: signed deliveries of the sandbox to a Casso Trigger in a real n8n, rows in Postgres, where asked for with a
 * worker killed on the way. The sandbox delivers again what was not answered with success, as Casso does.
 */
import { randomBytes } from 'node:crypto';
import { startSandbox, type Sandbox, type SandboxTransaction } from '@saoke/sandbox';
import type { Progress } from '../../hosts/progress';
import { ledgerWorkflow, putPostgresCredential } from '../../demo/scaled/ledger';
import { until } from '../../test/e2e/harness/until';
import { Executions } from './executions';
import type { Ground } from './ground';
import { compare, summariseAttempts } from './outcome';
import { residentMb } from '../residentMemory';
import { startSetup, type Setup, type SetupName } from './setups';
import { makeSink, type Sink } from './sink';

export interface RunPlan {
	setup: SetupName;
	deliveries: number;
	parallel: number;
	/** Kill one worker with SIGKILL when a third has been acknowledged, and start another at once. */
	isWorkerKilled: boolean;
	/** Settings of n8n beyond those of the set-up. */
	settings: Record<string, string>;
}

interface Latency {
	p50: number;
	p95: number;
	p99: number;
	max: number;
}

export interface RunResult extends RunPlan {
	/** Acknowledged deliveries a second, until nine in ten were. */
	acceptedPerSecond: number;
	/** Rows a second, from the first delivery until nothing ran any more; undefined if a worker was killed. */
	rowsPerSecond?: number;
	/** Of acknowledged attempts, in ms. */
	latencyMs: Latency;
	/** Acknowledged attempts that took longer than 5 s, Casso's reported deadline. */
	slowerThan5s: number;
	/** Attempts that were not answered with success. */
	failedAttempts: number;
	/** Transactions that were acknowledged and are in no row, once nothing ran any more. */
	missing: string[];
	/** Of them, those that a Casso Polling Trigger brought afterwards; undefined if none was missing. */
	broughtByPoll?: number;
	/** Rows too many: transactions that appear twice, or that nobody sent. */
	surplus: number;
	/** Rows whose content differs from what was sent. */
	wrong: number;
	/** Writes to the ledger beyond one for each transaction: repeats, made harmless by the key. */
	repeatedWrites: number;
	/** Executions in n8n by status. */
	executions: Record<string, number>;
	/** n8n's errors for the executions that failed, and how often each occurred. */
	failures: Record<string, number>;
	/** What one execution takes in n8n's own database, in kB. */
	executionKb: number;
	/** Of the failed executions, those in whose data the transaction can still be found. */
	failedWithData?: number;
	/** After the last delivery, in MB, one for each process. */
	memoryMb: number[];
}

const WARM_UP = 200;
/** Beyond what any answer takes here, so that the figures show n8n and not the deadline. */
const DEADLINE_MS = 30_000;
/** Above the trigger's memory of 5 s. */
const RETRY_MS = 10_000;
const SHOW_EVERY_MS = 5_000;
/** The queue after 5,000 deliveries on a busy machine; and a stalled job: lock of 60 s, a look every 30 s, 30 s to see whether it ended. */
const QUIET_MS = 900_000;

export async function measure(plan: RunPlan, ground: Ground, progress: Progress): Promise<RunResult> {
	const deliveries = {
		maxParallel: plan.parallel,
		deadlineMs: DEADLINE_MS,
		retryGapsMs: Array.from({ length: 30 }, () => RETRY_MS),
		pauseWhenExhausted: false,
	};
	const closers: (() => Promise<void>)[] = [];
	const keep = <T extends { close: () => Promise<void> }>(part: T): T => {
		closers.unshift(async () => await part.close());
		return part;
	};
	try {
		const sandbox = keep(await startSandbox({ transactions: 0, deliveries }));
		const sink = keep(await makeSink(ground.postgres));
		const setup = keep(await startSetup(plan.setup, ground, plan.settings));
		return await new Run(plan, ground, progress, sandbox, sink, setup).run();
	} finally {
		for (const close of closers) await close();
	}
}

class Run {
	private readonly securityKey = randomBytes(32).toString('hex');
	/** Everything that was sent, the warm-up included. */
	private readonly sent: SandboxTransaction[] = [];
	private readonly executions: Executions;

	constructor(
		private readonly plan: RunPlan,
		private readonly ground: Ground,
		private readonly progress: Progress,
		private readonly sandbox: Sandbox,
		private readonly sink: Sink,
		private readonly setup: Setup,
	) {
		this.executions = new Executions(ground.postgres, setup.database);
	}

	async run(): Promise<RunResult> {
		await this.publish();
		await this.send(WARM_UP);
		await this.untilQuiet();
		const warmWrites = await this.sink.writes();
		const startedMs = Date.now();
		const sent = this.send(this.plan.deliveries);
		if (this.plan.isWorkerKilled) await this.killWorker();
		await sent;
		const memoryMb = this.setup.pids().map(residentMb);
		const endedMs = await this.untilQuiet();
		const rows = await this.sink.rows();
		const compared = compare(rows, this.sent, this.sandbox.casso);
		const { missing } = compared;
		const failedWithData = missing.length > 0 ? await this.countFailedWithData(missing) : undefined;
		const repeatedWrites = (await this.sink.writes()) - warmWrites - (this.plan.deliveries - missing.length);
		return {
			...this.plan,
			...summariseAttempts(this.sandbox.casso, startedMs),
			rowsPerSecond: this.plan.isWorkerKilled ? undefined : (this.plan.deliveries * 1_000) / (endedMs - startedMs),
			failedWithData,
			...compared,
			repeatedWrites,
			executions: await this.executions.counts(),
			failures: await this.executions.failures(),
			executionKb: await this.executions.averageKb(),
			memoryMb,
			broughtByPoll: missing.length > 0 ? await this.pollMissing(missing) : undefined,
		};
	}

	/** The Casso Trigger with a key from the dashboard, as signed deliveries need it. */
	private async publish(): Promise<void> {
		const { api, webhookUrl } = this.setup;
		const postgres = await putPostgresCredential(api, this.ground.postgres, this.sink.database);
		const cassoWebhookApi = await api.putCredential('Webhook key', 'cassoWebhookApi', {
			securityKey: this.securityKey,
		});
		const webhookId = '5a0ce000-0000-4000-8000-0000000000b1';
		const parameters = { registration: 'manual', options: {} };
		const { id } = await api.createWorkflow(
			ledgerWorkflow({
				name: 'Scale-out',
				webhookId,
				postgres,
				trigger: { parameters, credentials: { cassoWebhookApi } },
			}),
		);
		await api.publish(id);
		await this.sandbox.casso.webhooks.createByDashboard({
			url: `${webhookUrl}/webhook/${webhookId}/casso`,
			dialect: 'v2',
			secret: this.securityKey,
			strict: true,
		});
	}

	/** Resolves when every delivery was acknowledged, or given up. */
	private async send(count: number): Promise<void> {
		const { casso } = this.sandbox;
		this.sent.push(
			...casso.addTransactions(
				Array.from({ length: count }, (_, number) => ({ amount: 10_000 + number, memo: `DH${number} chuyển khoản` })),
			),
		);
		const timer = setInterval(() => {
			this.progress.update(
				`${this.plan.setup}: ${this.acknowledged()} of ${this.sent.length} acknowledged${this.lastFailure()}`,
			);
		}, SHOW_EVERY_MS);
		try {
			await casso.whenIdle(true);
		} finally {
			clearInterval(timer);
		}
	}

	/** For people who watch: why deliveries have to come again. */
	private lastFailure(): string {
		const failures = this.sandbox.casso.deliveries
			.list({ state: 'pending' })
			.flatMap(({ attempts }) => attempts.flatMap(({ failure }) => failure ?? []));
		return failures.length === 0
			? ''
			: `; ${failures.length} failed attempts of those that wait, such as: ${failures.at(-1) ?? ''}`;
	}

	private acknowledged(): number {
		return this.sandbox.casso.deliveries.list({ state: 'succeeded' }).length;
	}

	private async killWorker(): Promise<void> {
		const { cluster } = this.setup;
		const worker = cluster?.workers[0];
		if (!cluster || !worker) throw new Error('There is no worker to kill in one process.');
		await until('a third is acknowledged', () => this.acknowledged() > WARM_UP + this.plan.deliveries / 3, QUIET_MS);
		await worker.kill();
		this.progress.step(
			`Killed a worker with SIGKILL after ${this.acknowledged() - WARM_UP} of ${this.plan.deliveries}`,
		);
		await cluster.restartWorker(0);
		this.progress.step('Another worker took its place');
	}

	/** @returns when the last execution ended, Unix time in ms */
	private async untilQuiet(): Promise<number> {
		let lastBusyMs = Date.now();
		await until(
			'no execution runs any more',
			async () => {
				const { new: queued = 0, running = 0 } = await this.executions.counts();
				if (queued + running > 0) lastBusyMs = Date.now();
				return queued + running === 0 && Date.now() - lastBusyMs > 1_000;
			},
			QUIET_MS,
		);
		return lastBusyMs;
	}

	/** Can a person still find the transaction in the execution that failed, and run it again? */
	private async countFailedWithData(missing: readonly string[]): Promise<number> {
		const failed = await this.executions.failedData();
		return missing.filter((key) => failed.some((data) => new RegExp(`"id":${key.split(' ')[1] ?? ''}\\b`).test(data)))
			.length;
	}

	/** What the recommended poller beside the webhook does with the gap. @returns how many rows it brought */
	private async pollMissing(missing: readonly string[]): Promise<number> {
		const { api } = this.setup;
		const before = await this.sink.count();
		const cassoApi = await api.putCredential('Casso', 'cassoApi', {
			authentication: 'apiKey',
			apiKey: this.sandbox.apiKey,
			baseUrl: this.sandbox.cassoUrl,
		});
		const postgres = await putPostgresCredential(api, this.ground.postgres, this.sink.database);
		const parameters = { options: { backlogDays: 2, pageSize: 500 } };
		const workflow = ledgerWorkflow({
			name: 'Completeness',
			webhookId: '5a0ce000-0000-4000-8000-0000000000b2',
			postgres,
			poll: { parameters, credentials: { cassoApi } },
		});
		const { id } = await api.createWorkflow(workflow);
		await api.publish(id);
		const wanted = before + missing.length;
		await until('the poll brings what is missing', async () => (await this.sink.count()) >= wanted, 150_000).catch(
			() => undefined,
		);
		await api.unpublish(id);
		return (await this.sink.count()) - before;
	}
}
