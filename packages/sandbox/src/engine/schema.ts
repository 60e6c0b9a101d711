/** JSON schemas (OpenAPI 3.1) and the types that follow from them. */
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

export type Schema = Readonly<Record<string, unknown>>;
export type Fields = Readonly<Record<string, Exclude<JSONSchema, boolean>>>;

export const text = { type: 'string' } as const;
export const whole = { type: 'integer' } as const;
export const anyNumber = { type: 'number' } as const;
export const flag = { type: 'boolean' } as const;
export const wholeFrom0 = { type: 'integer', minimum: 0 } as const;
export const wholeFrom1 = { type: 'integer', minimum: 1 } as const;
export const numberFrom0 = { type: 'number', minimum: 0 } as const;

export function oneOf<const Choices extends readonly string[]>(...choices: Choices): { type: 'string'; enum: Choices } {
	return { type: 'string', enum: choices };
}

/** An object with these fields. @param optional names of fields that may be missing */
export function record<const Fields extends Record<string, Schema>, const Optional extends string = never>(
	properties: Fields,
	optional: readonly Optional[] = [],
): { type: 'object'; properties: Fields; required: Array<Exclude<keyof Fields & string, Optional>> } {
	const required = Object.keys(properties).filter((name) => !(optional as readonly string[]).includes(name));
	return { type: 'object', properties, required: required as Array<Exclude<keyof Fields & string, Optional>> };
}

export function readList<const Items extends Schema>(items: Items): { type: 'array'; items: Items } {
	return { type: 'array', items };
}

export function orNull<const Type extends string>(schema: { type: Type }): { type: [Type, 'null'] } {
	return { type: [schema.type, 'null'] };
}

/** An object with no other fields, so that a misspelt one is refused. */
export interface Closed<F extends Fields, Required extends string> {
	readonly type: 'object';
	readonly properties: F;
	readonly required: readonly Required[];
	readonly additionalProperties: false;
}

export function closed<const F extends Fields>(properties: F): Closed<F, never>;
export function closed<const F extends Fields, const Required extends keyof F & string>(
	properties: F,
	required: readonly Required[],
): Closed<F, Required>;
export function closed(properties: Fields, required: readonly string[] = []): Closed<Fields, string> {
	return { type: 'object', properties, required, additionalProperties: false };
}

/** What fits such an object. */
export type FromFields<F extends Fields, Required extends string = never> = FromSchema<Closed<F, Required>>;
