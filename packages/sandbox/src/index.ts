/** The local sandbox: what tests, the start script and the command line use of it. */
export { startSandbox } from './server';
export type { Sandbox, SandboxOptions } from './server';
export { CassoBank } from './casso/bank';
export type { CassoBankOptions } from './casso/bank';
export type { Bank, Counterparty, SandboxAccount, SandboxTransaction, TransactionInput } from './casso/model';
export type { CassoQuirks } from './casso/quirks';
export type { ApiFault } from './casso/faults';
export type { BankEvent } from './casso/model';
export type { LoggedRequest } from './casso/requestLog';
export type { DeliveryFault } from './casso/webhooks/faults';
export type { DeliverySettings } from './casso/webhooks/settings';
export type {
	DashboardWebhookInput,
	Delivery,
	DeliveryAttempt,
	DeliveryState,
	RegisteredWebhook,
	VisibleWebhook,
	WebhookDialect,
	WebhookState,
} from './casso/webhooks/model';
export { SimplizePartner } from './simplize/partner';
export type { SimplizePartnerOptions } from './simplize/partner';
export type { SimplizeFault } from './simplize/faults';
export type { CashMovement as SandboxCashMovement, CashMovementInput } from './simplize/model';
export type { SimplizeQuirks } from './simplize/quirks';
export type { SignedCall } from './simplize/requestLog';
