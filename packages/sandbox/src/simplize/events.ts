/** What happens in the Simplize half, for whoever watches it. */
import { EventHub } from '../eventHub';
import type { CashMovement } from './model';
import type { SignedCall } from './requestLog';

export type PartnerEvent =
	| { type: 'cash'; movement: CashMovement }
	/** A call was answered, or its connection broke. */
	| { type: 'call'; call: SignedCall }
	| { type: 'reset' };

export class PartnerEvents extends EventHub<PartnerEvent> {}
