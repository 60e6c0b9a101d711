/** Control calls for the switches: quirks, API faults, delivery faults. */
import type { FastifyInstance } from 'fastify';
import { apiFaultSchema, deliveryFaultSchema, quirksSchema } from './schemas';
import { ControlFailure, readNumber } from './scope';
import type { CassoBank } from '../casso/bank';
import type { ApiFault } from '../casso/faults';
import { QUIRK_CHOICES, type CassoQuirks } from '../casso/quirks';
import type { DeliveryFault } from '../casso/webhooks/faults';
import type { FaultLimits, FaultSet } from '../engine/faults';

export function faultControl(scope: FastifyInstance, bank: CassoBank): void {
	scope.get('/quirks', () => ({ quirks: bank.quirks.values, choices: QUIRK_CHOICES }));
	scope.patch<{ Body: Partial<CassoQuirks> }>('/quirks', { schema: { body: quirksSchema } }, (request) => {
		bank.quirks.set(request.body);
		return { quirks: bank.quirks.values };
	});
	scope.delete('/quirks', () => {
		bank.quirks.reset();
		return { quirks: bank.quirks.values };
	});
	faultSetControl<ApiFault>(scope, '/faults', bank.faults, apiFaultSchema);
	faultSetControl<DeliveryFault>(scope, '/delivery-faults', bank.webhooks.faults, deliveryFaultSchema);
}

/** @param path of the set, e.g. `/faults` @param schema of one rule */
export function faultSetControl<T extends FaultLimits>(
	scope: FastifyInstance,
	path: string,
	faults: FaultSet<T>,
	schema: object,
): void {
	scope.get(path, () => ({ faults: faults.list() }));
	scope.post(path, { schema: { body: schema } }, (request, reply) => {
		void reply.code(201);
		return { id: faults.add(request.body as T) };
	});
	scope.delete<{ Params: { id: string } }>(`${path}/:id`, (request) => {
		const id = readNumber(request.params.id, 'id') ?? 0;
		if (!faults.remove(id)) throw new ControlFailure(404, `There is no fault ${String(id)} in force.`);
		return { removed: id };
	});
	scope.delete(path, () => {
		faults.clear();
		return { faults: [] };
	});
}
