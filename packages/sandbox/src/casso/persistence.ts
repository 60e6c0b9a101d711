/** Keeps the Casso half: what is written when something happens, and how a bank goes on from it. */
import type { CassoBank } from './bank';
import type { BankBookOptions, BookCounters } from './data';
import type { ApiFault } from './faults';
import type { BankEvent, SandboxAccount, SandboxTransaction, TransactionInput } from './model';
import type { CassoQuirks } from './quirks';
import type { Delivery, RegisteredWebhook } from './webhooks/model';
import type { DeskSnapshot, KeptDelivery } from './webhooks/service';
import type { ClockSnapshot } from '../engine/clock';
import type { FaultSnapshot } from '../engine/faults';
import type { Keeper, KeptHalf } from '../engine/persister';
import type { Store, StoreChange } from '../engine/store';

/** Small things of the Casso half. */
interface BankState {
	quirks: CassoQuirks;
	faults: FaultSnapshot<ApiFault>;
	desk: DeskSnapshot;
	counters: BookCounters;
	queue: Array<[accountId: number, inputs: readonly TransactionInput[]]>;
}

/** How the bank was made; read before there is a bank. */
export interface BankOrigin {
	apiKey: string;
	plan: BankBookOptions;
}

export function bankOrigin(store: Store): BankOrigin | undefined {
	return store.load('bankOrigin')[0]?.value as BankOrigin | undefined;
}

export class KeptBank implements KeptHalf {
	readonly kinds = ['bankOrigin', 'account', 'transaction', 'webhook', 'delivery', 'bankState', 'bankClock'];

	constructor(private readonly bank: CassoBank) {}

	origin(): BankOrigin {
		return { apiKey: this.bank.apiKey, plan: this.bank.book.plan };
	}

	everything(): StoreChange[] {
		const { book, webhooks } = this.bank;
		const { list } = book.transactions.range(null, -Infinity, Infinity);
		return [
			row('bankOrigin', '', this.origin()),
			...book.accounts.map((account) => row('account', account.id, account)),
			...list.map((transaction) => row('transaction', transaction.id, transaction)),
			...webhooks.list().map((webhook) => row('webhook', webhook.id, webhook)),
			...webhooks.deliveries.list().map((delivery) => row('delivery', delivery.id, this.keptDelivery(delivery))),
			row('bankClock', '', this.bank.clock.snapshot()),
		];
	}

	state(): StoreChange[] {
		const { quirks, faults, webhooks, book, queue } = this.bank;
		const state: BankState = {
			quirks: quirks.values,
			faults: faults.snapshot(),
			desk: webhooks.snapshot(),
			counters: book.counters,
			queue: [...queue],
		};
		return [row('bankState', '', state)];
	}

	/** Follows the bank from now on. */
	follow(keeper: Keeper): void {
		this.bank.events.subscribe((event) => {
			this.note(event, keeper);
		});
	}

	/** Goes on with what the store holds. */
	restore(store: Store): void {
		const all = <T>(kind: string): T[] => store.load(kind).map(({ value }) => value as T);
		const state = all<BankState>('bankState')[0] as BankState;
		const clock = all<ClockSnapshot>('bankClock')[0];
		if (clock !== undefined) this.bank.clock.restore(clock);
		this.bank.book.restore(all<SandboxAccount>('account'), all<SandboxTransaction>('transaction'), state.counters);
		this.bank.quirks.set(state.quirks);
		this.bank.faults.restore(state.faults);
		this.bank.restoreQueue(state.queue);
		this.bank.webhooks.restore(state.desk, all<RegisteredWebhook>('webhook'), all<KeptDelivery>('delivery'));
	}

	private note(event: BankEvent, keeper: Keeper): void {
		switch (event.type) {
			case 'transactionAdded':
				keeper.put('transaction', event.transaction.id, () => event.transaction);
				break;
			case 'transactionDeleted':
				keeper.remove('transaction', event.transaction.id);
				break;
			case 'delivery':
				this.noteDelivery(event.delivery, keeper);
				break;
			case 'deliveryForgotten':
				keeper.remove('delivery', event.id);
				break;
			case 'webhook':
				this.noteWebhook(event.webhook.id, keeper);
				break;
			case 'reset':
				keeper.replace(this);
				break;
			case 'clock':
				keeper.put('bankClock', '', () => this.bank.clock.snapshot());
				break;
			case 'request':
				break;
		}
	}

	private noteDelivery(delivery: Delivery, keeper: Keeper): void {
		// One that was cleared away while it was under way is no longer kept.
		if (this.bank.deliveries.get(delivery.id) !== delivery) return;
		keeper.put('delivery', delivery.id, () => this.keptDelivery(delivery));
		this.noteWebhook(delivery.webhookId, keeper);
		keeper.put('bankClock', '', () => this.bank.clock.snapshot());
	}

	private noteWebhook(id: number, keeper: Keeper): void {
		const webhook = this.bank.webhooks.kept(id);
		if (webhook === undefined) keeper.remove('webhook', id);
		else keeper.put('webhook', id, () => webhook);
	}

	private keptDelivery(delivery: Delivery): KeptDelivery {
		return { delivery, job: this.bank.webhooks.jobOf(delivery) };
	}
}

function row(kind: string, key: number | string, value: unknown): StoreChange {
	return { kind, key: String(key), value: JSON.stringify(value) };
}
