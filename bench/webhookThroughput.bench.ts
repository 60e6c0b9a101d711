/**
 * Requests a second of the Casso Trigger in a real n8n that makes a sandbox for expressions only if one is evaluated, as
 * `npm start` sets it, against n8n's Webhook node and others: see webhook/contenders.ts.
 */
import type { BenchResult } from './result';
import { LAZY } from './webhook/contenders';
import { compareRates } from './webhook/rates';

const REQUESTS = 300;

export async function run(): Promise<BenchResult[]> {
	return await compareRates(
		[
			{ ours: 'signed, grouped', peer: 'webhook node', atLeast: 2 },
			{ ours: 'token, grouped', peer: 'webhook node', atLeast: 2 },
			{ ours: 'signed', peer: 'header auth', atLeast: 1 },
			{ ours: 'token', peer: 'header auth', atLeast: 1 },
			{ ours: 'signed', peer: 'code node' },
			{ ours: 'signed', peer: 'webhook node' },
			{ ours: 'signed', peer: 'bare trigger, credential' },
			{ ours: 'header auth', peer: 'webhook node' },
		],
		'sandboxes as needed',
		LAZY,
		REQUESTS,
	);
}
