/** What can be made to go wrong with webhook deliveries. */
import type { FaultLimits, FaultSet } from '../../engine/faults';
import type { TaskSchedule } from '../../engine/schedule';

interface DeliveryFaultScope extends FaultLimits {
	/** Default every webhook. */
	webhookId?: number;
	/** Only the attempt with this number (1 is the first); default every attempt. */
	attempt?: number;
}

/** Decided once, when an event arises. */
type EventFaultKind =
	/** Never delivered at all. */
	| { kind: 'drop' }
	| { kind: 'late'; delayMs: number }
	/** Events are held until `group` (default 2) are there, and go out last first, one after the other. */
	| { kind: 'outOfOrder'; group?: number; maxHoldMs?: number };

/** Decided for every attempt. */
type AttemptFaultKind =
	/** The same request so many times at once. */
	| { kind: 'parallel'; copies: number }
	/** After success, the same event again, signed anew, so many times (default 1), one after the other. */
	| { kind: 'duplicate'; copies?: number }
	/** After success, exactly the same bytes and headers once more, so many schedule ms later. */
	| { kind: 'replay'; afterMs: number }
	/** Valid header, changed body: the amount is ten times as much. */
	| { kind: 'tamper' }
	/** V2: a `v1` of the right form that is wrong. Legacy: another token. */
	| { kind: 'badSignature' }
	/** Signed, correctly, with another key. Legacy: another token. */
	| { kind: 'wrongKey' }
	| { kind: 'noSignature' }
	/** `t` lies so many ms in the past (negative: in the future), correctly signed. */
	| { kind: 'staleTime'; ageMs: number }
	/** Keys left out of each record; default every key but id, reference, amount, time and account. */
	| { kind: 'missingKeys'; keys?: string[] }
	/** An authentic body whose `error` is not 0. */
	| { kind: 'errorBody'; error?: number }
	| { kind: 'memo'; form: 'long' | 'vietnamese' | 'html' };

export type EventFault = DeliveryFaultScope & EventFaultKind;
export type AttemptFault = DeliveryFaultScope & AttemptFaultKind;
export type DeliveryFault = EventFault | AttemptFault;

const EVENT_KINDS: ReadonlySet<string> = new Set<EventFault['kind']>(['drop', 'late', 'outOfOrder']);

/** The rules that act on a new event for this webhook. */
export function takeEventFaults(faults: FaultSet<DeliveryFault>, webhookId: number): EventFault[] {
	const acting = faults.take((rule) => isEventFault(rule) && (rule.webhookId ?? webhookId) === webhookId);
	return acting.map((fault) => fault.rule).filter(isEventFault);
}

/** The rules that act on the attempt with this number. */
export function takeAttemptFaults(faults: FaultSet<DeliveryFault>, webhookId: number, number: number): AttemptFault[] {
	const acting = faults.take(
		(rule) => !isEventFault(rule) && (rule.webhookId ?? webhookId) === webhookId && (rule.attempt ?? number) === number,
	);
	return acting.map((fault) => fault.rule).filter((rule): rule is AttemptFault => !isEventFault(rule));
}

/** True for a rule that is decided when an event arises. */
function isEventFault(rule: DeliveryFault): rule is EventFault {
	return EVENT_KINDS.has(rule.kind);
}

/** The rule of one kind among those that act on an event or an attempt. */
export function findDeliveryFault<Kind extends DeliveryFault['kind']>(
	faults: readonly DeliveryFault[],
	kind: Kind,
): Extract<DeliveryFault, { kind: Kind }> | undefined {
	return faults.find((fault): fault is Extract<DeliveryFault, { kind: Kind }> => fault.kind === kind);
}

interface Group<Job> {
	jobs: Job[];
	/** Calls off the release after the longest hold. */
	callOff: () => void;
}

export class OrderShuffler<Job> {
	private readonly groups = new Map<number, Group<Job>>();
	private releasing = 0;

	/**
	 * @param start sends one job and resolves when its attempt is over
	 * @param onReleased called when a whole group is out
	 */
	constructor(
		private readonly schedule: TaskSchedule,
		private readonly start: (job: Job) => Promise<void>,
		private readonly onReleased: () => void,
	) {}

	/** Jobs held and groups on their way. */
	get busy(): number {
		let held = 0;
		for (const { jobs } of this.groups.values()) held += jobs.length;
		return held + this.releasing;
	}

	/** Holds a job of this webhook until `size` are there, or for `maxHoldMs` of schedule time. */
	hold(webhookId: number, job: Job, size: number, maxHoldMs: number): void {
		const group = this.groups.get(webhookId) ?? this.openGroup(webhookId, maxHoldMs);
		group.jobs.push(job);
		if (group.jobs.length >= size) this.release(webhookId);
	}

	clear(): void {
		for (const { callOff } of this.groups.values()) callOff();
		this.groups.clear();
	}

	private openGroup(webhookId: number, maxHoldMs: number): Group<Job> {
		const callOff = this.schedule.after(maxHoldMs, () => {
			this.release(webhookId);
		});
		const group: Group<Job> = { jobs: [], callOff };
		this.groups.set(webhookId, group);
		return group;
	}

	private release(webhookId: number): void {
		const group = this.groups.get(webhookId);
		if (group === undefined) return;
		group.callOff();
		this.groups.delete(webhookId);
		this.releasing += 1;
		void this.sendReversed(group.jobs).finally(() => {
			this.releasing -= 1;
			this.onReleased();
		});
	}

	private async sendReversed(jobs: readonly Job[]): Promise<void> {
		for (const job of [...jobs].reverse()) await this.start(job);
	}
}
