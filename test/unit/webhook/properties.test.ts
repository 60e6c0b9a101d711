/** The promises of the verifier over random deliveries; `npx tsx test/unit/webhook/properties.run.ts` runs many more. */
import { checkForgeries } from './forgeries';
import { checkRewritings } from './rewritings';

it('refuses every delivery whose body, time or signature differs from the signed one', () => {
	checkForgeries({ runs: 2_000 });
});

it('takes every rewriting of the same value, and passes on what was signed', () => {
	checkRewritings({ runs: 600 });
});
