/** The limits of the API: judged after all requests. */
import { cannotTell, otherwise, type Probe } from '../report';
import type { CassoFacts } from './facts';

export const LIMITS: Probe<CassoFacts> = {
	id: 'limits',
	question: 'the limits of the API',
	assumed: 'four pages at once are allowed; after HTTP 429 one at a time, at the pace that was accepted',
	ifWrong: 'reads are slower; set it to 1',
	option: 'Pages in Parallel: 1',
	how: 'not provoked: a 429 during the run tells',
	judge: ({ asker: { limits, sent } }) => {
		if (limits.length === 0) return cannotTell(`none in ${sent} requests, one at a time`);
		const [wait] = limits;
		const pause = wait === undefined ? 'without a pause' : `with a pause of ${Math.round(wait / 1000)} s`;
		return otherwise(`HTTP 429 after one request at a time, ${pause}`);
	},
};
