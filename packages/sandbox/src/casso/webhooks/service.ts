/** Webhooks as a whole: registration through API and dashboard, announcing transactions, test calls, resending. */
import { WebhookDeliverer, type JobSnapshot } from './deliverer';
import type { DeliveryFault } from './faults';
import { DeliveryLedger } from './ledger';
import type { DashboardWebhookInput, Delivery, RegisteredWebhook, WebhookState } from './model';
import { pingPayload, planEvents, testCallPayload } from './payloads';
import { WebhookRegistry, reactivate, refreshState, visibleWebhook, type ApiWebhookInput } from './registry';
import { changedSettings, defaultDeliverySettings, type DeliverySettings } from './settings';
import type { SandboxClock } from '../../engine/clock';
import { FaultSet, type FaultSnapshot } from '../../engine/faults';
import type { SeededRandom } from '../../engine/random';
import type { TaskSchedule } from '../../engine/schedule';
import { parseWebhookUrl } from '../../engine/targets';
import type { BankData } from '../data';
import type { BankEvents, SandboxTransaction } from '../model';
import type { QuirkSet } from '../quirks';

const KEPT_DELIVERIES = 50_000;

export interface WebhookServiceParts {
	data: BankData;
	clock: SandboxClock;
	schedule: TaskSchedule;
	quirks: QuirkSet;
	events: BankEvents;
	random: SeededRandom;
	settings: Partial<DeliverySettings>;
}

export interface WebhookSnapshot {
	settings: DeliverySettings;
	faults: FaultSnapshot<DeliveryFault>;
	nextWebhookId: number;
	nextDeliveryId: number;
}

export interface StoredDelivery {
	delivery: Delivery;
	job: JobSnapshot | null;
}

export class WebhookService {
	readonly deliveries: DeliveryLedger;
	readonly faults: FaultSet<DeliveryFault>;
	private readonly registry = new WebhookRegistry();
	private readonly deliverer: WebhookDeliverer;
	private current: DeliverySettings;
	private readonly knownStates = new WeakMap<RegisteredWebhook, WebhookState>();

	constructor(private readonly parts: WebhookServiceParts) {
		this.current = changedSettings(defaultDeliverySettings(), parts.settings);
		this.deliveries = new DeliveryLedger(KEPT_DELIVERIES, (id) => {
			parts.events.emit({ type: 'deliveryForgotten', id });
		});
		this.faults = new FaultSet(parts.random);
		this.deliverer = new WebhookDeliverer({
			clock: parts.clock,
			schedule: parts.schedule,
			registry: this.registry,
			ledger: this.deliveries,
			faults: this.faults,
			settings: () => this.current,
			onChange: (delivery, attempt) => {
				parts.events.emit({ type: 'delivery', delivery, attempt });
				this.announceState(delivery.webhookId);
			},
		});
	}

	get settings(): Readonly<DeliverySettings> {
		return this.current;
	}

	/** @throws RangeError that names the setting */
	changeSettings(change: Partial<DeliverySettings>): void {
		this.current = changedSettings(this.current, change);
	}

	/** Every webhook with its state of this moment. */
	list(): RegisteredWebhook[] {
		const now = this.parts.clock.scheduleNow();
		const webhooks = this.registry.list();
		for (const webhook of webhooks) refreshState(webhook, now, this.current);
		return webhooks;
	}

	get(id: number): RegisteredWebhook | undefined {
		return this.list().find((webhook) => webhook.id === id);
	}

	withUrl(url: string): RegisteredWebhook[] {
		return this.registry.withUrl(url);
	}

	createByApi(input: ApiWebhookInput): RegisteredWebhook {
		return this.announceWebhook(this.registry.createByApi(input));
	}

	/**
	 * Adds a webhook as the dashboard does; the result holds its secret.
	 * @throws RangeError for a bad URL or account, or when a required test call fails
	 */
	async createByDashboard(input: DashboardWebhookInput): Promise<RegisteredWebhook> {
		if (parseWebhookUrl(input.url) === null) throw new RangeError('url must be an http or https address.');
		for (const id of input.accountIds ?? []) {
			if (this.parts.data.getAccount(id) === undefined)
				throw new RangeError(`accountIds: there is no account ${String(id)}.`);
		}
		const webhook = this.registry.createByDashboard(input);
		if (input.requireTestCall === true) {
			const attempt = (await this.testCall(webhook.id)).attempts[0];
			if (attempt?.success !== true) {
				this.registry.remove(webhook.id);
				throw new RangeError(
					`The test call failed (${attempt?.failure ?? 'no answer'}), so the webhook was not saved.`,
				);
			}
		}
		return this.announceWebhook(webhook);
	}

	update(webhook: RegisteredWebhook, input: Partial<ApiWebhookInput>): void {
		this.registry.update(webhook, input);
		this.announceWebhook(webhook);
	}

	remove(webhook: RegisteredWebhook): void {
		this.registry.remove(webhook.id);
		this.parts.events.emit({ type: 'webhook', webhook: visibleWebhook(webhook), removed: true });
	}

	/** Makes a paused or disabled webhook active again; what it missed is not sent by that. */
	reactivate(webhook: RegisteredWebhook): void {
		reactivate(webhook);
		this.announceWebhook(webhook);
	}

	/** Calls every webhook that wants these transactions. */
	announce(transactions: readonly SandboxTransaction[]): void {
		const getAccountLabel = (transaction: SandboxTransaction) => this.parts.data.getTransactionAccount(transaction);
		for (const webhook of this.list()) {
			for (const event of planEvents(webhook, transactions, getAccountLabel, this.parts.quirks.values)) {
				this.deliverer.deliver(webhook, 'transactions', event.transactionIds, event.payload);
			}
		}
	}

	/** "Gọi thử": one signed request, not retried. @throws RangeError if there is no such webhook */
	async testCall(webhookId: number): Promise<Delivery> {
		const webhook = this.required(webhookId);
		const delivery = this.deliverer.deliver(
			webhook,
			'test',
			[0],
			testCallPayload(webhook.dialect, this.parts.clock.now()),
		);
		await this.deliverer.whenSettled(delivery);
		return delivery;
	}

	/** An empty ping, not retried. @throws RangeError if there is no such webhook */
	async ping(webhookId: number, form: 'missing' | 'emptyArray' = 'emptyArray'): Promise<Delivery> {
		const delivery = this.deliverer.deliver(this.required(webhookId), 'ping', [], pingPayload(form));
		await this.deliverer.whenSettled(delivery);
		return delivery;
	}

	/** Sends a delivery once more, now. @returns false if there is none, or its webhook is gone */
	resend(deliveryId: number): boolean {
		return this.deliverer.resend(deliveryId);
	}

	/** Sends everything that a webhook missed while it was paused or disabled. @returns how many */
	resendMissed(webhookId: number): number {
		const missed = this.deliveries.list({ webhookId, state: 'missed' });
		return missed.filter((delivery) => this.deliverer.resend(delivery.id)).length;
	}

	/** What has to be kept of webhooks and deliveries, beside each of them. */
	snapshot(): WebhookSnapshot {
		return {
			settings: this.current,
			faults: this.faults.snapshot(),
			nextWebhookId: this.registry.next,
			nextDeliveryId: this.deliveries.next,
		};
	}

	/** What has to be kept of one delivery beside the ledger's entry. */
	getJob(delivery: Delivery): JobSnapshot | null {
		return this.deliverer.snapshot(delivery);
	}

	/** The webhook as it is kept, with its secret. */
	getStored(id: number): RegisteredWebhook | undefined {
		return this.registry.get(id);
	}

	/** Goes on with what was kept; deliveries that were under way are sent. */
	restore(kept: WebhookSnapshot, webhooks: readonly RegisteredWebhook[], deliveries: readonly StoredDelivery[]): void {
		this.current = changedSettings(this.current, kept.settings);
		this.faults.restore(kept.faults);
		this.registry.restore(webhooks, kept.nextWebhookId);
		this.deliveries.restore(
			deliveries.map(({ delivery }) => delivery),
			kept.nextDeliveryId,
		);
		for (const { delivery, job } of deliveries) {
			const webhook = this.registry.get(delivery.webhookId);
			if (webhook !== undefined && job !== null) this.deliverer.restore(delivery, webhook, job);
			else if (delivery.state === 'pending') delivery.state = 'missed';
		}
	}

	async whenIdle(includeRetries: boolean): Promise<void> {
		await this.deliverer.whenIdle(includeRetries);
	}

	noteProgress(): void {
		this.deliverer.noteProgress();
	}

	reset(): void {
		this.registry.clear();
		this.deliveries.clear();
		this.faults.clear();
		this.deliverer.clear();
		this.current = changedSettings(defaultDeliverySettings(), this.parts.settings);
	}

	close(): void {
		this.deliverer.close();
	}

	private required(id: number): RegisteredWebhook {
		const webhook = this.get(id);
		if (webhook === undefined) throw new RangeError(`There is no webhook ${String(id)}.`);
		return webhook;
	}

	/** Tells listeners if failures or a success changed a webhook's state. */
	private announceState(webhookId: number): void {
		const webhook = this.registry.get(webhookId);
		if (webhook === undefined || this.knownStates.get(webhook) === webhook.state) return;
		this.announceWebhook(webhook);
	}

	private announceWebhook(webhook: RegisteredWebhook): RegisteredWebhook {
		this.knownStates.set(webhook, webhook.state);
		this.parts.events.emit({ type: 'webhook', webhook: visibleWebhook(webhook), removed: false });
		return webhook;
	}
}
