/** The control API of the Casso half under `/control/casso`: for the page, the start script and tests elsewhere. */
import type { FastifyInstance } from 'fastify';
import type { CassoBank } from '../casso/bank';
import { controlScope } from './controlScope';
import { deliveryControl } from './deliveryControl';
import { faultControl } from './faultControl';
import { systemControl } from './systemControl';
import { transactionControl } from './transactionControl';
import { webhookControl } from './webhookControl';

/** @param ownHost what the sandbox listens on */
export function cassoControl(scope: FastifyInstance, bank: CassoBank, ownHost: string): void {
	controlScope(scope, ownHost);
	transactionControl(scope, bank);
	faultControl(scope, bank);
	webhookControl(scope, bank);
	deliveryControl(scope, bank);
	systemControl(scope, bank);
}
