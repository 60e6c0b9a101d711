/** Lets parallel and quickly repeated deliveries of a transaction pass once, within this process. */
import {
	DeliveryDeduplicator,
	toReportedTransaction,
	type Claim,
	type DeliveredTransaction,
	type ReportedTransaction,
	type WebhookDialect,
} from '@saoke/core/webhook';
import { sleep, type IWebhookFunctions } from 'n8n-workflow';

/** Far below Casso's first retry (30 s): a retry after a failure inside n8n never meets its own memory. */
const REMEMBERED_MS = 5_000;
const CAPACITY = 20_000;

/** Longest wait for another delivery of the same transaction to be stored; whoever calls hangs up after 5 to 30 s. */
const LONGEST_WAIT_MS = 25_000;

const memory = new DeliveryDeduplicator({ windowMs: REMEMBERED_MS, capacity: CAPACITY, now: () => performance.now() });

/**
 * @returns tells how a delivery with this proof reports each transaction; undefined for one that must never be taken for
 * a repeat: a test call, or one without an id of its own
 */
export function toReported(
	context: IWebhookFunctions,
	proof: WebhookDialect,
): (found: DeliveredTransaction) => ReportedTransaction | undefined {
	// n8n copies the node for each question, which for a large delivery costs more than all the rest.
	const scope = [context.getWorkflow().id, context.getNode().id, context.getMode()];
	return (found) => toReportedTransaction(found, proof, scope);
}

/**
 * Takes the transactions that no other delivery has stored. While one is being stored, its outcome is waited for: answering
 * success earlier could lose the transaction, and starting the workflow could start it twice.
 *
 * @returns undefined if the outcome did not come in time, or the caller hung up: then Casso has to try again
 */
export async function claim(
	context: IWebhookFunctions,
	reported: readonly ReportedTransaction[],
): Promise<Claim | undefined> {
	if (memory.whenSettled(reported)) {
		const response = context.getResponseObject();
		const hangsUp = new Promise<void>((resolve) => response.once('close', () => resolve()));
		const isOver = Promise.race([hangsUp, sleep(LONGEST_WAIT_MS)]).then(() => true);
		for (let settled = memory.whenSettled(reported); settled; settled = memory.whenSettled(reported)) {
			if (await Promise.race([settled.then(() => false), isOver])) return undefined;
		}
	}
	return memory.claim(reported);
}

/** The transactions are remembered once n8n has answered success: it does so only after it stored the execution. */
export function rememberOnSuccess(context: IWebhookFunctions, { settle }: Claim): void {
	const response = context.getResponseObject();
	response.once('finish', () => settle(response.statusCode === 200));
	response.once('close', () => settle(false));
}
