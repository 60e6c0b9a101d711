/**
 * Handles one delivery: rejects forged ones, answers those that start no workflow, and returns items for the rest.
 * If a workflow starts, n8n responds after it has stored the execution, so that an acknowledged payment is never lost in a
 * crash. Nothing here writes static data, calls the network, or waits for the workflow.
 */
import {
	describeRefusal,
	LogThrottle,
	parseDelivery,
	refusalStatus,
	verifyWebhook,
	type Delivery,
	type Verification,
	type WebhookDialect,
	type WebhookSecrets,
} from '@saoke/core/webhook';
import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { toNodeError } from '../shared/nodeError';
import { joinGroup } from './groups';
import { selectTransactions, toItem, unreadableItems } from './items';
import { claim, rememberOnSuccess, toReported } from './repeats';
import { readSecrets } from './secrets';
import { readOutputSettings, readVerifySettings, type OutputSettings } from './settings';

type Transactions = Extract<Delivery, { kind: 'transactions' }>;

/** Invalid requests must not fill the log; the same interval as in Node-RED. */
const refusals = new LogThrottle({ intervalMs: 10_000, now: () => performance.now() });

export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const verdict = await verifySafely(context);
	if (!verdict.isAuthentic) return respond(context, verdict.status, { success: false });
	const delivery = parseDelivery(verdict.body);
	if (delivery.kind === 'empty') return acknowledgeEmpty(context, delivery.reason);
	try {
		return await handOn(context, delivery, verdict.dialect);
	} catch (error) {
		// A filter became invalid after publishing: Casso gets an error and retries, n8n shows a failed execution.
		throw toNodeError(context.getNode(), error);
	}
}

type Verdict = { isAuthentic: true; dialect: WebhookDialect; body: unknown } | { isAuthentic: false; status: number };

/** Fails closed: throwing would let anyone who knows the URL fill the list of executions. */
async function verifySafely(context: IWebhookFunctions): Promise<Verdict> {
	try {
		const verdict = await verify(context);
		if (verdict.isAuthentic) return verdict;
		warnOfRefusal(context, verdict.reason, `refused a delivery: ${describeRefusal(verdict.reason)}`);
		return { isAuthentic: false, status: refusalStatus(verdict.reason) };
	} catch (error) {
		const { message } = toNodeError(context.getNode(), error);
		warnOfRefusal(context, 'cannotCheck', `refused a delivery that it could not verify: ${message}`);
		return { isAuthentic: false, status: 401 };
	}
}

async function verify(context: IWebhookFunctions): Promise<Verification> {
	const settings = readVerifySettings(context);
	const secrets = await readSecrets(context, settings);
	const verdict = verifyWebhook(context.getHeaderData(), await readRawBody(context), secrets, {
		nowMs: Date.now(),
		allowLegacy: settings.allowLegacy,
		replayWindowMs: settings.replayWindowMs,
	});
	if (verdict.isAuthentic) logMatched(context, verdict, secrets);
	return verdict;
}

/** n8n reads the body automatically only if it can parse its content type. */
async function readRawBody(context: IWebhookFunctions): Promise<Buffer | string> {
	const request = context.getRequestObject() as { rawBody?: Buffer; readRawBody?: () => Promise<void> };
	// An unreadable body is rejected like an empty one.
	if (request.rawBody === undefined) await request.readRawBody?.().catch(() => undefined);
	return request.rawBody ?? '';
}

/** During key rotation, the log shows when the previous secret is no longer used. */
function logMatched(
	context: IWebhookFunctions,
	verdict: Extract<Verification, { isAuthentic: true }>,
	secrets: WebhookSecrets,
): void {
	const isChanging = verdict.dialect === 'v2' ? secrets.previousSecurityKey : secrets.previousSecureToken;
	if (!isChanging) return;
	const secret = verdict.dialect === 'v2' ? 'security key' : 'secure token';
	log(context, 'info', `accepted a delivery with the ${verdict.matched} ${secret}`);
}

async function handOn(
	context: IWebhookFunctions,
	delivery: Transactions,
	proof: WebhookDialect,
): Promise<IWebhookResponseData> {
	const settings = readOutputSettings(context);
	for (const { error } of delivery.unreadable)
		log(context, 'warn', `accepted an authentic delivery with an unreadable record: ${error.message}`);
	const fresh = await withoutRepeats(context, selectTransactions(delivery, settings), settings, proof);
	if (!fresh) {
		const isGone = context.getResponseObject().closed;
		const reason = isGone ? 'the sender hung up' : 'another delivery of the same transaction is not stored yet';
		log(context, 'warn', `asked Casso to retry: ${reason}`);
		return respond(context, 503, { success: false });
	}
	const items = [...fresh, ...unreadableItems(delivery, settings)];
	if (items.length === 0) return respond(context, 200, { success: true });
	// "Listen for test event" takes one execution.
	if (!settings.groupDeliveries || context.getMode() === 'manual') return startWith(items);
	return await startTogether(context, items);
}

function startWith(items: INodeExecutionData[]): IWebhookResponseData {
	return { workflowData: [items], webhookResponse: { success: true } };
}

async function startTogether(context: IWebhookFunctions, items: INodeExecutionData[]): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const group = await joinGroup(context, {
		items,
		hasHungUp: () => response.closed,
		answer: (isStored) => {
			if (!isStored) log(context, 'warn', 'asked Casso to retry: n8n did not store the execution of a group');
			respond(context, isStored ? 200 : 503, { success: isStored });
		},
	});
	// The response of a delivery that starts nothing is written by `answer`.
	return group ? startWith(group.items) : { noWebhookResponse: true };
}

/** @returns undefined if it is not known in time whether they are repeats, or the sender hung up */
async function withoutRepeats(
	context: IWebhookFunctions,
	wanted: ReturnType<typeof selectTransactions>,
	settings: OutputSettings,
	proof: WebhookDialect,
): Promise<INodeExecutionData[] | undefined> {
	const reported = settings.ignoreRepeats ? wanted.map(toReported(context, proof)) : [];
	const known = reported.filter((one) => one !== undefined);
	if (known.length === 0) return wanted.map((found) => toItem(found, settings));
	const claimed = await claim(context, known);
	if (!claimed) return undefined;
	if (claimed.fresh.size > 0) rememberOnSuccess(context, claimed);
	return wanted.flatMap((found, place) => {
		const one = reported[place];
		if (one && !claimed.fresh.has(one)) return [];
		return [toItem(found, settings, one !== undefined && claimed.conflicting.has(one))];
	});
}

function acknowledgeEmpty(context: IWebhookFunctions, reason: 'ping' | 'error' | 'unknownForm'): IWebhookResponseData {
	if (reason === 'error')
		log(context, 'warn', 'accepted an authentic delivery that reports an error instead of transactions');
	if (reason === 'unknownForm') log(context, 'warn', 'accepted an authentic delivery with an unknown payload format');
	return respond(context, 200, { success: true });
}

/** Logs one line per reason every ten seconds, so that one kind of forgery does not hide another. */
function warnOfRefusal(context: IWebhookFunctions, reason: string, text: string): void {
	const line = refusals.take(JSON.stringify([context.getWorkflow().id, context.getNode().id, reason]), text);
	if (line !== undefined) log(context, 'warn', line);
}

function log(context: IWebhookFunctions, level: 'info' | 'warn', text: string): void {
	const node = context.getNode();
	context.logger[level](`Casso Trigger ${text}`, { nodeName: node.name, workflowId: context.getWorkflow().id });
}

/** The only place that writes a response. */
function respond(context: IWebhookFunctions, status: number, body: IDataObject): IWebhookResponseData {
	context.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}
