/** What an endpoint gets to see of a verified call, and how it reads it. */
import { historyFields } from './contract';
import { failures } from './failures';
import type { SimplizeFault } from './faults';
import type { Portfolio } from './model';
import type { PageQuery } from './paging';
import type { SimplizePartner } from './partner';
import { parseParameter, type Operation, type Parameter, type SchemaCheck } from '../engine/operation';
import { DAY_MS, parseSlashDay } from '../engine/vietnamTime';

/** Every answer: success is `status` 200; `total` counts all matching records of a paged list. */
export interface SimplizeEnvelope<T> {
	status: number;
	message: string;
	total?: number;
	data?: T;
}

export interface VerifiedCall {
	partner: SimplizePartner;
	/** Decoded query parameters. */
	query: ReadonlyMap<string, string>;
	/** Empty for calls that are not about one user. */
	externalUserId: string;
	/** Decoded last part of the path, if the path has a variable one. */
	pathId: string;
	body: Buffer;
	faults: readonly SimplizeFault[];
	/** By Fastify's validator. */
	fits: SchemaCheck;
}

export interface Endpoint {
	operation: Operation;
	/** True if `externalUserId` is required. */
	isUserScoped: boolean;
	answer: (call: VerifiedCall) => SimplizeEnvelope<unknown>;
}

export const success = <T>(data: T, total?: number): SimplizeEnvelope<T> =>
	total === undefined ? { status: 200, message: 'Success', data } : { status: 200, message: 'Success', total, data };

/** The portfolio, if it is there and the caller's user owns it. @throws ApiFailure */
export function getOwnPortfolio({ partner, externalUserId }: VerifiedCall, id: unknown): Portfolio {
	const isNumber = typeof id === 'number' && Number.isSafeInteger(id);
	if (!isNumber) throw failures.invalidParameter('portfolioId', 'must be a number');
	const portfolio = partner.data.getPortfolio(id);
	if (!portfolio) throw failures.unknownPortfolio();
	if (portfolio.externalUserId !== externalUserId) throw failures.portfolioNotOwned();
	return portfolio;
}

/** A query parameter, or undefined if nothing was sent. @throws ApiFailure (400) if it does not fit its schema */
export function readQueryValue(call: VerifiedCall, parameter: Parameter): string | number | undefined {
	const sent = call.query.get(parameter.name);
	if (sent === undefined || sent === '') return undefined;
	const value = parseParameter(sent, parameter, call.fits);
	if (value === undefined) throw failures.invalidParameter(parameter.name, `must be ${parameter.mustBe}`);
	return value;
}

/** One of the words that the parameter's schema lists, or the first if nothing was sent. @throws ApiFailure (400) */
export function readChoice<T extends string>(
	call: VerifiedCall,
	parameter: Parameter & { schema: { enum: readonly [T, ...T[]] } },
): T {
	return (readQueryValue(call, parameter) as T | undefined) ?? parameter.schema.enum[0];
}

/** A JSON object. @throws ApiFailure (400) */
function parseJsonObject(body: Buffer): Record<string, unknown> {
	let value: unknown;
	try {
		value = JSON.parse(body.toString('utf8'));
	} catch {
		throw failures.invalidBody();
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw failures.invalidBody();
	return value as Record<string, unknown>;
}

const DEFAULT_SIZE = 15;

export interface HistoryQuery {
	portfolioId: number;
	/** Null: all. */
	tickers: readonly string[] | null;
	/** Codes or numbers as texts; null: all. */
	types: readonly string[] | null;
	/** Unix ms, both included; infinite if no day was sent. */
	from: number;
	to: number;
	paging: PageQuery;
}

/** @param typeForm which form of `transactionTypes` is accepted @throws ApiFailure */
export function readHistoryQuery(call: VerifiedCall, typeForm: 'any' | 'array' | 'comma'): HistoryQuery {
	const body = parseJsonObject(call.body);
	const { id: portfolioId } = getOwnPortfolio(call, body.portfolioId);
	for (const [name, { schema, mustBe }] of Object.entries(historyFields)) {
		if (body[name] !== undefined && !call.fits(body[name], schema)) throw failures.invalidParameter(name, mustBe);
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
	if (start === null) throw failures.invalidParameter(name, historyFields[name].mustBe);
	return start;
}

function readTypes(value: SentTypes, form: 'any' | 'array' | 'comma'): readonly string[] | null {
	if (value === null) return null;
	if (typeof value !== 'string') {
		if (form === 'comma') throw failures.invalidParameter('transactionTypes', 'must be a text such as "1,2"');
		return value.length === 0 ? null : value.map(String);
	}
	if (form === 'array') throw failures.invalidParameter('transactionTypes', 'must be a list');
	return splitComma(value);
}

function splitComma(text: string): readonly string[] | null {
	const parts = text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
	return parts.length === 0 ? null : parts;
}
