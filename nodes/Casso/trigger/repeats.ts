/** Passes on parallel and quickly repeated deliveries of a transaction once, within this process. */
import {
	DeliveryDeduplicator,
	toReportedTransaction,
	type Claim,
	type DeliveredTransaction,
	type ReportedTransaction,
	type WebhookDialect,
} from '@saoke/core/webhook';
import { sleep, type IWebhookFunctions } from 'n8n-workflow';

/** Well below Casso's first retry (30 s), so that a retry after a failure in n8n is never dropped as a repeat. */
const REMEMBERED_MS = 5_000;
const CAPACITY = 20_000;

/** Maximum wait until another delivery of the same transaction is stored; the sender hangs up after 5 to 30 s. */
const LONGEST_WAIT_MS = 25_000;

const memory = new DeliveryDeduplicator({ windowMs: REMEMBERED_MS, capacity: CAPACITY, now: () => performance.now() });

/**
 * @returns a function that maps a transaction to its key for deduplication; undefined for one that can never be a repeat:
 * a test call, or a transaction without an id
 */
export function toReported(
	context: IWebhookFunctions,
	proof: WebhookDialect,
): (found: DeliveredTransaction) => ReportedTransaction | undefined {
	// n8n copies the node at each call, which would dominate the cost of a large delivery.
	const scope = [context.getWorkflow().id, context.getNode().id, context.getMode()];
	return (found) => toReportedTransaction(found, proof, scope);
}

/**
 * Claims the transactions that no other delivery has stored. Waits while another delivery stores one of them: responding
 * earlier could lose the transaction, and starting the workflow could start it twice.
 *
 * @returns undefined if the wait timed out or the sender hung up: Casso then has to retry
 */
export async function claim(
	context: IWebhookFunctions,
	reported: readonly ReportedTransaction[],
): Promise<Claim | undefined> {
	const response = context.getResponseObject();
	if (memory.whenSettled(reported)) {
		const hangsUp = new Promise<void>((resolve) => response.once('close', () => resolve()));
		const isOver = Promise.race([hangsUp, sleep(LONGEST_WAIT_MS)]).then(() => true);
		for (let settled = memory.whenSettled(reported); settled; settled = memory.whenSettled(reported)) {
			if (await Promise.race([settled.then(() => false), isOver])) return undefined;
		}
	}
	// A closed response reports no end: what it claims would never be released.
	return response.closed ? undefined : memory.claim(reported);
}

/** Remembers the transactions once n8n has responded with success, which it does only after storing the execution. */
export function rememberOnSuccess(context: IWebhookFunctions, { settle }: Claim): void {
	const response = context.getResponseObject();
	response.once('finish', () => settle(response.statusCode === 200));
	response.once('close', () => settle(false));
}
