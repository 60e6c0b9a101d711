/** A movement of a portfolio's cash in the one shape that Saoke uses (simplize-api 6.3). */
import { RecordError } from '../errors/RecordError';
import { asNumber, asObject, asText, kindOf } from '../json/reading';
import { exactId } from './exactId';
import { simplizeTime } from './slashDay';

/** Simplified form, ten fields. Unknown text is the empty string; an unknown time is null. */
export interface CashMovement {
	transactionId: number | string;
	portfolioId: number | string;
	/** Related stock, if any. */
	ticker: string;
	/** Code, an open list: `DEPOSIT`, … */
	transactionType: string;
	/** The service's own name of the type, in Vietnamese. */
	transactionTypeName: string;
	/** VND, negative = out, positive = in. */
	amount: number;
	/** Transaction date, ISO 8601 with +07:00. */
	transactedAt: string | null;
	/** Creation of the record, ISO 8601 with +07:00. */
	createdAt: string | null;
	note: string;
	description: string;
}

/** The times as Simplize sent them. */
export interface CashMovementDetails {
	date: string;
	createdDate: string;
}

export interface NormalisedCashMovement {
	movement: CashMovement;
	details: CashMovementDetails;
	raw: Record<string, unknown>;
}

export const CASH_MOVEMENT_FIELDS = [
	'transactionId',
	'portfolioId',
	'ticker',
	'transactionType',
	'transactionTypeName',
	'amount',
	'transactedAt',
	'createdAt',
	'note',
	'description',
] as const satisfies readonly (keyof CashMovement)[];

export const CASH_MOVEMENT_DETAIL_FIELDS = [
	'date',
	'createdDate',
] as const satisfies readonly (keyof CashMovementDetails)[];

/**
 * @param value a record of the cash histories
 * @param portfolioId that was asked for, where the record names none
 * @throws RecordError when it is no object, or has no id or no amount
 */
export function normaliseCashMovement(value: unknown, portfolioId: number): NormalisedCashMovement {
	const raw = asObject(value);
	if (!raw) throw new RecordError('cash movement', 'record', kindOf(value));
	const transactionId = exactId(raw.transactionId, 'cash movement', 'transactionId');
	const amount = asNumber(raw.amount);
	if (amount === null) throw new RecordError(`cash movement ${transactionId}`, 'amount', kindOf(raw.amount));
	const details = { date: asText(raw.date), createdDate: asText(raw.createdDate) };
	return {
		movement: {
			transactionId,
			portfolioId:
				raw.portfolioId === undefined || raw.portfolioId === null
					? portfolioId
					: exactId(raw.portfolioId, 'cash movement', 'portfolioId'),
			ticker: asText(raw.ticker),
			transactionType: asText(raw.transactionType),
			transactionTypeName: asText(raw.transactionTypeName),
			amount,
			transactedAt: simplizeTime(details.date),
			createdAt: simplizeTime(details.createdDate),
			note: asText(raw.note),
			description: asText(raw.description),
		},
		details,
		raw,
	};
}

/** Tells movements apart: ids are only assumed to be unique within a portfolio. */
export function cashMovementKey({
	portfolioId,
	transactionId,
}: Pick<CashMovement, 'portfolioId' | 'transactionId'>): string {
	return `${portfolioId} ${transactionId}`;
}
