/** What the Sheets stand-in makes of values: RAW keeps them, USER_ENTERED types them in. */
import fc from 'fast-check';
import { enterCell, renderCell } from '../../e2e/harness/googleSheets/cell';

const entered = (value: unknown): unknown =>
	renderCell(enterCell(value, 'USER_ENTERED', 'values[0][0]'), 'UNFORMATTED_VALUE');

test('RAW keeps every text as it is, and types as they are', () => {
	fc.assert(
		fc.property(
			fc.oneof(fc.string(), fc.constantFrom('=1+1', '0012', '+84', "'a", 'TRUE', '1e5', '2026-11-20')),
			(text) => {
				for (const option of ['UNFORMATTED_VALUE', 'FORMULA', 'FORMATTED_VALUE'] as const) {
					expect(renderCell(enterCell(text, 'RAW', ''), option)).toBe(text);
				}
			},
		),
	);
	expect(enterCell(12, 'RAW', '')).toEqual({ content: 12 });
	expect(enterCell(true, 'RAW', '')).toEqual({ content: true });
});

test.each([
	['0012', 12],
	['007100088888', 7_100_088_888],
	['1,234,567', 1_234_567],
	['-5', -5],
	['1e5', 100_000],
	['50%', 0.5],
	['true', true],
	["'0012", '0012'],
	['=1+2*3-1', 6],
	['=IMPORTXML("http://example.com","//a")', '#NAME?'],
	['+84 901', '#NAME?'],
	['2026-11-20', 46_346],
	['DH1024 thanh toan', 'DH1024 thanh toan'],
	['1,23', '1,23'],
	['=', '='],
])('USER_ENTERED %s becomes %p', (text, expected) => {
	expect(entered(text)).toBe(expected);
});

test('a formula is shown as such only when asked for', () => {
	const cell = enterCell('=40+2', 'USER_ENTERED', '');
	expect(
		(['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'] as const).map((option) => renderCell(cell, option)),
	).toEqual(['42', 42, '=40+2']);
});

test('numbers are shown as the default format does', () => {
	expect(renderCell({ content: 250_000 }, 'FORMATTED_VALUE')).toBe('250000');
	expect(renderCell({ content: 1e18 }, 'FORMATTED_VALUE')).toBe('1.00000E+18');
	expect(renderCell(enterCell('2026-11-20', 'USER_ENTERED', ''), 'FORMATTED_VALUE')).toBe('2026-11-20');
	expect(renderCell({ content: false }, 'FORMATTED_VALUE')).toBe('FALSE');
});

test('objects, lists and over-long texts are refused; an empty text empties', () => {
	expect(() => enterCell({ a: 1 }, 'RAW', 'values[0][1]')).toThrow('Invalid values[0][1]: struct_value');
	expect(() => enterCell([1], 'RAW', 'values[0][1]')).toThrow('list_value');
	expect(() => enterCell('x'.repeat(50_001), 'RAW', '')).toThrow(/50000 characters/);
	expect(enterCell('', 'RAW', '')).toBeUndefined();
});
