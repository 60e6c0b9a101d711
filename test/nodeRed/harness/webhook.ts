/** A flow with a `casso-webhook`, and deliveries to it: signed, with a token, forged. */
import { request as httpRequest } from 'node:http';
import { signWebhook } from '@saoke/core';
import { LISTENERS, type TestFlow, type TestRuntime } from './helper';

export const KEY = 'k3y'.repeat(20);
export const TOKEN = 't0ken'.repeat(8);
export const PLACE = '/casso/orders';

export interface Answer {
	status: number;
	body: string;
	/** From the first byte sent to the answer, in ms. */
	tookMs: number;
}

/** Its outputs lead to `out` and `other`. */
export function webhookFlow(properties: Record<string, unknown> = {}, ...others: TestFlow): TestFlow {
	return [
		...LISTENERS,
		{
			id: 'hook',
			type: 'casso-webhook',
			z: 'tab',
			path: PLACE,
			dialects: 'v2',
			wires: [['out'], ['other']],
			...properties,
		},
		{ id: 'out', type: 'helper', z: 'tab' },
		{ id: 'other', type: 'helper', z: 'tab' },
		...others,
	];
}

/** With "register at Casso"; its output leads to `out`. */
export function registeringFlow(cassoUrl: string, publicUrl: string, change: Record<string, unknown> = {}): TestFlow {
	return [
		...LISTENERS,
		{ id: 'casso', type: 'casso-config', baseUrl: cassoUrl },
		{
			id: 'hook',
			type: 'casso-webhook',
			z: 'tab',
			path: PLACE,
			dialects: 'legacy',
			register: true,
			casso: 'casso',
			publicUrl,
			wires: [['out']],
			...change,
		},
		{ id: 'out', type: 'helper', z: 'tab' },
	];
}

let nextId = 700_000;
export function transaction(change: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		id: nextId++,
		reference: 'FT1',
		description: 'DH12',
		amount: 1000,
		runningBalance: 5,
		transactionDateTime: '2026-01-02 03:04:05',
		accountNumber: '0071',
		...change,
	};
}

/**
 * @param unfinished sends the headers and this body, and never ends
 * @returns the answer, as soon as its headers are there
 */
export async function post(
	runtime: TestRuntime,
	body: string | Buffer,
	headers: Record<string, string | number> = {},
	{ place = PLACE, unfinished = false } = {},
): Promise<Answer> {
	const url = `${await runtime.url()}${place}`;
	const startMs = performance.now();
	return await new Promise((resolve, reject) => {
		const request = httpRequest(
			url,
			{ method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
			(response) => {
				const tookMs = performance.now() - startMs;
				let text = '';
				response.on('data', (chunk: Buffer) => (text += chunk.toString()));
				response.on('end', () => {
					if (unfinished) request.destroy();
					resolve({ status: response.statusCode ?? 0, body: text, tookMs });
				});
			},
		);
		request.on('error', reject);
		if (unfinished) request.write(body);
		else request.end(body);
	});
}

export async function deliverSigned(runtime: TestRuntime, data: unknown, key = KEY): Promise<Answer> {
	const body = JSON.stringify({ error: 0, data });
	return await post(runtime, body, signWebhook(body, { securityKey: key, signedAtMs: Date.now() }));
}

export async function deliverWithToken(runtime: TestRuntime, data: unknown, token = TOKEN): Promise<Answer> {
	return await post(runtime, JSON.stringify({ error: 0, data }), { 'secure-token': token });
}
