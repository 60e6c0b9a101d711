/** Deliveries of Casso to a Casso Trigger under test, and what the trigger makes of them. */
import { signWebhook } from '@saoke/core';
import type { IDataObject, Workflow } from 'n8n-workflow';
import { Engine, type Delivered, type DeliveredRequest } from './engine';

export const KEY = 'K'.repeat(64);
export const OLD_KEY = 'O'.repeat(64);
export const TOKEN = 'T'.repeat(40);
export const SECRETS = { securityKey: KEY, previousSecurityKey: OLD_KEY, secureToken: TOKEN, previousSecureToken: '' };

/** What the node answers by itself. */
export const SUCCESS = { status: 200, body: { success: true }, ended: true };
export const REFUSED = { status: 401, body: { success: false }, ended: true };

let nextId = 1_000;

/** A transaction as Webhook V2 brings it. */
export function record(more: IDataObject = {}): IDataObject {
	return {
		id: nextId++,
		reference: 'FT24277',
		description: 'DH1024 thanh toán',
		amount: 599_000,
		runningBalance: 25_000_000,
		transactionDateTime: '2024-10-03 15:06:37',
		accountNumber: '0071000888888',
		bankName: 'VPBank',
		bankAbbreviation: 'VPB',
		virtualAccountNumber: '',
		virtualAccountName: '',
		counterAccountName: 'NGUYEN VAN A',
		counterAccountNumber: '8888888888',
		counterAccountBankId: '970415',
		counterAccountBankName: 'VietinBank',
		...more,
	};
}

/** A signed delivery; header names in lower case, as Node gives them. */
export function v2(
	data: unknown,
	{ key = KEY, signedAtMs = Date.now(), error = 0 as unknown } = {},
): DeliveredRequest & { headers: Record<string, string> } {
	const body = JSON.stringify({ error, data });
	const headers = Object.entries(signWebhook(body, { securityKey: key, signedAtMs }));
	return { body, headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])) };
}

/** A delivery with a token, as legacy webhooks have it. */
export function legacy(data: unknown, token = TOKEN): DeliveredRequest {
	return { body: JSON.stringify({ error: 0, data }), headers: { 'secure-token': token } };
}

/** An engine with these secrets in the webhook credential, and no Casso to call. */
export async function loadReceiver(secrets: Record<string, string> = SECRETS): Promise<Engine> {
	return await Engine.load('.', {
		cassoWebhookApi: secrets,
		cassoApi: { authentication: 'apiKey', apiKey: 'k', baseUrl: 'http://127.0.0.1:9' },
	});
}

/** A Casso Trigger with manual registration, unless the parameters say otherwise. */
export function trigger(engine: Engine, parameters: IDataObject = {}, staticData: IDataObject = {}): Workflow {
	return engine.workflow(
		{ type: 'n8n-nodes-casso.cassoTrigger', parameters: { registration: 'manual', ...parameters } },
		staticData,
	);
}

/** What the workflow is started with; undefined if it is not started. */
export function getItems({ result }: Delivered): IDataObject[] | undefined {
	return result.workflowData?.[0]?.map(({ json }) => json);
}

export const LOG_INTERVAL_MS = 10_000;

/**
 * Stops timers in every test, so that what the trigger holds for a second leaves none behind; and lets the interval of the
 * log pass before each, so that no test meets the log of another.
 */
export function withStillTimers(): { skip: (ms: number) => void } {
	const steadyNow = performance.now.bind(performance);
	let skippedMs = 0;
	beforeEach(() => {
		jest.useFakeTimers({ doNotFake: ['Date', 'performance', 'nextTick', 'setImmediate', 'queueMicrotask'] });
		skippedMs += LOG_INTERVAL_MS;
		jest.spyOn(performance, 'now').mockImplementation(() => steadyNow() + skippedMs);
	});
	afterEach(() => {
		jest.restoreAllMocks();
		jest.useRealTimers();
	});
	return { skip: (ms) => void (skippedMs += ms) };
}
