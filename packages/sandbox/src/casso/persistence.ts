/** What the data file holds of Casso: what is written when something happens, and how a bank is restored from it. */
import type { CassoBank } from './bank';
import type { BankCounters, BankDataOptions } from './data';
import type { ApiFault } from './faults';
import type { BankEvent, SandboxAccount, SandboxTransaction, TransactionInput } from './model';
import type { CassoQuirks } from './quirks';
import type { Delivery, RegisteredWebhook } from './webhooks/model';
import type { StoredDelivery, WebhookSnapshot } from './webhooks/service';
import type { ClockSnapshot } from '../engine/clock';
import type { FaultSnapshot } from '../engine/faults';
import type { PersistedService, Persister } from '../engine/persister';
import type { Store, StoreChange } from '../engine/store';

/** Small things of the Casso service. */
interface BankState {
	quirks: CassoQuirks;
	faults: FaultSnapshot<ApiFault>;
	desk: WebhookSnapshot;
	counters: BankCounters;
	queue: Array<[accountId: number, inputs: readonly TransactionInput[]]>;
}

/** How the bank was made; read before there is a bank. */
export interface BankOrigin {
	apiKey: string;
	plan: BankDataOptions;
}

export function readBankOrigin(store: Store): BankOrigin | undefined {
	return store.load('bankOrigin')[0]?.value as BankOrigin | undefined;
}

export class BankPersistence implements PersistedService {
	readonly kinds = ['bankOrigin', 'account', 'transaction', 'webhook', 'delivery', 'bankState', 'bankClock'];

	constructor(private readonly bank: CassoBank) {}

	origin(): BankOrigin {
		return { apiKey: this.bank.apiKey, plan: this.bank.data.plan };
	}

	everything(): StoreChange[] {
		const { data, webhooks } = this.bank;
		const { list } = data.transactions.range(null, -Infinity, Infinity);
		return [
			row('bankOrigin', '', this.origin()),
			...data.accounts.map((account) => row('account', account.id, account)),
			...list.map((transaction) => row('transaction', transaction.id, transaction)),
			...webhooks.list().map((webhook) => row('webhook', webhook.id, webhook)),
			...webhooks.deliveries.list().map((delivery) => row('delivery', delivery.id, this.keptDelivery(delivery))),
			row('bankClock', '', this.bank.clock.snapshot()),
		];
	}

	state(): StoreChange[] {
		const { quirks, faults, webhooks, data, queue } = this.bank;
		const state: BankState = {
			quirks: quirks.values,
			faults: faults.snapshot(),
			desk: webhooks.snapshot(),
			counters: data.counters,
			queue: [...queue],
		};
		return [row('bankState', '', state)];
	}

	/** Follows the bank from now on. */
	follow(persister: Persister): void {
		this.bank.events.subscribe((event) => {
			this.note(event, persister);
		});
	}

	/** Goes on with what the store holds. */
	restore(store: Store): void {
		const all = <T>(kind: string): T[] => store.load(kind).map(({ value }) => value as T);
		const state = all<BankState>('bankState')[0] as BankState;
		const clock = all<ClockSnapshot>('bankClock')[0];
		if (clock !== undefined) this.bank.clock.restore(clock);
		this.bank.data.restore(all<SandboxAccount>('account'), all<SandboxTransaction>('transaction'), state.counters);
		this.bank.quirks.set(state.quirks);
		this.bank.faults.restore(state.faults);
		this.bank.restoreQueue(state.queue);
		this.bank.webhooks.restore(state.desk, all<RegisteredWebhook>('webhook'), all<StoredDelivery>('delivery'));
	}

	private note(event: BankEvent, persister: Persister): void {
		switch (event.type) {
			case 'transactionAdded':
				persister.put('transaction', event.transaction.id, () => event.transaction);
				break;
			case 'transactionDeleted':
				persister.remove('transaction', event.transaction.id);
				break;
			case 'delivery':
				this.noteDelivery(event.delivery, persister);
				break;
			case 'deliveryForgotten':
				persister.remove('delivery', event.id);
				break;
			case 'webhook':
				this.noteWebhook(event.webhook.id, persister);
				break;
			case 'reset':
				persister.replace(this);
				break;
			case 'clock':
				persister.put('bankClock', '', () => this.bank.clock.snapshot());
				break;
			case 'request':
				break;
		}
	}

	private noteDelivery(delivery: Delivery, persister: Persister): void {
		// One that was cleared away while it was under way is no longer kept.
		if (this.bank.deliveries.get(delivery.id) !== delivery) return;
		persister.put('delivery', delivery.id, () => this.keptDelivery(delivery));
		this.noteWebhook(delivery.webhookId, persister);
		persister.put('bankClock', '', () => this.bank.clock.snapshot());
	}

	private noteWebhook(id: number, persister: Persister): void {
		const webhook = this.bank.webhooks.getStored(id);
		if (webhook === undefined) persister.remove('webhook', id);
		else persister.put('webhook', id, () => webhook);
	}

	private keptDelivery(delivery: Delivery): StoredDelivery {
		return { delivery, job: this.bank.webhooks.getJob(delivery) };
	}
}

function row(kind: string, key: number | string, value: unknown): StoreChange {
	return { kind, key: String(key), value: JSON.stringify(value) };
}
