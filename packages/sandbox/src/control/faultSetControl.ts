/** Control calls for one set of faults: list, add, remove one, remove all. */
import type { FastifyInstance } from 'fastify';
import type { FaultLimits, FaultSet } from '../casso/faultSet';
import { ControlFailure } from './controlFailure';
import { readNumber } from './readNumber';

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
