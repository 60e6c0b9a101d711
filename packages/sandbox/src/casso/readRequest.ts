/** The query of both list calls, with the documented defaults (spec 4.4): last 7 days, today, page 1, size 10, ASC. */
import type { FastifyRequest } from 'fastify';
import { parameters } from './contract';
import { failures } from './failures';
import type { CassoQuirks } from './quirks';
import { getSchemaCheck, parseParameter, type Parameter, type SchemaCheck } from '../engine/operation';
import { DAY_MS, startOfVietnamDay, vietnamDay } from '../engine/vietnamTime';

export interface ListQuery {
	/** ms, included. */
	fromTime: number;
	/** ms, excluded: the day `toDate` belongs to the range. */
	toTime: number;
	page: number;
	pageSize: number;
	descending: boolean;
}

type RawQuery = Readonly<Record<string, unknown>>;

/** @throws ApiFailure (400) for a bad value, unless the quirk `badQuery` takes it as missing */
export function readListQuery(raw: RawQuery, now: number, quirks: CassoQuirks, fits: SchemaCheck): ListQuery {
	const lenient = quirks.badQuery === 'default';
	const read = (parameter: Parameter): string | number | undefined => readParameter(raw, parameter, lenient, fits);
	const readDay = (parameter: Parameter, byDefault: number): number =>
		startOfVietnamDay(String(read(parameter))) ?? byDefault;
	const today = startOfVietnamDay(vietnamDay(now)) as number;
	const defaultFrom = today - quirks.defaultDays * DAY_MS;
	let fromTime = readDay(parameters.fromDate, defaultFrom);
	let toDay = readDay(parameters.toDate, today);
	if (fromTime > toDay && raw.fromDate !== undefined && raw.toDate !== undefined) {
		if (!lenient) throw failures.badRequest('fromDate is after toDate');
		fromTime = defaultFrom;
		toDay = today;
	}
	const pageSize = Number(read(parameters.pageSize) ?? 10);
	return {
		fromTime,
		toTime: toDay + DAY_MS,
		page: Number(read(parameters.page) ?? 1),
		pageSize: quirks.maxPageSize === null ? pageSize : Math.min(pageSize, quirks.maxPageSize),
		descending: read(parameters.sort) === 'DESC',
	};
}

/** A parameter given twice counts with its last value; an empty one is missing. */
function readParameter(
	raw: RawQuery,
	parameter: Parameter,
	lenient: boolean,
	fits: SchemaCheck,
): string | number | undefined {
	const value = raw[parameter.name];
	const last: unknown = Array.isArray(value) ? value.at(-1) : value;
	if (typeof last !== 'string' || last === '') return undefined;
	const read = parseParameter(last, parameter, fits);
	if (read === undefined && !lenient) throw failures.badRequest(`${parameter.name} must be ${parameter.mustBe}`);
	return read;
}

/** @throws ApiFailure (400) that names the parameter */
export function readId(request: FastifyRequest, parameter: Parameter): number {
	const textOfIt = (request.params as Record<string, string>)[parameter.name] ?? '';
	const value = parseParameter(textOfIt, parameter, getSchemaCheck(request));
	if (typeof value !== 'number') throw failures.badRequest(`${parameter.name} must be ${parameter.mustBe}`);
	return value;
}
