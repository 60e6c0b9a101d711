/** The body that both history calls take (spec 6.3 and 6.4), checked and turned into a filter. */
import { DAY_MS, parseSlashDay } from '../dates';
import type { VerifiedCall } from './call';
import { jsonObjectOf, ownPortfolio } from './call';
import { historyFields } from './contract';
import { refusals } from './inventedErrors';
import type { PageQuery } from './paging';

const DEFAULT_SIZE = 15;

export interface HistoryQuery {
	portfolioId: number;
	/** Null: all. */
	tickers: readonly string[] | null;
	/** Codes or numbers as texts; null: all. */
	types: readonly string[] | null;
	/** Unix ms, both included; open ends where no day was sent. */
	from: number;
	to: number;
	paging: PageQuery;
}

/** @param typeForm which form of `transactionTypes` is accepted @throws Refusal */
export function readHistoryQuery(call: VerifiedCall, typeForm: 'any' | 'array' | 'comma'): HistoryQuery {
	const body = jsonObjectOf(call.body);
	const { id: portfolioId } = ownPortfolio(call, body.portfolioId);
	for (const [name, { schema, mustBe }] of Object.entries(historyFields)) {
		if (body[name] !== undefined && !call.fits(body[name], schema)) throw refusals.invalidParameter(name, mustBe);
	}
	// Checked just now: the schemas leave nothing else.
	const fields = body as Partial<{
		fromDate: string;
		toDate: string;
		ticker: string | null;
		transactionTypes: SentTypes;
		page: number;
		size: number;
	}>;
	const to = readDay(fields.toDate, 'toDate');
	return {
		portfolioId,
		tickers: splitComma(fields.ticker ?? ''),
		types: readTypes(fields.transactionTypes ?? null, typeForm),
		from: readDay(fields.fromDate, 'fromDate') ?? Number.NEGATIVE_INFINITY,
		to: to === null ? Number.POSITIVE_INFINITY : to + DAY_MS - 1,
		paging: { page: fields.page ?? 0, size: fields.size ?? DEFAULT_SIZE },
	};
}

type SentTypes = ReadonlyArray<string | number> | string | null;

/** A day that has the right form may still not exist. */
function readDay(value: string | null | undefined, name: 'fromDate' | 'toDate'): number | null {
	if (value === undefined || value === null) return null;
	const start = parseSlashDay(value);
	if (start === null) throw refusals.invalidParameter(name, historyFields[name].mustBe);
	return start;
}

function readTypes(value: SentTypes, form: 'any' | 'array' | 'comma'): readonly string[] | null {
	if (value === null) return null;
	if (typeof value !== 'string') {
		if (form === 'comma') throw refusals.invalidParameter('transactionTypes', 'must be a text such as "1,2"');
		return value.length === 0 ? null : value.map(String);
	}
	if (form === 'array') throw refusals.invalidParameter('transactionTypes', 'must be a list');
	return splitComma(value);
}

function splitComma(text: string): readonly string[] | null {
	const parts = text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
	return parts.length === 0 ? null : parts;
}
