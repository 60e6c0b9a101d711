/**
 * The poll that n8n runs while it activates a workflow. If that poll throws, the node never polls: n8n's publication
 * service retries for a few seconds and then gives up, even if the service recovers later.
 */
import { isOutage } from '@saoke/core/common';
import type { IHookFunctions, IPollFunctions } from 'n8n-workflow';

/** n8n, and possibly the user who publishes, waits for an activation poll. */
const ACTIVATION_LIMITS = { totalMs: 12_000, callMs: 5_000 };

/** n8n's default, which `getPollBudgetMs` returns unless n8n's durable scheduler polls. */
const NO_BUDGET_MS = 300_000;
const LONGEST_CALL_MS = 15_000;

const activated = new WeakSet<IPollFunctions>();

/** The durable scheduler limits each of its polls to less than its lease; the poll at activation has no limit. */
export function isOfDurableScheduler(context: IPollFunctions): boolean {
	return getBudgetMs(context) !== NO_BUDGET_MS;
}

/** Limits in ms for a whole poll and for one call, so that a poll fails in time instead of being abandoned. */
export function getPollLimits(context: IPollFunctions, isActivation: boolean): { totalMs: number; callMs: number } {
	if (isActivation) return ACTIVATION_LIMITS;
	const totalMs = getBudgetMs(context);
	return { totalMs, callMs: Math.min(LONGEST_CALL_MS, totalMs / 3) };
}

function getBudgetMs(context: IPollFunctions): number {
	return context.getPollBudgetMs?.() ?? NO_BUDGET_MS;
}

/** True during n8n's startup, when no user is there to correct an error. */
export function isStartOfN8n(context: Pick<IPollFunctions | IHookFunctions, 'getActivationMode'>): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

/**
 * Distinguishes the activation poll from a regular one. Call it once in each poll, before anything else. n8n's classic
 * scheduler polls with one context for as long as the workflow is active, and the activation is its first poll. The
 * durable scheduler makes a context for each poll.
 */
export function isActivationPoll(context: IPollFunctions): boolean {
	if (isOfDurableScheduler(context) || activated.has(context)) return false;
	activated.add(context);
	return true;
}

/**
 * @param error of an activation poll
 * @returns true if the next regular poll should report it: any error during n8n's startup, otherwise only an outage. An
 * error that the publishing user has to correct is reported immediately.
 */
export function isLeftToNextPoll(context: IPollFunctions, error: unknown): boolean {
	return isStartOfN8n(context) || isOutage(error);
}

/** For the log. */
export function postponedNote(error: unknown): string {
	const reason = error instanceof Error ? error.message : 'unknown reason';
	return `could not poll while n8n activated the workflow. The next scheduled poll tries again, and fails if this goes on: ${reason}`;
}
