/** What an endpoint gets to see of a verified call, and how it reads it. */
import type { SimplizeEnvelope } from '@saoke/core';
import { parameterValue, type SchemaCheck } from '../../openapi/checkParameter';
import type { Operation, Parameter } from '../../openapi/operation';
import type { SimplizeFault } from '../fault';
import type { Portfolio } from '../model';
import type { SimplizePartner } from '../partner';
import { refusals } from './inventedErrors';

export interface VerifiedCall {
	partner: SimplizePartner;
	/** Decoded query parameters. */
	query: ReadonlyMap<string, string>;
	/** Empty for calls that are not about one user. */
	externalUserId: string;
	/** Decoded last part of the path, where the path has a variable one. */
	pathId: string;
	body: Buffer;
	faults: readonly SimplizeFault[];
	/** By Fastify's validator. */
	fits: SchemaCheck;
}

export interface Endpoint {
	operation: Operation;
	/** True where `externalUserId` is required. */
	isUserScoped: boolean;
	answer: (call: VerifiedCall) => SimplizeEnvelope<unknown>;
}

export const success = <T>(data: T, total?: number): SimplizeEnvelope<T> =>
	total === undefined ? { status: 200, message: 'Success', data } : { status: 200, message: 'Success', total, data };

/** The portfolio, if it is there and the caller's user owns it. @throws Refusal */
export function ownPortfolio({ partner, externalUserId }: VerifiedCall, id: unknown): Portfolio {
	const isNumber = typeof id === 'number' && Number.isSafeInteger(id);
	if (!isNumber) throw refusals.invalidParameter('portfolioId', 'must be a number');
	const portfolio = partner.book.portfolio(id);
	if (!portfolio) throw refusals.unknownPortfolio();
	if (portfolio.externalUserId !== externalUserId) throw refusals.portfolioNotOwned();
	return portfolio;
}

/** A query parameter, or undefined where nothing was sent. @throws Refusal (400) where it does not fit its schema */
export function queryValue(call: VerifiedCall, parameter: Parameter): string | number | undefined {
	const sent = call.query.get(parameter.name);
	if (sent === undefined || sent === '') return undefined;
	const value = parameterValue(sent, parameter, call.fits);
	if (value === undefined) throw refusals.invalidParameter(parameter.name, `must be ${parameter.mustBe}`);
	return value;
}

/** One of the words that the parameter's schema lists, or the first where nothing was sent. @throws Refusal (400) */
export function choiceOf<T extends string>(
	call: VerifiedCall,
	parameter: Parameter & { schema: { enum: readonly [T, ...T[]] } },
): T {
	return (queryValue(call, parameter) as T | undefined) ?? parameter.schema.enum[0];
}

/** A JSON object. @throws Refusal (400) */
export function jsonObjectOf(body: Buffer): Record<string, unknown> {
	let value: unknown;
	try {
		value = JSON.parse(body.toString('utf8'));
	} catch {
		throw refusals.invalidBody();
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusals.invalidBody();
	return value as Record<string, unknown>;
}
