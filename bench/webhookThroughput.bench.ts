/**
 * Requests a second of the Casso Trigger in a real n8n that makes a sandbox for expressions only if one is evaluated, as
 * `npm start` sets it, against n8n's Webhook node and others: see webhook/contenders.ts.
 */
import type { BenchResult } from './result';
import { LAZY } from './webhook/contenders';
import { compareRates } from './webhook/rates';

export async function run(): Promise<BenchResult[]> {
	return await compareRates({
		name: 'sandboxes as needed',
		env: LAZY,
		requests: 300,
		grouped: 2,
		bare: { ours: 'signed', peer: 'bare trigger, credential' },
	});
}
