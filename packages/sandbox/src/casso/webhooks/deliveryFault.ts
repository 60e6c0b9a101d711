/** What can be made to go wrong with webhook deliveries. */
import type { FaultLimits, FaultSet } from '../faultSet';

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
export function deliveryFaultOf<Kind extends DeliveryFault['kind']>(
	faults: readonly DeliveryFault[],
	kind: Kind,
): Extract<DeliveryFault, { kind: Kind }> | undefined {
	return faults.find((fault): fault is Extract<DeliveryFault, { kind: Kind }> => fault.kind === kind);
}
