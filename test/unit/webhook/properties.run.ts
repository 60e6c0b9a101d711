/** The properties of the verifier in full: 100,000 forgeries and 20,000 rewritings. `--forgeries N`, `--rewritings N`, `--seed N`. */
import { parseArgs } from 'node:util';
import { checkForgeries } from './forgeries';
import { checkRewritings } from './rewritings';

const { values } = parseArgs({
	options: {
		forgeries: { type: 'string', default: '100000' },
		rewritings: { type: 'string', default: '20000' },
		seed: { type: 'string', default: String(Date.now() % 2_147_483_647) },
	},
});
const seed = Number(values.seed);

function timed(label: string, count: number, check: () => void): void {
	const startedMs = Date.now();
	console.log(`${label}: ${count} cases, seed ${seed} …`);
	check();
	console.log(`${label}: ${count} of ${count} as they should be, ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
}

timed('forgeries refused', Number(values.forgeries), () => checkForgeries({ runs: Number(values.forgeries), seed }));
timed('rewritings taken', Number(values.rewritings), () => checkRewritings({ runs: Number(values.rewritings), seed }));
