/** What the data file holds of Simplize: keys, switches, faults and cash movements; the rest follows from the seed and the day it was made. */
import type { PartnerDataOptions, PartnerSnapshot } from './data';
import type { SimplizeFault } from './faults';
import type { CashMovement } from './model';
import type { SimplizePartner } from './partner';
import type { SimplizeQuirks } from './quirks';
import type { FaultSnapshot } from '../engine/faults';
import type { PersistedService, Persister } from '../engine/persister';
import type { Store, StoreChange } from '../engine/store';

interface PartnerState {
	quirks: SimplizeQuirks;
	faults: FaultSnapshot<SimplizeFault>;
	book: PartnerSnapshot;
}

/** How the partner was made; read before there is one. */
export interface PartnerOrigin {
	apiKey: string;
	apiSecret: string;
	plan: PartnerDataOptions;
}

export function readPartnerOrigin(store: Store): PartnerOrigin | undefined {
	return store.load('partnerOrigin')[0]?.value as PartnerOrigin | undefined;
}

export class PartnerPersistence implements PersistedService {
	readonly kinds = ['partnerOrigin', 'cash', 'partnerState'];

	constructor(private readonly partner: SimplizePartner) {}

	origin(): PartnerOrigin {
		const { apiKey, apiSecret, data } = this.partner;
		return { apiKey, apiSecret, plan: data.snapshot().options };
	}

	everything(): StoreChange[] {
		const { data } = this.partner;
		const cash = data.portfolios.flatMap(({ id }) => data.getCash(id));
		return [row('partnerOrigin', '', this.origin()), ...cash.map((movement) => row('cash', toKey(movement), movement))];
	}

	state(): StoreChange[] {
		const { quirks, faults, data } = this.partner;
		const state: PartnerState = { quirks: quirks.values, faults: faults.snapshot(), book: data.snapshot() };
		return [row('partnerState', '', state)];
	}

	/** Follows the partner from now on. */
	follow(persister: Persister): void {
		this.partner.events.subscribe((event) => {
			if (event.type === 'cash') persister.put('cash', toKey(event.movement), () => event.movement);
			if (event.type === 'reset') persister.replace(this);
		});
	}

	/** Goes on with what the store holds. */
	restore(store: Store): void {
		const state = store.load('partnerState')[0]?.value as PartnerState;
		this.partner.quirks.set(state.quirks);
		this.partner.faults.restore(state.faults);
		this.partner.data.restore(
			state.book,
			store.load('cash').map(({ value }) => value as CashMovement),
		);
	}
}

/** Two portfolios may be given the same number by hand. */
function toKey({ portfolioId, transactionId }: CashMovement): string {
	return `${String(portfolioId)} ${String(transactionId)}`;
}

function row(kind: string, key: string, value: unknown): StoreChange {
	return { kind, key, value: JSON.stringify(value) };
}
