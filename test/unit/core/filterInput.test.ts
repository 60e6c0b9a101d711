/** What is given for filters by text and by account: read as meant, or refused, and never left out. */
import fc from 'fast-check';
import { ParameterError, pickFields, readAccountNumbers, readDescriptionFilter } from '@saoke/core';

test.each<[unknown, string]>([
	[undefined, ''],
	[null, ''],
	['', ''],
	['DH*', 'DH*'],
	[' DH 1 ', ' DH 1 '],
	[1024, '1024'],
	[0, '0'],
])('the text %p is %p', (value, expected) => {
	expect(readDescriptionFilter(value)).toBe(expected);
});

test.each<[unknown, string[]]>([
	[undefined, []],
	[null, []],
	['', []],
	['0071, 0072 ,', ['0071', '0072']],
	[
		['0071', 72],
		['0071', '72'],
	],
	[72, ['72']],
	['VIRTUAL1', ['VIRTUAL1']],
])('the accounts %p are %p', (value, expected) => {
	expect(readAccountNumbers(value)).toEqual(expected);
});

test.each([' ', '\t\n', {}, [], true])('the text %p is refused', (value) => {
	expect(() => readDescriptionFilter(value)).toThrow(ParameterError);
});

test.each([' ', ',', ' , ,', [], [''], [{}], {}, true, '0071;0072', '007 1', -1, 1.5])(
	'the accounts %p are refused',
	(value) => {
		expect(() => readAccountNumbers(value)).toThrow(ParameterError);
	},
);

test('whatever is given, no filter comes of nothing alone', () => {
	fc.assert(
		fc.property(fc.anything(), (value) => {
			const isNothing = value === undefined || value === null || value === '';
			const numbers = orRefused(() => readAccountNumbers(value));
			const text = orRefused(() => readDescriptionFilter(value));
			expect(numbers === 'refused' || (numbers.length === 0) === isNothing).toBe(true);
			expect(text === 'refused' || (text === '') === isNothing).toBe(true);
		}),
		{ numRuns: 2_000 },
	);
});

function orRefused<Value>(read: () => Value): Value | 'refused' {
	try {
		return read();
	} catch (error) {
		expect(error).toBeInstanceOf(ParameterError);
		return 'refused';
	}
}

test('chosen fields come in the order of their names, and only those that the record has', () => {
	expect(
		Object.entries(
			pickFields<unknown>({ amount: 1, id: 0, note: null }, ['note', 'id', 'constructor', 'toString', 'other']),
		),
	).toEqual([
		['note', null],
		['id', 0],
	]);
});
