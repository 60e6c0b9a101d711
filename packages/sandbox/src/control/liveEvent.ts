/** What the event stream says, as the page reads it: no bodies, no secrets. */
import type { BankEvent } from '../casso/events';
import type { SandboxTransaction } from '../casso/model';
import type { PartnerEvent } from '../simplize/events';
import { summaryOfDelivery } from './showDelivery';

export interface LiveEvent {
	type:
		| 'transaction'
		| 'transactionGone'
		| 'delivery'
		| 'webhook'
		| 'request'
		| 'reset'
		| 'cash'
		| 'call'
		| 'partnerReset';
	[key: string]: unknown;
}

/** @param show a transaction as the control API prints it */
export function liveBankEvent(event: BankEvent, show: (transaction: SandboxTransaction) => object): LiveEvent | null {
	switch (event.type) {
		case 'transactionAdded':
			return { type: 'transaction', transaction: show(event.transaction) };
		case 'transactionDeleted':
			return { type: 'transactionGone', id: event.transaction.id };
		case 'delivery':
			return { type: 'delivery', delivery: summaryOfDelivery(event.delivery) };
		case 'webhook':
			return { type: 'webhook', webhook: event.webhook, removed: event.removed };
		case 'request':
			return { type: 'request', request: event.request };
		case 'reset':
			return { type: 'reset' };
		case 'clock':
		case 'deliveryForgotten':
			return null;
	}
}

export function livePartnerEvent(event: PartnerEvent): LiveEvent {
	switch (event.type) {
		case 'cash':
			return { type: 'cash', portfolioId: event.movement.portfolioId };
		case 'call':
			return { type: 'call', call: event.call };
		case 'reset':
			return { type: 'partnerReset' };
	}
}
