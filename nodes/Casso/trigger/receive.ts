/**
 * Takes one delivery: refuses what is not from Casso, answers what starts nothing, hands on the rest.
 * Where a workflow starts, n8n gives the answer, after it stored the execution: an acknowledged payment is then never
 * lost in a crash. Nothing here writes static data, calls the network, or waits for the workflow.
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
import { selectTransactions, toItem, unreadableItems } from './items';
import { claim, rememberOnSuccess, toReported } from './repeats';
import { readSecrets } from './secrets';
import { readOutputSettings, readVerifySettings, type OutputSettings } from './settings';

type Transactions = Extract<Delivery, { kind: 'transactions' }>;

/** A stranger who sends nonsense must not fill the log; as in Node-RED. */
const refusals = new LogThrottle({ intervalMs: 10_000, now: () => performance.now() });

export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const verdict = await verifySafely(context);
	if (!verdict.isAuthentic) return respond(context, verdict.status, { success: false });
	const delivery = parseDelivery(verdict.body);
	if (delivery.kind === 'empty') return acknowledgeEmpty(context, delivery.reason);
	try {
		return await handOn(context, delivery, verdict.dialect);
	} catch (error) {
		// A filter that stopped making sense after publishing: Casso gets an error and tries again, n8n shows a failed execution.
		throw toNodeError(context.getNode(), error);
	}
}

type Verdict = { isAuthentic: true; dialect: WebhookDialect; body: unknown } | { isAuthentic: false; status: number };

/** Fails closed: a throw would let anybody who knows the address fill the list of executions. */
async function verifySafely(context: IWebhookFunctions): Promise<Verdict> {
	try {
		const verdict = await verify(context);
		if (verdict.isAuthentic) return verdict;
		warnOfRefusal(context, verdict.reason, `refused a delivery: ${describeRefusal(verdict.reason)}`);
		return { isAuthentic: false, status: refusalStatus(verdict.reason) };
	} catch (error) {
		const { message } = toNodeError(context.getNode(), error);
		warnOfRefusal(context, 'cannotCheck', `refused a delivery that it cannot check: ${message}`);
		return { isAuthentic: false, status: 401 };
	}
}

async function verify(context: IWebhookFunctions): Promise<Verification> {
	const settings = readVerifySettings.call(context);
	const secrets = await readSecrets(context, settings);
	const verdict = verifyWebhook(context.getHeaderData(), await readRawBody(context), secrets, {
		nowMs: Date.now(),
		allowLegacy: settings.allowLegacy,
		replayWindowMs: settings.replayWindowMs,
	});
	if (verdict.isAuthentic) logMatched(context, verdict, secrets);
	return verdict;
}

/** n8n reads the body by itself only where its content type is one that it parses. */
async function readRawBody(context: IWebhookFunctions): Promise<Buffer | string> {
	const request = context.getRequestObject() as { rawBody?: Buffer; readRawBody?: () => Promise<void> };
	// A body that cannot be read is refused like an empty one.
	if (request.rawBody === undefined) await request.readRawBody?.().catch(() => undefined);
	return request.rawBody ?? '';
}

/** While a secret is being changed, the log tells when the previous one is no longer used. */
function logMatched(
	context: IWebhookFunctions,
	verdict: Extract<Verification, { isAuthentic: true }>,
	secrets: WebhookSecrets,
): void {
	const isChanging = verdict.dialect === 'v2' ? secrets.previousSecurityKey : secrets.previousSecureToken;
	if (!isChanging) return;
	const secret = verdict.dialect === 'v2' ? 'security key' : 'secure token';
	log(context, 'info', `took a delivery by the ${verdict.matched} ${secret}`);
}

async function handOn(
	context: IWebhookFunctions,
	delivery: Transactions,
	proof: WebhookDialect,
): Promise<IWebhookResponseData> {
	const settings = readOutputSettings.call(context);
	for (const { error } of delivery.unreadable)
		log(context, 'warn', `took an authentic delivery with a record that it cannot read: ${error.message}`);
	const fresh = await withoutRepeats(context, selectTransactions(delivery, settings), settings, proof);
	if (!fresh) {
		log(context, 'warn', 'asked Casso to try again: another delivery of the same transaction is not stored yet');
		return respond(context, 503, { success: false });
	}
	const items = [...fresh, ...unreadableItems(delivery, settings)];
	if (items.length === 0) return respond(context, 200, { success: true });
	return { workflowData: [items], webhookResponse: { success: true } };
}

/** @returns undefined if it cannot be told whether they are repeats */
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
		log(context, 'warn', 'took an authentic delivery that reports a failure instead of transactions');
	if (reason === 'unknownForm') log(context, 'warn', 'took an authentic delivery of a form that it does not know');
	return respond(context, 200, { success: true });
}

/** One line for each reason in ten seconds, so that one kind of forgery does not hide another. */
function warnOfRefusal(context: IWebhookFunctions, reason: string, text: string): void {
	const line = refusals.take(JSON.stringify([context.getWorkflow().id, context.getNode().id, reason]), text);
	if (line !== undefined) log(context, 'warn', line);
}

function log(context: IWebhookFunctions, level: 'info' | 'warn', text: string): void {
	const node = context.getNode();
	context.logger[level](`Casso Trigger ${text}`, { nodeName: node.name, workflowId: context.getWorkflow().id });
}

/** The only place that answers by hand, so that no branch can leave the caller waiting. */
function respond(context: IWebhookFunctions, status: number, body: IDataObject): IWebhookResponseData {
	context.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}
