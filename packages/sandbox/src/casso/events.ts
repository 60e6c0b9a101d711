/** What happens in the bank, for whoever watches it: the page, a test, a log. */
import { EventHub } from '../eventHub';
import type { SandboxTransaction } from './model';
import type { LoggedRequest } from './requestLog';
import type { Delivery, DeliveryAttempt, VisibleWebhook } from './webhooks/model';

export type BankEvent =
	| { type: 'transactionAdded'; transaction: SandboxTransaction }
	| { type: 'transactionDeleted'; transaction: SandboxTransaction }
	| { type: 'delivery'; delivery: Delivery; attempt: DeliveryAttempt | null }
	/** The ledger is full: the oldest went out of it. */
	| { type: 'deliveryForgotten'; id: number }
	| { type: 'webhook'; webhook: VisibleWebhook; removed: boolean }
	| { type: 'request'; request: LoggedRequest }
	/** The schedule was moved on, or runs at another speed. */
	| { type: 'clock' }
	| { type: 'reset' };

export class BankEvents extends EventHub<BankEvent> {}
