/** The Casso service: data, switches, faults, webhooks, deliveries and log in one object. */
import { randomBytes } from 'node:crypto';
import { BankData, type BankDataOptions } from './data';
import type { ApiFault } from './faults';
import { BankEvents, type SandboxTransaction, type TransactionInput } from './model';
import { QuirkSet, type CassoQuirks } from './quirks';
import { RequestLog } from './requestLog';
import type { DeliveryFault } from './webhooks/faults';
import type { DeliveryLedger } from './webhooks/ledger';
import { randomAlphanumerics } from './webhooks/registry';
import { WebhookService } from './webhooks/service';
import type { DeliverySettings } from './webhooks/settings';
import { SandboxClock } from '../engine/clock';
import { FaultSet } from '../engine/faults';
import { SeededRandom } from '../engine/random';
import { TaskSchedule } from '../engine/schedule';

const LOGGED_REQUESTS = 5_000;

export class CassoBank {
	readonly apiKey: string;
	readonly accessToken: string | null;
	readonly clock: SandboxClock;
	readonly data: BankData;
	readonly quirks: QuirkSet;
	readonly faults: FaultSet<ApiFault>;
	readonly requests = new RequestLog(LOGGED_REQUESTS);
	readonly events = new BankEvents();
	readonly webhooks: WebhookService;
	/** Seeded; for what the API does by chance. */
	readonly random: SeededRandom;
	private readonly chanceSeed: number;
	private readonly schedule: TaskSchedule;
	private readonly queued = new Map<number, TransactionInput[]>();
	private readonly lastSyncAt = new Map<number, number>();

	constructor(options: CassoBankOptions = {}) {
		this.apiKey = options.apiKey ?? randomApiKey();
		this.accessToken = options.accessToken ?? null;
		this.clock = new SandboxClock(options.now ?? Date.now);
		this.clock.setSpeed(options.clockSpeed ?? 1);
		const dataOptions = { ...DEFAULT_DATA, ...definedOnly(options) };
		this.data = new BankData(dataOptions, () => this.clock.now(), options.onProgress);
		this.quirks = new QuirkSet(options.quirks);
		this.chanceSeed = dataOptions.seed + 1;
		this.random = new SeededRandom(this.chanceSeed);
		this.faults = new FaultSet(this.random);
		this.schedule = new TaskSchedule(this.clock, () => {
			this.webhooks.noteProgress();
		});
		const gaps = options.retryGapsMs === undefined ? {} : { retryGapsMs: options.retryGapsMs };
		this.webhooks = new WebhookService({
			data: this.data,
			clock: this.clock,
			schedule: this.schedule,
			quirks: this.quirks,
			events: this.events,
			random: this.random,
			settings: { ...options.deliveries, ...gaps },
		});
	}

	/** The ledger: what was sent to webhooks, and what came back. */
	get deliveries(): DeliveryLedger {
		return this.webhooks.deliveries;
	}

	/** Faults of webhook deliveries; those of the API are `faults`. */
	get deliveryFaults(): FaultSet<DeliveryFault> {
		return this.webhooks.faults;
	}

	/** Books a transaction and calls the webhooks that want it. @throws RangeError for a value that cannot be */
	addTransaction(input: TransactionInput): SandboxTransaction {
		return this.addTransactions([input])[0] as SandboxTransaction;
	}

	/** Books transactions that arrive together: all or, if one cannot be, none. */
	addTransactions(inputs: readonly TransactionInput[]): SandboxTransaction[] {
		const added = this.addAll(inputs);
		for (const transaction of added) this.events.emit({ type: 'transactionAdded', transaction });
		this.webhooks.announce(added.filter((_, place) => inputs[place]?.silent !== true));
		return added;
	}

	/** Takes a transaction out of the book, as banks do when they correct themselves; false if it is not there. */
	deleteTransaction(id: number): boolean {
		const transaction = this.data.transactions.remove(id);
		if (transaction === undefined) return false;
		this.events.emit({ type: 'transactionDeleted', transaction });
		return true;
	}

	/** A transaction that Casso does not know yet: it appears after the next sync of its account. */
	queueForSync(input: Omit<TransactionInput, 'id'>): void {
		const { id } = this.data.check(input);
		// Its number is given when it appears: one chosen now might be taken by then.
		this.queued.set(id, [...(this.queued.get(id) ?? []), { ...input, id: undefined }]);
	}

	/** `POST /v2/sync`: what is queued appears shortly after. @returns false if it comes too soon after the last one */
	sync(accountId: number): boolean {
		const { syncCooldownMs, syncDelayMs } = this.quirks.values;
		const now = this.clock.now();
		const last = this.lastSyncAt.get(accountId);
		if (last !== undefined && now - last < syncCooldownMs) return false;
		this.lastSyncAt.set(accountId, now);
		const inputs = this.queued.get(accountId) ?? [];
		this.queued.delete(accountId);
		if (inputs.length > 0) this.schedule.after(syncDelayMs, () => this.addTransactions(inputs), true);
		return true;
	}

	/** What waits for a sync, by account. */
	get queue(): ReadonlyMap<number, readonly TransactionInput[]> {
		return this.queued;
	}

	/** Goes on with what was waiting for a sync. */
	restoreQueue(queue: Iterable<readonly [accountId: number, inputs: readonly TransactionInput[]]>): void {
		for (const [accountId, inputs] of queue) this.queued.set(accountId, [...inputs]);
	}

	/** Advances the schedule; with `wall`, the bank's time too. What has become due runs at once. */
	advanceClock(ms: number, wall = false): void {
		this.clock.advance(ms, wall);
		this.schedule.wake();
		this.events.emit({ type: 'clock' });
	}

	/** @param speed schedule ms in a real one, e.g. 60 */
	setClockSpeed(speed: number): void {
		this.clock.setSpeed(speed);
		this.schedule.wake();
		this.events.emit({ type: 'clock' });
	}

	/** Resolves when every delivery that is due is done; with `includeRetries` when nothing is planned either. */
	async whenIdle(includeRetries = false): Promise<void> {
		await this.webhooks.whenIdle(includeRetries);
	}

	/** Back to the initial data and switches, without webhooks, faults, logs and queued transactions. */
	reset(): void {
		this.schedule.clear();
		this.clock.reset();
		this.random.reseed(this.chanceSeed);
		this.data.reset();
		this.quirks.reset();
		this.faults.clear();
		this.requests.clear();
		this.queued.clear();
		this.lastSyncAt.clear();
		this.webhooks.reset();
		this.events.emit({ type: 'reset' });
	}

	close(): void {
		this.schedule.close();
		this.webhooks.close();
	}

	private addAll(inputs: readonly TransactionInput[]): SandboxTransaction[] {
		const added: SandboxTransaction[] = [];
		try {
			for (const input of inputs) added.push(this.data.add(input));
		} catch (error) {
			for (const { id } of added) this.data.transactions.remove(id);
			throw error;
		}
		return added;
	}
}

/** A key in the shape that was observed (spec 2.1), from the system's secure source. */
function randomApiKey(): string {
	return `AK_CS.${randomBytes(16).toString('hex')}.${randomAlphanumerics(72)}`;
}

/** Options that were given, so that an explicit undefined does not hide a default. */
function definedOnly(options: CassoBankOptions): Partial<CassoBankOptions> {
	return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

export interface CassoBankOptions extends Partial<BankDataOptions> {
	/** Default random on every start, in the shape of spec 2.1. */
	apiKey?: string;
	/** Accepted as `Bearer` beside the API key; default the API key alone. */
	accessToken?: string;
	/** Wall time in ms since 1970; default `Date.now`. */
	now?: () => number;
	/** How many schedule ms pass in a real one; default 1. */
	clockSpeed?: number;
	quirks?: Partial<CassoQuirks>;
	/** Told now and then how many transactions are made, of how many. */
	onProgress?: (made: number, wanted: number) => void;
	/** Schedule, deadline and parallelism of webhook deliveries. */
	deliveries?: Partial<DeliverySettings>;
	/** Short for `deliveries.retryGapsMs`. */
	retryGapsMs?: DeliverySettings['retryGapsMs'];
}

const DEFAULT_DATA: BankDataOptions = {
	seed: 1,
	accounts: 4,
	transactions: 200,
	historyDays: 60,
	firstAccountId: 16608,
	firstTransactionId: 4_512_301,
};
