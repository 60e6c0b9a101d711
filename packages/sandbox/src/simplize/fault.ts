/** What can be made to go wrong with a call of the Simplize half, and for which calls. */
import type { FaultLimits } from '../casso/faultSet';

/** Which calls a rule acts on. */
export interface SimplizeFaultScope extends FaultLimits {
	/** Path under `/simplize`, matched as a beginning; default every path. */
	path?: string;
}

type SimplizeFaultKind =
	| { kind: 'httpError'; status: number; message?: string; retryAfterSeconds?: number }
	| { kind: 'html'; status?: number }
	/** HTTP 200, the failure in the body alone. */
	| { kind: 'errorEnvelope'; status?: number; message?: string }
	/** The request waits on its way, before the server looks at its timestamp. */
	| { kind: 'heldUp'; ms: number }
	/** The answer waits, after the server has accepted the request. */
	| { kind: 'slow'; ms: number }
	/** The connection breaks without an answer, after `ms` (default 0). */
	| { kind: 'reset'; ms?: number }
	/** The answer, cut so that it is no JSON. */
	| { kind: 'invalidJson' }
	| { kind: 'emptyData' }
	/** `total` says so much more, or less, than there is. */
	| { kind: 'wrongTotal'; by: number }
	/** The page after `page` (zero-based, default 0) holds that page's records again; `forever`: every later one does. */
	| { kind: 'repeatPage'; page?: number; forever?: boolean };

export type SimplizeFault = SimplizeFaultScope & SimplizeFaultKind;
export type SimplizeFaultName = SimplizeFaultKind['kind'];

/** @param path under `/simplize`, without the query */
export function faultActsOn(rule: SimplizeFaultScope, path: string): boolean {
	return rule.path === undefined || path.startsWith(rule.path);
}

/** The first rule of one kind. */
export function faultOfKind<Name extends SimplizeFaultName>(
	faults: readonly SimplizeFault[],
	kind: Name,
): Extract<SimplizeFault, { kind: Name }> | undefined {
	return faults.find((rule): rule is Extract<SimplizeFault, { kind: Name }> => rule.kind === kind);
}
