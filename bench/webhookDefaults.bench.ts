/**
 * Requests a second of the Casso Trigger in a real n8n with n8n's defaults: a fresh sandbox for expressions for every
 * delivery to any trigger but n8n's own Webhook node, and for every credential that is read, used or not. The bare trigger
 * shows what that costs.
 */
import type { BenchResult } from './result';
import { DEFAULTS } from './webhook/contenders';
import { compareRates } from './webhook/rates';

const REQUESTS = 150;

export async function run(): Promise<BenchResult[]> {
	return await compareRates(
		[
			{ ours: 'signed, grouped', peer: 'webhook node', atLeast: 0.95 },
			{ ours: 'token, grouped', peer: 'webhook node', atLeast: 0.95 },
			{ ours: 'signed', peer: 'header auth', atLeast: 1 },
			{ ours: 'token', peer: 'header auth', atLeast: 1 },
			{ ours: 'signed', peer: 'code node' },
			{ ours: 'signed', peer: 'webhook node' },
			{ ours: 'header auth', peer: 'webhook node' },
			{ ours: 'bare trigger', peer: 'webhook node' },
		],
		"n8n's defaults",
		DEFAULTS,
		REQUESTS,
	);
}
