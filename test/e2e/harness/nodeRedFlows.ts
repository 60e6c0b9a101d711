/** Flows of the tests in a real Node-RED, and what comes to them and from them. */
import { signWebhook } from '@saoke/core';
import type { Sandbox } from '@saoke/sandbox';
import type { FlowNode } from '../../../hosts/nodeRedApi';
import { eventually, type RecordedMessage, type TestHost } from './nodeRedHost';

export const KEY = 'security-key-of-the-test-'.repeat(3);

export function casso(sandbox: Sandbox): FlowNode {
	return { id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl, credentials: { apiKey: sandbox.apiKey } };
}

export function poll(change: Record<string, unknown> = {}): FlowNode {
	return {
		id: 'poll',
		type: 'casso-poll',
		z: 't',
		casso: 'casso',
		interval: '5',
		delivery: 'each',
		wires: [['polled']],
		...change,
	};
}

export function webhook(change: Record<string, unknown> = {}): FlowNode {
	return {
		id: 'hook',
		type: 'casso-webhook',
		z: 't',
		path: '/casso/e2e',
		dialects: 'v2',
		credentials: { securityKey: KEY },
		wires: [['hooked']],
		...change,
	};
}

export function inject(...targets: string[]): FlowNode {
	return {
		id: 'go',
		type: 'inject',
		z: 't',
		props: [{ p: 'payload' }],
		payload: 'go',
		payloadType: 'str',
		wires: [targets],
	};
}

let nextId = 9_000_000;
export function delivery(key = KEY): { body: string; headers: Record<string, string>; id: number } {
	const id = nextId++;
	const data = {
		id,
		reference: 'FT',
		description: 'DH1',
		amount: 5,
		runningBalance: 1,
		transactionDateTime: '2026-01-02 03:04:05',
		accountNumber: '0071',
	};
	const body = JSON.stringify({ error: 0, data });
	return {
		id,
		body,
		headers: { 'content-type': 'application/json', ...signWebhook(body, { securityKey: key, signedAtMs: Date.now() }) },
	};
}

export async function post(
	host: TestHost,
	{ body, headers }: { body: string; headers: Record<string, string> },
	place = '/casso/e2e',
): Promise<number> {
	const response = await fetch(host.url + place, { method: 'POST', body, headers });
	await response.text();
	return response.status;
}

export function getIds(records: RecordedMessage[], as: string): number[] {
	return records.filter((record) => record.as === as).map(({ payload }) => (payload as { id: number }).id);
}

export function getStatuses(host: TestHost): (string | undefined)[] {
	return host
		.records()
		.filter(({ as }) => as === 'status')
		.map(({ status }) => status?.text);
}

export async function pollsDone(host: TestHost, more: number): Promise<void> {
	const done = (): number => getStatuses(host).filter((text) => text?.startsWith('✓') || text?.startsWith('+')).length;
	const start = done();
	await eventually(`${more} polls`, () => done() >= start + more, 30_000);
}
