import type { FromSchema } from 'json-schema-to-ts';
import type { LoggedRequest } from './requestLog';
import type { Delivery, DeliveryAttempt, VisibleWebhook } from './webhooks/model';
import { EventHub } from '../engine/events';
import { closed, flag, text, whole, wholeFrom0 } from '../engine/schema';

/** What the sandbox's bank knows, before it is printed in one of Casso's dialects. Money is integer VND. */

export interface Bank {
	/** Bank identification number, e.g. 970422. */
	bin: number;
	/** Casso's number of the bank in the live form of userInfo. */
	id: number;
	codeName: string;
	/** As the accounts call prints it. */
	fullName: string;
	/** As webhooks print it. */
	shortName: string;
	abbreviation: string;
}

export interface SandboxAccount {
	id: number;
	bank: Bank;
	/** The bank's account number: a string, leading zeros are part of it. */
	accountNumber: string;
	holder: string;
	memo: string;
	connectStatus: 0 | 1;
	planStatus: 0 | 1 | 2;
	/** Vietnam day on which the account was linked. */
	linkedOn: string;
	/** VND before the first transaction. */
	beginningBalance: number;
}

export interface Counterparty {
	name: string;
	accountNumber: string;
	bankId: string;
	bankName: string;
}

export interface SandboxTransaction {
	id: number;
	/** Running number in this sandbox, by arrival: what `privateId` shows when it is made to differ from `id`. */
	sequence: number;
	accountId: number;
	reference: string;
	description: string;
	/** Signed VND: negative is money out. */
	amount: number;
	/** VND after this transaction in order of time; later ones move when one is booked in before them. */
	runningBalance: number;
	/** Time of the transaction in ms since 1970, whole seconds. */
	time: number;
	/** Vietnam day. */
	bookingDate: string;
	paymentChannel: string;
	virtualAccountNumber: string;
	virtualAccountName: string;
	counterparty: Counterparty;
}

/** A transaction as a person or a test asks for it; everything but the amount has a default. */
export const transactionSchema = closed(
	{
		/** Signed VND: positive is money in. */
		amount: whole,
		/** What the payer wrote; default a plain transfer memo. */
		memo: text,
		/** Casso's account id; default the first account. */
		accountId: wholeFrom0,
		/** The bank's account number, instead of `accountId`. */
		accountNumber: text,
		/** ms since 1970, ISO 8601 with a zone, or Vietnam time without one; default now. */
		time: { anyOf: [text, { type: 'number' }] },
		/** Vietnam day `YYYY-MM-DD`; default the day of the transaction. */
		bookingDate: text,
		reference: text,
		counterparty: closed({ name: text, accountNumber: text, bankId: text, bankName: text }),
		virtualAccount: closed({ number: text, name: text }, ['number']),
		paymentChannel: text,
		/** Default the next free one. 0 is a valid id. */
		id: wholeFrom0,
		/** True: no webhook is called. */
		silent: flag,
	},
	['amount'],
);

export type TransactionInput = FromSchema<typeof transactionSchema>;

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
