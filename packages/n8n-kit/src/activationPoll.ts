/**
 * The poll that n8n makes while it activates a workflow. If that poll throws, the node does not poll at all: n8n's
 * publication service tries again for some seconds and then never, however healthy the service is later.
 */
import { isOutage } from '@saoke/core/common';
import type { IHookFunctions, IPollFunctions } from 'n8n-workflow';

/** n8n waits for an activation poll, and so may the person who publishes. */
const ACTIVATION_LIMITS = { totalMs: 12_000, callMs: 5_000 };

/** n8n's default, which `getPollBudgetMs` gives if n8n's durable scheduler is not the one that polls. */
const NO_BUDGET_MS = 300_000;
const LONGEST_CALL_MS = 15_000;

const activated = new WeakSet<IPollFunctions>();

/** The durable scheduler limits each of its polls to less than its lease; the poll at activation has no limit. */
export function isOfDurableScheduler(context: IPollFunctions): boolean {
	return getBudgetMs(context) !== NO_BUDGET_MS;
}

/** In ms, for all calls and pauses of a poll, and for one call: a poll is to fail in time rather than being abandoned. */
export function getPollLimits(context: IPollFunctions, isActivation: boolean): { totalMs: number; callMs: number } {
	if (isActivation) return ACTIVATION_LIMITS;
	const totalMs = getBudgetMs(context);
	return { totalMs, callMs: Math.min(LONGEST_CALL_MS, totalMs / 3) };
}

function getBudgetMs(context: IPollFunctions): number {
	return context.getPollBudgetMs?.() ?? NO_BUDGET_MS;
}

/** True while n8n itself starts: nobody looks, and nobody could correct anything. */
export function isStartOfN8n(context: Pick<IPollFunctions | IHookFunctions, 'getActivationMode'>): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

/**
 * Tells the poll at activation from a regular one; to be called once in each poll, before anything else. n8n's classic
 * scheduler polls with one context for as long as the workflow is active, and the activation is its first poll. The
 * durable scheduler makes a context for each poll.
 */
export function isActivationPoll(context: IPollFunctions): boolean {
	if (isOfDurableScheduler(context) || activated.has(context)) return false;
	activated.add(context);
	return true;
}

/**
 * @param error what an activation poll met
 * @returns true if the next regular poll is to report it: while n8n starts anything, else only an outage. What a person
 * who publishes has to correct is an error at once.
 */
export function isLeftToNextPoll(context: IPollFunctions, error: unknown): boolean {
	return isStartOfN8n(context) || isOutage(error);
}

/** For the log. */
export function postponedNote(error: unknown): string {
	const reason = error instanceof Error ? error.message : 'unknown reason';
	return `could not poll while n8n activated the workflow. The next scheduled poll tries again, and fails if this goes on: ${reason}`;
}
