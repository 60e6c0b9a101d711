/** Control calls for the whole: request log, clock, reset. */
import type { FastifyInstance } from 'fastify';
import type { CassoBank } from '../casso/bank';
import { readNumber } from './readNumber';
import { clockSchema } from './schemas';

const DEFAULT_LISTED = 200;

export function systemControl(scope: FastifyInstance, bank: CassoBank): void {
	scope.get<{ Querystring: Partial<Record<'method' | 'path' | 'afterId' | 'limit', string>> }>(
		'/requests',
		({ query }) => ({
			requests: bank.requests.list({
				method: query.method,
				path: query.path,
				afterId: readNumber(query.afterId, 'afterId'),
				limit: readNumber(query.limit, 'limit') ?? DEFAULT_LISTED,
			}),
		}),
	);
	scope.post<{ Body: { advanceMs?: number; wall?: boolean; speed?: number } }>(
		'/clock',
		{ schema: { body: clockSchema } },
		(request) => {
			const { advanceMs, wall, speed } = request.body;
			if (speed !== undefined) bank.setClockSpeed(speed);
			if (advanceMs !== undefined) bank.advanceClock(advanceMs, wall);
			return { now: new Date(bank.clock.now()).toISOString(), speed: bank.clock.speed };
		},
	);
	scope.post('/reset', () => {
		bank.reset();
		return { reset: true };
	});
}
