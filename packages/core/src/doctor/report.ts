/**
 * What the doctor finds out: one row for each thing that the services do not publish, and one for each check. A report holds
 * counts, statuses and words of ours; never a text, an id or an amount from the service, so that it may be shown to anybody.
 */

type Verdict = 'as assumed' | 'otherwise' | 'cannot tell';
type CheckVerdict = 'all right' | 'attention' | 'cannot tell';

/** What has to be done. `nothing`: the nodes adapt. `new version`: no option helps, the maintainers must know. */
type Todo = 'nothing' | 'set' | 'new version';

export interface ReportRow {
	id: string;
	question: string;
	/** What the packages take for granted; empty for a check. */
	assumed: string;
	verdict: Verdict | CheckVerdict;
	/** What was seen, or why it cannot be told. */
	evidence: string;
	/** What it means and what to do; empty if all is well. */
	consequence: string;
	/** Exact label of the option to set, and its value if one is better than another; empty if there is none. */
	option: string;
	todo: Todo;
}

export interface Report {
	service: 'Casso' | 'Simplize';
	/** One sentence. */
	conclusion: string;
	/** Key, address, clock, accounts and the like. */
	checks: ReportRow[];
	/** A row for each entry of docs/unknowns.md. */
	rows: ReportRow[];
	/** How many requests were sent. */
	requests: number;
	/** Day of the run in Vietnam, `YYYY-MM-DD`. */
	day: string;
	/** 0: all right; 1: something to set; 2: the service could not be reached. */
	exitCode: 0 | 1 | 2;
}

/** The outcome of one probe or check. */
export interface Finding {
	verdict: Verdict | CheckVerdict;
	evidence: string;
	/** Replaces what the probe says about the case that its assumption is wrong. */
	consequence?: string;
	option?: string;
	todo?: Todo;
}

/** One thing that is not known about a service; also a row of docs/unknowns.md. */
export interface Probe<Facts> {
	/** Stable, e.g. `pageSize`. */
	id: string;
	/** What is not known, as a noun phrase or a clause with "whether". */
	question: string;
	assumed: string;
	/** What it means for the user if the assumption is wrong. */
	ifWrong: string;
	/** Label of the option to set then. */
	option?: string;
	/** True if no option helps. */
	needsVersion?: boolean;
	/** How the doctor asks, or how a person does. */
	how: string;
	/** What the doctor must be allowed or given beyond reading; without it the row cannot be told. */
	needs?: 'write' | 'sync' | 'deliveries' | 'person';
	/** The answer from a real account: day and evidence. */
	settled?: { on: string; evidence: string };
	/** Left out if only a person can tell. May throw CannotTell. */
	judge?: (facts: Facts) => Promise<Finding> | Finding;
}

/** A probe of either service, without the way in which it judges. */
export type AnyProbe = Omit<Probe<never>, 'judge'>;

/** A check beyond the unknowns. */
export interface Check<Facts> {
	id: string;
	question: string;
	judge: (facts: Facts) => Promise<Finding> | Finding;
}

/** A list of probes, typed. */
export function defineProbes<Facts>(probes: ReadonlyArray<Probe<Facts>>): ReadonlyArray<Probe<Facts>> {
	return probes;
}

/** A list of checks, typed. */
export function defineChecks<Facts>(checks: ReadonlyArray<Check<Facts>>): ReadonlyArray<Check<Facts>> {
	return checks;
}

/** What "otherwise" means if the nodes cope with it. */
export const ADAPTS = 'nothing to do: the nodes adapt';

/** Thrown by facts and probes: the reason why nothing can be said. */
export class CannotTell extends Error {}

/** Thrown if a request got no answer. */
export class NoAnswer extends CannotTell {
	constructor() {
		super('no answer came');
	}
}

export const asAssumed = (evidence: string): Finding => ({ verdict: 'as assumed', evidence });

/** @param change for a case that needs other words, or another option, than the probe has */
export const otherwise = (evidence: string, change: Partial<Finding> = {}): Finding => ({
	verdict: 'otherwise',
	evidence,
	...change,
});

export const cannotTell = (evidence: string): Finding => ({ verdict: 'cannot tell', evidence });

export const allRight = (evidence: string): Finding => ({ verdict: 'all right', evidence });

/** @param consequence what it means and what to do */
export const attention = (evidence: string, consequence: string): Finding => ({
	verdict: 'attention',
	evidence,
	consequence,
	todo: 'set',
});

/** Beginning of the reason of a row that nobody asked for in this run. */
export const NOT_ASKED = 'not asked';

export const NEEDS = {
	write: `${NOT_ASKED}: it registers a webhook`,
	sync: `${NOT_ASKED}: it starts a sync`,
	deliveries: `${NOT_ASKED}: it needs deliveries of a webhook`,
	person: 'only a person can tell',
} as const;

/** @param allowed what the run may do or has been given beyond reading */
export async function judgeProbe<Facts>(
	probe: Probe<Facts>,
	facts: Facts,
	allowed: ReadonlySet<string>,
): Promise<ReportRow> {
	const { judge, needs } = probe;
	const isLeftOut = !judge || (needs !== undefined && !allowed.has(needs));
	const finding = isLeftOut
		? cannotTell(judge ? NEEDS[needs ?? 'person'] : `${NEEDS.person}: ${probe.how}`)
		: await judged(judge, facts);
	const isOtherwise = finding.verdict === 'otherwise';
	const option = isOtherwise ? (finding.option ?? probe.option ?? '') : '';
	return {
		id: probe.id,
		question: probe.question,
		assumed: probe.assumed,
		verdict: finding.verdict,
		evidence: finding.evidence,
		consequence: isOtherwise ? (finding.consequence ?? probe.ifWrong) : '',
		option,
		todo: !isOtherwise
			? 'nothing'
			: (finding.todo ?? (option ? 'set' : probe.needsVersion ? 'new version' : 'nothing')),
	};
}

export async function judgeCheck<Facts>(check: Check<Facts>, facts: Facts): Promise<ReportRow> {
	const finding = await judged(check.judge, facts);
	const { verdict, evidence, consequence = '', option = '', todo = 'nothing' } = finding;
	return { id: check.id, question: check.question, assumed: '', verdict, evidence, consequence, option, todo };
}

/** An answer of an unknown form must end in a row like any other; its text may hold data, so that none of it is passed on. */
async function judged<Facts>(judge: (facts: Facts) => Promise<Finding> | Finding, facts: Facts): Promise<Finding> {
	try {
		return await judge(facts);
	} catch (error) {
		return cannotTell(error instanceof CannotTell ? error.message : 'the answer has a form that is not known');
	}
}

/** @param isReached false if no answer of the service came */
export function toReport(
	service: Report['service'],
	found: Pick<Report, 'checks' | 'rows' | 'requests' | 'day'>,
	isReached: boolean,
): Report {
	const all = [...found.checks, ...found.rows];
	const toSet = all.filter(({ todo }) => todo === 'set').length;
	const toTell = all.filter(({ todo }) => todo === 'new version').length;
	const exitCode = !isReached ? 2 : toSet + toTell > 0 ? 1 : 0;
	return { service, conclusion: conclude(service, isReached, toSet, toTell), ...found, exitCode };
}

function conclude(service: string, isReached: boolean, toSet: number, toTell: number): string {
	if (!isReached) return `${service} could not be reached: see the first rows.`;
	if (toSet + toTell === 0) return 'All right: nothing has to be set.';
	const set = toSet > 0 ? `${toSet} to set or to look at` : '';
	const tell = toTell > 0 ? `${toTell} that need a new version: please tell the maintainers` : '';
	return `Not all is as assumed: ${[set, tell].filter(Boolean).join(', ')}.`;
}
