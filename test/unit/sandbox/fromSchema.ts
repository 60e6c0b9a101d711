/** Values from a JSON schema, as far as the documents of the sandbox use it: mostly fitting ones, sometimes hostile ones. */
import fc from 'fast-check';

export type JsonSchema = Readonly<Record<string, unknown>>;

const HOSTILE_TEXTS = [
	'',
	' ',
	'0',
	'-1',
	'1e999',
	'999999999999999999999',
	'NaN',
	'null',
	'../../etc/passwd',
	'%00',
	'<script>',
	"' OR 1=1",
	'\u0000',
	'🐉',
	'__proto__',
	'constructor',
	'toString',
	'a'.repeat(3_000),
];

/** What no schema asked for. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom<unknown>(...HOSTILE_TEXTS),
	fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER, [], {}, [[]], {
		__proto__: null,
		constructor: 1,
	}),
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.jsonValue({ maxDepth: 3 }),
);

/** Values that fit. @param refused are left out, for what a test must not ask for */
export function fitting(schema: JsonSchema): fc.Arbitrary<unknown> {
	if ('const' in schema) return fc.constant(schema.const);
	if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
	const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
	if (choices !== undefined) return fc.oneof(...choices.map(fitting));
	if (Array.isArray(schema.type))
		return fc.oneof(...(schema.type as string[]).map((type) => fitting({ ...schema, type })));
	const nullable = schema.nullable === true;
	const value = ofType(schema);
	return nullable ? fc.option(value) : value;
}

function ofType(schema: JsonSchema): fc.Arbitrary<unknown> {
	switch (schema.type) {
		case 'null':
			return fc.constant(null);
		case 'boolean':
			return fc.boolean();
		case 'integer':
			return fc.oneof(
				{ arbitrary: fc.integer(bounds(schema, 1_000)), weight: 3 },
				{ arbitrary: fc.integer(bounds(schema, 2_147_483_647)), weight: 1 },
			);
		case 'number':
			return fc.double({
				min: (schema.minimum as number | undefined) ?? (schema.exclusiveMinimum === undefined ? -1e6 : 1e-3),
				max: (schema.maximum as number | undefined) ?? 1e6,
				noNaN: true,
			});
		case 'string':
			return textFor(schema);
		case 'array':
			return fc.array(fitting((schema.items as JsonSchema | undefined) ?? {}), {
				minLength: (schema.minItems as number | undefined) ?? 0,
				maxLength: 4,
			});
		case 'object':
			return objectFor(schema);
		default:
			return fc.jsonValue({ maxDepth: 2 });
	}
}

function bounds(schema: JsonSchema, far: number): { min: number; max: number } {
	const min = (schema.minimum as number | undefined) ?? -far;
	return {
		min,
		max: Math.min((schema.maximum as number | undefined) ?? Infinity, min + far * 2, Number.MAX_SAFE_INTEGER),
	};
}

function textFor(schema: JsonSchema): fc.Arbitrary<string> {
	if (schema.format === 'date')
		return fc
			.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
			.map((date) => date.toISOString().slice(0, 10));
	if (typeof schema.pattern === 'string' && !schema.pattern.includes('\\x20'))
		return fc.stringMatching(new RegExp(schema.pattern));
	const ascii = typeof schema.pattern === 'string';
	const maxLength = Math.min((schema.maxLength as number | undefined) ?? 60, 60);
	return fc.string({
		unit: ascii ? 'grapheme-ascii' : 'grapheme',
		minLength: (schema.minLength as number | undefined) ?? 0,
		maxLength,
	});
}

function objectFor(schema: JsonSchema): fc.Arbitrary<unknown> {
	const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
	return fc.record(Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, fitting(inner)])), {
		requiredKeys: [...((schema.required as string[] | undefined) ?? [])],
	});
}

/** Mostly what fits, sometimes one field bent, sometimes something else altogether. */
export function anyBody(schema: JsonSchema): fc.Arbitrary<unknown> {
	const bent = fc
		.tuple(fitting(schema), fc.string({ maxLength: 12 }), hostile, fc.nat())
		.map(([value, other, strange, place]) => {
			if (typeof value !== 'object' || value === null || Array.isArray(value)) return strange;
			const names = [...Object.keys(value), other];
			return { ...value, [names[place % names.length] as string]: strange };
		});
	return fc.oneof(
		{ arbitrary: fitting(schema), weight: 3 },
		{ arbitrary: bent, weight: 2 },
		{ arbitrary: hostile, weight: 1 },
	);
}
