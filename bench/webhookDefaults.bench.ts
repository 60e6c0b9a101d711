/**
 * Requests a second of the Casso Trigger in a real n8n with n8n's defaults: a fresh sandbox for expressions for every
 * delivery to any trigger but n8n's own Webhook node, and for every credential that is read, used or not. The bare trigger
 * shows what that costs.
 */
import type { BenchResult } from './result';
import { DEFAULTS } from './webhook/contenders';
import { compareRates } from './webhook/rates';

export async function run(): Promise<BenchResult[]> {
	return await compareRates({
		name: "n8n's defaults",
		env: DEFAULTS,
		requests: 150,
		grouped: 0.95,
		bare: { ours: 'bare trigger', peer: 'webhook node' },
	});
}
