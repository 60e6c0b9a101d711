/** Control calls for the switches: quirks, API faults, delivery faults. */
import type { FastifyInstance } from 'fastify';
import { ControlFailure, readNumber } from './scope';
import type { CassoBank } from '../casso/bank';
import { API_FAULTS, API_FAULT_SCOPE } from '../casso/faults';
import { QUIRK_CHOICES, type CassoQuirks } from '../casso/quirks';
import { DELIVERY_FAULTS, DELIVERY_FAULT_SCOPE } from '../casso/webhooks/faults';
import { faultForms, faultSchema, type FaultDefinition, type FaultLimits, type FaultSet } from '../engine/faults';
import type { Fields } from '../engine/schema';

const quirksSchema = { type: 'object' } as const;

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
	faultSetControl(scope, '/faults', bank.faults, API_FAULTS, API_FAULT_SCOPE);
	faultSetControl(scope, '/delivery-faults', bank.webhooks.faults, DELIVERY_FAULTS, DELIVERY_FAULT_SCOPE);
}

/** @param path of the set, e.g. `/faults` @param fields that every rule of the set may have */
export function faultSetControl<T extends FaultLimits>(
	scope: FastifyInstance,
	path: string,
	faults: FaultSet<T>,
	definitions: Record<string, FaultDefinition>,
	fields: Fields,
): void {
	const kinds = faultForms(definitions, fields);
	scope.get(path, () => ({ faults: faults.list(), kinds }));
	scope.post(path, { schema: { body: faultSchema(definitions, fields) } }, (request, reply) => {
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
