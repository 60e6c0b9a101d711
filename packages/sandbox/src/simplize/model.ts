/** What the Simplize service keeps: users, portfolios and their movements. Times are Unix ms; money is VND. */
import type { FromSchema } from 'json-schema-to-ts';
import type { SignedCall } from './requestLog';
import { EventHub } from '../engine/events';
import { closed, text, whole, wholeFrom0 } from '../engine/schema';

export interface LinkedUser {
	linkId: number;
	userId: number;
	/** The partner's own id, any text. */
	externalUserId: string;
	status: string;
	createdAt: number;
}

export interface Portfolio {
	id: number;
	externalUserId: string;
	name: string;
}

export interface CashMovement {
	transactionId: number;
	portfolioId: number;
	ticker?: string;
	type: string;
	typeName: string;
	/** Negative = out. */
	amount: number;
	createdAt: number;
	date: number;
	note?: string;
	description: string;
}

/** 1 buy, 2 sell, 3 cash dividend, 4 stock dividend. */
export type StockTypeNumber = 1 | 2 | 3 | 4;

export interface StockTrade {
	id: number;
	portfolioId: number;
	ticker: string;
	type: StockTypeNumber;
	volume: number;
	price: number;
	createdAt: number;
	date: number;
	note?: string;
	dividendCash: number;
	dividendStock: number;
}

const moment = { anyOf: [text, { type: 'number' }] } as const;

/** A movement to add by hand; what is left out is filled in. */
export const cashMovementSchema = closed(
	{
		portfolioId: wholeFrom0,
		/** VND, negative = out. */
		amount: whole,
		type: text,
		typeName: text,
		ticker: text,
		/** Transaction date: Unix ms, or ISO 8601 with a zone; default now. */
		date: moment,
		/** Creation of the record; default now. */
		createdAt: moment,
		note: text,
		description: text,
		transactionId: wholeFrom0,
	},
	['portfolioId', 'amount'],
);

export type CashMovementInput = FromSchema<typeof cashMovementSchema>;

export type PartnerEvent =
	| { type: 'cash'; movement: CashMovement }
	/** A call was answered, or its connection broke. */
	| { type: 'call'; call: SignedCall }
	| { type: 'reset' };

export class PartnerEvents extends EventHub<PartnerEvent> {}
