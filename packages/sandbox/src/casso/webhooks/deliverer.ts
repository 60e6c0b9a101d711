/** Delivers events to webhooks: on schedule, with retries and a ledger of every attempt (spec 7 and 12). */
import {
	takeAttemptFaults,
	takeEventFaults,
	type AttemptFault,
	type DeliveryFault,
	type WebhookPayload,
} from './faults';
import { scheduledAttempts, type DeliveryLedger } from './ledger';
import type { AttemptPurpose, Delivery, DeliveryAttempt, DeliveryKind, RegisteredWebhook } from './model';
import { OrderShuffler } from './orderShuffler';
import { noteExhausted, noteFailure, noteSuccess, refreshState, type WebhookRegistry } from './registry';
import { TargetCaller, composeRequest, type ComposedRequest } from './request';
import type { DeliverySettings } from './settings';
import type { SandboxClock } from '../../engine/clock';
import { findFault, type FaultSet } from '../../engine/faults';
import { Limiter } from '../../engine/limiter';
import type { TaskSchedule } from '../../engine/schedule';

/** What the ledger's entry does not hold: the target, the payload, the time of the first attempt. */
interface Job {
	delivery: Delivery;
	webhook: RegisteredWebhook;
	payload: WebhookPayload;
	/** `t` of the first attempt, and its schedule time. */
	firstSignedAt: number | null;
	firstAttemptAt: number;
	/** Schedule time of the next attempt, if one is planned. */
	dueAt: number | null;
}

/** What has to be kept of a delivery beside the ledger's entry. */
export type JobSnapshot = Pick<Job, 'payload' | 'firstSignedAt' | 'firstAttemptAt' | 'dueAt'>;

export interface DelivererParts {
	clock: SandboxClock;
	schedule: TaskSchedule;
	registry: WebhookRegistry;
	ledger: DeliveryLedger;
	faults: FaultSet<DeliveryFault>;
	settings: () => DeliverySettings;
	/** Called after each attempt is in the ledger, and when a delivery's state changed without one. */
	onChange: (delivery: Delivery, attempt: DeliveryAttempt | null) => void;
}

export class WebhookDeliverer {
	private readonly caller = new TargetCaller();
	private readonly limiter = new Limiter(() => this.parts.settings().maxParallel);
	private readonly shuffler: OrderShuffler<Job>;
	private readonly jobs = new WeakMap<Delivery, Job>();
	private closed = false;
	private progressWaiters: Array<() => void> = [];

	constructor(private readonly parts: DelivererParts) {
		this.shuffler = new OrderShuffler(
			parts.schedule,
			(job) => this.start(job),
			() => {
				this.noteProgress();
			},
		);
	}

	/** Takes an event for one webhook into the ledger and sends it, unless the webhook is paused or disabled. */
	deliver(webhook: RegisteredWebhook, kind: DeliveryKind, transactionIds: number[], payload: WebhookPayload): Delivery {
		const createdAt = new Date(this.parts.clock.now()).toISOString();
		const delivery = this.parts.ledger.open({
			webhookId: webhook.id,
			kind,
			transactionIds,
			state: 'pending',
			createdAt,
		});
		const job: Job = { delivery, webhook, payload, firstSignedAt: null, firstAttemptAt: 0, dueAt: null };
		this.jobs.set(delivery, job);
		refreshState(webhook, this.parts.clock.scheduleNow(), this.parts.settings());
		if (kind === 'transactions' && webhook.state !== 'ACTIVE') {
			this.setState(job, 'missed');
			return delivery;
		}
		this.parts.onChange(delivery, null);
		this.dispatch(job);
		return delivery;
	}

	/** What has to be kept; null if the delivery can no longer be sent. */
	snapshot(delivery: Delivery): JobSnapshot | null {
		const job = this.jobs.get(delivery);
		if (job === undefined) return null;
		const { payload, firstSignedAt, firstAttemptAt, dueAt } = job;
		return { payload, firstSignedAt, firstAttemptAt, dueAt };
	}

	/** Goes on with a delivery of the ledger: one that was under way or due is sent, one that waits is planned. */
	restore(delivery: Delivery, webhook: RegisteredWebhook, kept: JobSnapshot): void {
		const job: Job = { delivery, webhook, ...kept };
		this.jobs.set(delivery, job);
		if (delivery.state !== 'pending') return;
		const wait = kept.dueAt === null ? 0 : Math.max(0, kept.dueAt - this.parts.clock.scheduleNow());
		this.parts.schedule.after(wait, () => this.track(this.start(job)));
	}

	/** Sends a delivery of the ledger once more, now, whatever its state. @returns false if it is not there */
	resend(deliveryId: number): boolean {
		const delivery = this.parts.ledger.get(deliveryId);
		const job = delivery === undefined ? undefined : this.jobs.get(delivery);
		if (this.closed || job === undefined || !this.isRegistered(job)) return false;
		this.track(
			this.limiter
				.run(() => this.sendOnce(job, 'resend'))
				.then((attempt) => {
					if (attempt.success) this.settleSuccess(job);
				}),
		);
		return true;
	}

	/** Resolves when nothing is under way or due; with `includeRetries` when nothing is planned either. */
	async whenIdle(includeRetries = false): Promise<void> {
		while (!this.isIdle(includeRetries)) await this.nextProgress();
	}

	/** Resolves when a delivery has succeeded or will not be tried again. */
	async whenSettled(delivery: Delivery): Promise<void> {
		while (delivery.state === 'pending') await this.nextProgress();
	}

	/** To be called when something else that "idle" depends on is done. */
	noteProgress(): void {
		const waiters = this.progressWaiters;
		this.progressWaiters = [];
		for (const resolve of waiters) resolve();
	}

	/** Lets go of what is held back; what is under way ends without consequences once the ledger was cleared. */
	clear(): void {
		this.shuffler.clear();
		this.noteProgress();
	}

	close(): void {
		this.closed = true;
		this.clear();
		this.caller.close();
	}

	private async nextProgress(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.progressWaiters.push(resolve);
		});
	}

	private isIdle(includeRetries: boolean): boolean {
		if (this.limiter.busy > 0 || this.shuffler.busy > 0) return false;
		return this.parts.schedule.waiting(includeRetries ? 'all' : 'awaited') === 0;
	}

	/** Applies what is decided once for the event: lost, held back, late, or sent now. */
	private dispatch(job: Job): void {
		const faults = job.delivery.kind === 'transactions' ? takeEventFaults(this.parts.faults, job.webhook.id) : [];
		if (findFault(faults, 'drop') !== undefined) {
			this.setState(job, 'dropped');
			return;
		}
		const order = findFault(faults, 'outOfOrder');
		const late = findFault(faults, 'late');
		if (order !== undefined) this.shuffler.hold(job.webhook.id, job, order.group ?? 2, order.maxHoldMs ?? 2_000);
		else if (late !== undefined) this.parts.schedule.after(late.delayMs, () => this.track(this.start(job)));
		else this.track(this.start(job));
	}

	private async start(job: Job): Promise<void> {
		await this.limiter.run(() => this.attempt(job));
	}

	/** The next attempt on schedule, with what follows from its answer. */
	private async attempt(job: Job): Promise<void> {
		if (this.closed || job.delivery.state !== 'pending') return;
		if (!this.isRegistered(job) || (job.delivery.kind === 'transactions' && job.webhook.state !== 'ACTIVE')) {
			this.setState(job, 'missed');
			return;
		}
		const number = scheduledAttempts(job.delivery) + 1;
		if (number === 1) job.firstAttemptAt = this.parts.clock.scheduleNow();
		const faults = takeAttemptFaults(this.parts.faults, job.webhook.id, number);
		const composed = this.compose(job, faults);
		const copies = findFault(faults, 'parallel')?.copies ?? 1;
		const others = Array.from({ length: copies - 1 }, () => this.send(job, composed, 'parallel', number, faults));
		const first = await this.send(job, composed, 'scheduled', number, faults);
		const attempts = [first, ...(await Promise.all(others))];
		if (!attempts.some((attempt) => attempt.success)) {
			this.settleFailure(job, first);
			return;
		}
		this.settleSuccess(job);
		await this.sendMore(job, composed, faults, number);
	}

	/** Duplicates now, the replay later. */
	private async sendMore(
		job: Job,
		composed: ComposedRequest,
		faults: readonly AttemptFault[],
		number: number,
	): Promise<void> {
		const duplicate = findFault(faults, 'duplicate');
		for (let copy = 0; copy < (duplicate === undefined ? 0 : (duplicate.copies ?? 1)); copy += 1) {
			await this.send(job, this.compose(job, []), 'duplicate', number, faults);
		}
		const replay = findFault(faults, 'replay');
		if (replay === undefined) return;
		this.parts.schedule.after(replay.afterMs, () => {
			this.track(this.limiter.run(() => this.send(job, composed, 'replay', number, faults)));
		});
	}

	private async sendOnce(job: Job, purpose: AttemptPurpose): Promise<DeliveryAttempt> {
		const number = scheduledAttempts(job.delivery) + 1;
		const faults = takeAttemptFaults(this.parts.faults, job.webhook.id, number);
		return this.send(job, this.compose(job, faults), purpose, number, faults);
	}

	private compose(job: Job, faults: readonly AttemptFault[]): ComposedRequest {
		const now = Math.floor(this.parts.clock.now());
		job.firstSignedAt ??= now;
		const t = this.parts.settings().signatureTime === 'reuse' ? job.firstSignedAt : now;
		return composeRequest(job.webhook, job.payload, t, faults);
	}

	/** Sends one request and writes it into the ledger. */
	private async send(
		job: Job,
		composed: ComposedRequest,
		purpose: AttemptPurpose,
		number: number,
		faults: readonly AttemptFault[],
	): Promise<DeliveryAttempt> {
		const startedAt = new Date(this.parts.clock.now()).toISOString();
		const sent = await this.caller.call(job.webhook, composed, this.parts.settings());
		const attempt: DeliveryAttempt = {
			number,
			purpose,
			startedAt,
			...sent,
			success: sent.failure === null,
			faults: faults.map((fault) => fault.kind),
			nextRetryAt: null,
		};
		job.delivery.attempts.push(attempt);
		this.parts.onChange(job.delivery, attempt);
		return attempt;
	}

	private settleSuccess(job: Job): void {
		noteSuccess(job.webhook, this.parts.clock.scheduleNow());
		this.setState(job, 'succeeded');
	}

	private settleFailure(job: Job, attempt: DeliveryAttempt): void {
		if (this.parts.ledger.get(job.delivery.id) !== job.delivery) {
			job.delivery.state = 'missed';
			return;
		}
		const { clock, schedule } = this.parts;
		const settings = this.parts.settings();
		if (job.delivery.kind !== 'transactions') {
			this.setState(job, 'failed');
			return;
		}
		noteFailure(job.webhook, clock.scheduleNow(), settings);
		const gap = settings.retryGapsMs[attempt.number - 1];
		if (gap === undefined) {
			noteExhausted(job.webhook, job.firstAttemptAt, settings);
			this.setState(job, 'failed');
			return;
		}
		attempt.nextRetryAt = new Date(clock.now() + gap / clock.speed).toISOString();
		job.dueAt = clock.scheduleNow() + gap;
		schedule.after(gap, () => this.track(this.start(job)));
		this.parts.onChange(job.delivery, null);
	}

	private setState(job: Job, state: Delivery['state']): void {
		job.delivery.state = state;
		this.parts.onChange(job.delivery, null);
	}

	/** False once the webhook was removed, also if another has its number since. */
	private isRegistered(job: Job): boolean {
		return this.parts.registry.get(job.webhook.id) === job.webhook;
	}

	private track(work: Promise<unknown>): void {
		void work.finally(() => {
			this.noteProgress();
		});
	}
}
