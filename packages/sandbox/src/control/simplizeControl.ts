/** The control API of the Simplize half under `/control/simplize`. */
import type { FastifyInstance } from 'fastify';
import type { SimplizeFault } from '../simplize/fault';
import type { CashMovementInput } from '../simplize/model';
import type { SimplizePartner } from '../simplize/partner';
import { SIMPLIZE_QUIRK_CHOICES, type SimplizeQuirks } from '../simplize/quirks';
import { controlScope } from './controlScope';
import { faultSetControl } from './faultSetControl';
import { readNumber } from './readNumber';
import { cashMovementsSchema, simplizeFaultSchema } from './simplizeSchemas';
import { quirksSchema } from './schemas';

/** @param ownHost what the sandbox listens on */
export function simplizeControl(scope: FastifyInstance, partner: SimplizePartner, ownHost: string): void {
	controlScope(scope, ownHost);
	scope.get('/portfolios', () => ({ portfolios: partner.book.portfolios }));
	scope.get('/users', () => ({
		users: partner.book.users.map((user) => ({ ...user, createdAt: new Date(user.createdAt).toISOString() })),
	}));
	/** Newest first by day. */
	scope.get<{ Querystring: Partial<Record<'portfolioId' | 'limit' | 'offset', string>> }>(
		'/cash-movements',
		({ query }) => {
			const rows = [
				...partner.book.cashOf(readNumber(query.portfolioId, 'portfolioId') ?? partner.book.portfolios[0]?.id ?? 0),
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
	faultSetControl<SimplizeFault>(scope, '/faults', partner.faults, simplizeFaultSchema);
	scope.get<{ Querystring: Partial<Record<'afterId', string>> }>('/requests', ({ query }) => ({
		requests: partner.calls.list(readNumber(query.afterId, 'afterId')),
	}));
	scope.post('/reset', () => {
		partner.reset();
		return { reset: true };
	});
}
