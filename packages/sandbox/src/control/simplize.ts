/** The control API of the Simplize service under `/control/simplize`. */
import type { FastifyInstance } from 'fastify';
import { controlScope, readNumber } from './scope';
import { faultSetControl } from './switches';
import { closed } from '../engine/schema';
import { SIMPLIZE_FAULTS, SIMPLIZE_FAULT_SCOPE } from '../simplize/faults';
import { cashMovementSchema, type CashMovementInput } from '../simplize/model';
import type { SimplizePartner } from '../simplize/partner';
import { SIMPLIZE_QUIRK_CHOICES, type SimplizeQuirks } from '../simplize/quirks';

const quirksSchema = { type: 'object' } as const;
const cashMovementsSchema = closed(
	{ movements: { type: 'array', minItems: 1, maxItems: 20_000, items: cashMovementSchema } },
	['movements'],
);

/** @param ownHost what the sandbox listens on */
export function simplizeControl(scope: FastifyInstance, partner: SimplizePartner, ownHost: string): void {
	controlScope(scope, ownHost);
	scope.get('/portfolios', () => ({ portfolios: partner.data.portfolios }));
	scope.get('/users', () => ({
		users: partner.data.users.map((user) => ({ ...user, createdAt: new Date(user.createdAt).toISOString() })),
	}));
	/** Newest first by day. */
	scope.get<{ Querystring: Partial<Record<'portfolioId' | 'limit' | 'offset', string>> }>(
		'/cash-movements',
		({ query }) => {
			const rows = [
				...partner.data.getCash(readNumber(query.portfolioId, 'portfolioId') ?? partner.data.portfolios[0]?.id ?? 0),
			];
			rows.sort((a, b) => b.date - a.date || b.transactionId - a.transactionId);
			const offset = readNumber(query.offset, 'offset') ?? 0;
			const limit = Math.min(readNumber(query.limit, 'limit') ?? 50, 1_000);
			return { total: rows.length, movements: rows.slice(offset, offset + limit) };
		},
	);
	scope.post<{ Body: { movements: CashMovementInput[] } }>(
		'/cash-movements',
		{ schema: { body: cashMovementsSchema } },
		(request, reply) => {
			void reply.code(201);
			return { movements: request.body.movements.map((input) => partner.addCashMovement(input)) };
		},
	);
	scope.get('/quirks', () => ({ quirks: partner.quirks.values, choices: SIMPLIZE_QUIRK_CHOICES }));
	scope.patch<{ Body: Partial<SimplizeQuirks> }>('/quirks', { schema: { body: quirksSchema } }, (request) => {
		partner.quirks.set(request.body);
		return { quirks: partner.quirks.values };
	});
	scope.delete('/quirks', () => {
		partner.quirks.reset();
		return { quirks: partner.quirks.values };
	});
	faultSetControl(scope, '/faults', partner.faults, SIMPLIZE_FAULTS, SIMPLIZE_FAULT_SCOPE);
	scope.get<{ Querystring: Partial<Record<'afterId', string>> }>('/requests', ({ query }) => ({
		requests: partner.calls.list(readNumber(query.afterId, 'afterId')),
	}));
	scope.post('/reset', () => {
		partner.reset();
		return { reset: true };
	});
}
