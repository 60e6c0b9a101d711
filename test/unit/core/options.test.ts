/** One table of number settings for both hosts: ranges, the meaning of 0, of empty fields and of nonsense. */
import * as fc from 'fast-check';
import {
	NUMBER_OPTIONS,
	readNumberOption,
	type NumberOption,
	type NumberOptionName,
} from '../../../packages/core/src/options';

const ALL = Object.entries(NUMBER_OPTIONS) as Array<[NumberOptionName, NumberOption]>;

describe.each(ALL)('%s', (name, option) => {
	const limit = option.max ?? Number.MAX_SAFE_INTEGER;

	test('an empty field is unset, not 0', () => {
		for (const empty of [undefined, null, '', '  ']) expect(readNumberOption(name, empty)).toBeUndefined();
	});

	test('0 is "no limit", a value, or refused, as the table says', () => {
		for (const zero of [0, '0']) {
			if (option.min > 0) expect(() => readNumberOption(name, zero)).toThrow(/^Must be /);
			else expect(readNumberOption(name, zero)).toBe(option.zeroIsUnset ? undefined : 0);
		}
	});

	test('every whole number in the range is taken, as a number and as text', () => {
		fc.assert(
			fc.property(fc.integer({ min: Math.max(option.min, 1), max: Math.min(limit, 1e15 - 1) }), (number) => {
				expect(readNumberOption(name, number)).toBe(number);
				expect(readNumberOption(name, ` ${number} `)).toBe(number);
			}),
		);
	});

	test('what is outside the range, or no number, is refused by name', () => {
		const outside = [option.min - 1, ...(option.max === undefined ? [] : [option.max + 1])];
		for (const value of [...outside, Infinity, NaN, '1e3', '0x10', '100.000.000', '1,5', 'ten', true, [], {}, '-1']) {
			expect(() => readNumberOption(name, value, 'given')).toThrow(
				expect.objectContaining({ parameter: 'given' }) as Error,
			);
		}
	});

	test('fractions are taken only if the table says so', () => {
		for (const half of [option.min + 0.5, `${option.min}.5`]) {
			if (option.fractions) expect(readNumberOption(name, half)).toBe(option.min + 0.5);
			else expect(() => readNumberOption(name, half)).toThrow(/whole number/);
		}
	});

	test('its default is in its range, and it has a label', () => {
		if (option.default !== undefined) expect(readNumberOption(name, option.default) ?? 0).toBe(option.default);
		expect(option.label).toMatch(/^[A-Z]/);
	});
});

test('an amount with separators is refused, not cut', () => {
	expect(() => readNumberOption('maxAmount', '100.000')).toThrow('Must be a whole number of VND, 0 or greater');
});
