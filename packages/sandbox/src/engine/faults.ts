/** A switchable set of fault rules: each acts on matching cases only, after a few, a number of times, or by chance. */
import type { SeededRandom } from './random';

/** When a rule acts among the cases that match it. */
export interface FaultLimits {
	/** Matching cases that pass before the rule acts; default 0. */
	skip?: number;
	/** How often the rule acts; default without end. */
	count?: number;
	/** Chance for each matching case, 0 to 1, by the seeded generator; default 1. */
	probability?: number;
}

/** A rule in force: its number, and what is left of its limits. */
export interface ActiveFault<T extends FaultLimits> {
	id: number;
	rule: T;
	acted: number;
	toSkip: number;
}

export interface FaultSnapshot<T extends FaultLimits> {
	active: ActiveFault<T>[];
	nextId: number;
}

export class FaultSet<T extends FaultLimits> {
	private active: ActiveFault<T>[] = [];
	private nextId = 1;

	constructor(private readonly random: SeededRandom) {}

	/** Switches a rule on. @returns its number, for `remove` */
	add(rule: T): number {
		checkLimits(rule);
		const id = this.nextId;
		this.nextId += 1;
		this.active.push({ id, rule, acted: 0, toSkip: rule.skip ?? 0 });
		return id;
	}

	/** Switches one rule off; false if it is not in force. */
	remove(id: number): boolean {
		const before = this.active.length;
		this.active = this.active.filter((fault) => fault.id !== id);
		return this.active.length < before;
	}

	clear(): void {
		this.active = [];
	}

	/** What has to be kept of the set. */
	snapshot(): FaultSnapshot<T> {
		return { active: this.active, nextId: this.nextId };
	}

	restore({ active, nextId }: FaultSnapshot<T>): void {
		this.active = active;
		this.nextId = nextId;
	}

	list(): ReadonlyArray<Readonly<ActiveFault<T>>> {
		return this.active;
	}

	/** The rules that act on one case, in the order they were switched on; their counts go down. */
	take(matches: (rule: T) => boolean): Array<ActiveFault<T>> {
		const acting = this.active.filter((fault) => matches(fault.rule) && this.acts(fault));
		for (const fault of acting) fault.acted += 1;
		this.active = this.active.filter(({ rule, acted }) => rule.count === undefined || acted < rule.count);
		return acting;
	}

	private acts(fault: ActiveFault<T>): boolean {
		if (fault.toSkip > 0) {
			fault.toSkip -= 1;
			return false;
		}
		return fault.rule.probability === undefined || this.random.chance(fault.rule.probability);
	}
}

function checkLimits({ skip, count, probability }: FaultLimits): void {
	if (skip !== undefined && !(Number.isInteger(skip) && skip >= 0))
		throw new RangeError('skip must be a whole number, 0 or more.');
	if (count !== undefined && !(Number.isInteger(count) && count > 0))
		throw new RangeError('count must be a whole number above 0.');
	if (probability !== undefined && !(probability >= 0 && probability <= 1))
		throw new RangeError('probability must lie between 0 and 1.');
}
