/** The ledger: every event that was to be delivered, with every attempt and answer. Bounded; the oldest go first. */
import type { Delivery, DeliveryKind, DeliveryState } from './model';

export interface DeliveryFilter {
	webhookId?: number;
	state?: DeliveryState;
	transactionId?: number;
	kind?: DeliveryKind;
	/** Only deliveries with a greater id. */
	afterId?: number;
	/** Only deliveries with a smaller id. */
	beforeId?: number;
	/** At most this many, the newest. */
	limit?: number;
}

export class DeliveryLedger {
	private readonly deliveries = new Map<number, Delivery>();
	private nextId = 1;

	/**
	 * @param capacity how many deliveries are kept; pending ones always are
	 * @param onForget called with the number of one that went out
	 */
	constructor(
		private readonly capacity: number,
		private readonly onForget: (id: number) => void = () => undefined,
	) {}

	open(delivery: Omit<Delivery, 'id' | 'attempts'>): Delivery {
		const entry: Delivery = { id: this.nextId, ...delivery, attempts: [] };
		this.nextId += 1;
		this.deliveries.set(entry.id, entry);
		this.forgetOldest();
		return entry;
	}

	get next(): number {
		return this.nextId;
	}

	/** Goes on with what was kept, oldest first. */
	restore(deliveries: readonly Delivery[], nextId: number): void {
		for (const delivery of deliveries) this.deliveries.set(delivery.id, delivery);
		this.nextId = nextId;
	}

	get(id: number): Delivery | undefined {
		return this.deliveries.get(id);
	}

	/** Oldest first. */
	list(filter: DeliveryFilter = {}): Delivery[] {
		const found = [...this.deliveries.values()].filter((delivery) => fits(delivery, filter));
		return filter.limit === undefined ? found : found.slice(-filter.limit);
	}

	clear(): void {
		this.deliveries.clear();
		this.nextId = 1;
	}

	private forgetOldest(): void {
		if (this.deliveries.size <= this.capacity) return;
		for (const delivery of this.deliveries.values()) {
			if (delivery.state === 'pending') continue;
			this.deliveries.delete(delivery.id);
			this.onForget(delivery.id);
			return;
		}
	}
}

function fits(delivery: Delivery, filter: DeliveryFilter): boolean {
	return (
		(filter.webhookId === undefined || delivery.webhookId === filter.webhookId) &&
		(filter.state === undefined || delivery.state === filter.state) &&
		(filter.kind === undefined || delivery.kind === filter.kind) &&
		(filter.afterId === undefined || delivery.id > filter.afterId) &&
		(filter.beforeId === undefined || delivery.id < filter.beforeId) &&
		(filter.transactionId === undefined || delivery.transactionIds.includes(filter.transactionId))
	);
}

/** How often a delivery was sent on schedule: copies, replays and resending by hand do not count. */
export function scheduledAttempts(delivery: Delivery): number {
	return delivery.attempts.filter((attempt) => attempt.purpose === 'scheduled').length;
}
