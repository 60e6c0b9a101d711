/** The Simplize of the sandbox: keys, data, switches, faults and log behind one control surface. */
import { randomBytes } from 'node:crypto';
import { DEFAULT_PARTNER_DATA, PartnerData, type PartnerDataOptions } from './data';
import type { SimplizeFault } from './faults';
import { PartnerEvents, type CashMovement, type CashMovementInput } from './model';
import { SimplizeQuirkSet, type SimplizeQuirks } from './quirks';
import { SignedCallLog } from './requestLog';
import { FaultSet } from '../engine/faults';
import { SeededRandom } from '../engine/random';

export interface SimplizePartnerOptions extends Partial<PartnerDataOptions> {
	/** Default random on every start. */
	apiKey?: string;
	/** Default random on every start. */
	apiSecret?: string;
	/** Wall time in Unix ms; default `Date.now`. */
	now?: () => number;
	quirks?: Partial<SimplizeQuirks>;
}

const LOGGED_CALLS = 5_000;

export class SimplizePartner {
	readonly apiKey: string;
	readonly apiSecret: string;
	readonly data: PartnerData;
	readonly quirks: SimplizeQuirkSet;
	readonly faults: FaultSet<SimplizeFault>;
	readonly calls = new SignedCallLog(LOGGED_CALLS);
	readonly events = new PartnerEvents();
	/** Signatures seen inside the window, for the replay switch; by the time at which each may be forgotten. */
	private seen = new Map<string, number>();
	private readonly wallNow: () => number;

	constructor(options: SimplizePartnerOptions = {}) {
		const { apiKey, apiSecret, now, quirks, ...plan } = options;
		this.apiKey = apiKey ?? `sk_${randomBytes(18).toString('hex')}`;
		this.apiSecret = apiSecret ?? randomBytes(24).toString('base64url');
		this.wallNow = now ?? Date.now;
		this.quirks = new SimplizeQuirkSet(quirks);
		const given = Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined));
		const dataOptions: PartnerDataOptions = { ...DEFAULT_PARTNER_DATA, ...given };
		this.faults = new FaultSet(new SeededRandom(dataOptions.seed + 1));
		this.data = new PartnerData(dataOptions, () => this.now());
	}

	/** The server's clock, Unix ms: this machine's, plus the skew that is switched on. */
	now(): number {
		return this.wallNow() + this.quirks.values.clockSkewMs;
	}

	addCashMovement(input: CashMovementInput): CashMovement {
		const movement = this.data.addCash(input);
		this.events.emit({ type: 'cash', movement });
		return movement;
	}

	/** True the first time that a signature is seen while it is valid. */
	isFirstUse(signature: string, forgetAt: number): boolean {
		const now = this.now();
		for (const [known, until] of this.seen) if (until < now) this.seen.delete(known);
		if (this.seen.has(signature)) return false;
		this.seen.set(signature, forgetAt);
		return true;
	}

	/** Back to the initial data and switches, without faults and log. */
	reset(): void {
		this.quirks.reset();
		this.faults.clear();
		this.calls.clear();
		this.seen = new Map();
		this.data.reset();
		this.events.emit({ type: 'reset' });
	}
}
