/** Control calls for the switches: quirks, API faults, delivery faults. */
import type { FastifyInstance } from 'fastify';
import type { ApiFault } from '../casso/api/apiFault';
import type { CassoBank } from '../casso/bank';
import type { CassoQuirks } from '../casso/quirks';
import { QUIRK_CHOICES } from '../casso/quirks';
import type { DeliveryFault } from '../casso/webhooks/deliveryFault';
import { faultSetControl } from './faultSetControl';
import { apiFaultSchema, deliveryFaultSchema, quirksSchema } from './schemas';

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
