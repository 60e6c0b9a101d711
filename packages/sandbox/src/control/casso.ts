/** The control API of the Casso service under `/control/casso`: for the page, the start script and tests elsewhere. */
import type { FastifyInstance } from 'fastify';
import { deliveryControl } from './deliveries';
import { controlScope, readNumber } from './scope';
import { faultControl } from './switches';
import { transactionControl } from './transactions';
import { webhookControl } from './webhooks';
import type { CassoBank } from '../casso/bank';
import { closed, flag, numberFrom0 } from '../engine/schema';

/** @param ownHost what the sandbox listens on */
export function cassoControl(scope: FastifyInstance, bank: CassoBank, ownHost: string): void {
	controlScope(scope, ownHost);
	transactionControl(scope, bank);
	faultControl(scope, bank);
	webhookControl(scope, bank);
	deliveryControl(scope, bank);
	systemControl(scope, bank);
}

const clockSchema = closed({ advanceMs: numberFrom0, wall: flag, speed: { type: 'number', exclusiveMinimum: 0 } });
const DEFAULT_LISTED = 200;

function systemControl(scope: FastifyInstance, bank: CassoBank): void {
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
