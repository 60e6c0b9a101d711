/** A switchable set of fault rules: each acts on matching cases only, after a few, a number of times, or by chance. */
import type { SeededRandom } from './random';
import { closed, wholeFrom0, wholeFrom1, type Fields, type FromFields, type Schema } from './schema';

/** When a rule acts among the cases that match it. */
const limits = {
	/** Matching cases that pass before the rule acts; default 0. */
	skip: wholeFrom0,
	/** How many times the rule acts; default no limit. */
	count: wholeFrom1,
	/** Chance for each matching case, 0 to 1, by the seeded generator; default 1. */
	probability: { type: 'number', minimum: 0, maximum: 1 },
} as const;

export type FaultLimits = FromFields<typeof limits>;

/** One kind of fault. Its texts on the page are `fault.<kind>` and `fault.<kind>.does`. */
export interface FaultDefinition<F extends Fields = Fields, Required extends string = string> {
	fields: F;
	required?: readonly Required[];
	/** What the page asks for, with the value that it starts with; null is an empty field. */
	form?: { readonly [Name in keyof F]?: unknown };
	/** What the page sends without asking. */
	preset?: { readonly [Name in keyof F]?: unknown };
}

/** The rules of one kind, or of several. */
export type FaultRule<
	Definitions extends Record<string, FaultDefinition>,
	Scope extends Fields,
	Kind extends keyof Definitions = keyof Definitions,
> = {
	[Name in Kind]: { kind: Name } & FaultLimits &
		FromFields<Scope> &
		FromFields<Definitions[Name]['fields'], RequiredFields<Definitions[Name]>>;
}[Kind];

type RequiredFields<Definition> = 'required' extends keyof Definition
	? Definition extends { required?: ReadonlyArray<infer Required extends string> }
		? Required
		: never
	: never;

/** The schema of a rule: which fields it may have depends on `kind`. */
export function faultSchema(definitions: Record<string, FaultDefinition>, scope: Fields): Schema {
	return {
		type: 'object',
		required: ['kind'],
		discriminator: { propertyName: 'kind' },
		oneOf: Object.entries(definitions).map(([kind, { fields, required = [] }]) => ({
			...closed({ ...limits, ...scope, ...fields, kind: { const: kind } }),
			required: ['kind', ...required],
		})),
	};
}

/** What the page shows: every kind, and the fields of its form. */
export interface FaultForm {
	kind: string;
	fields: Array<{ name: string; type: 'number' | 'text' | 'flag' | 'choice'; value: unknown; choices?: unknown }>;
	preset: object;
}

/** @param common fields of every form of this set, by name */
export function faultForms(definitions: Record<string, FaultDefinition>, scope: Fields): FaultForm[] {
	const common = { path: null, attempt: null, count: null, skip: null, probability: null };
	return Object.entries(definitions).map(([kind, { fields, form = {}, preset = {} }]) => {
		const schemas: Fields = { ...limits, ...scope, ...fields };
		const shown = Object.entries({ ...form, ...common }).filter(([name]) => Object.hasOwn(schemas, name));
		return { kind, preset, fields: shown.map(([name, value]) => ({ name, value, ...toInput(schemas[name] ?? {}) })) };
	});
}

function toInput({ type, enum: choices }: Schema): Pick<FaultForm['fields'][number], 'type' | 'choices'> {
	if (choices !== undefined) return { type: 'choice', choices };
	if (type === 'boolean') return { type: 'flag' };
	return { type: type === 'string' ? 'text' : 'number' };
}

/** The first rule of a kind among those that act on a case. */
export function findFault<Rule extends { kind: string }, Kind extends Rule['kind']>(
	faults: readonly Rule[],
	kind: Kind,
): Extract<Rule, { kind: Kind }> | undefined {
	return faults.find((rule): rule is Extract<Rule, { kind: Kind }> => rule.kind === kind);
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
