/** A1 notation of the Sheets stand-in. */
import fc from 'fast-check';
import { columnLetters, columnNumber, formatA1, parseA1 } from '../../e2e/harness/googleSheets/a1';

const TITLES = ['Sheet1', 'Đơn hàng', "Lan's", 'A1'];

test.each([
	['Sheet1!A1', { sheet: 'Sheet1', startRow: 1, startColumn: 1, endRow: 1, endColumn: 1 }],
	['Sheet1!B2:D5', { sheet: 'Sheet1', startRow: 2, startColumn: 2, endRow: 5, endColumn: 4 }],
	['Sheet1!2:3', { sheet: 'Sheet1', startRow: 2, startColumn: 1, endRow: 3, endColumn: Infinity }],
	['Sheet1!A:Z', { sheet: 'Sheet1', startRow: 1, startColumn: 1, endRow: Infinity, endColumn: 26 }],
	['Sheet1!B2:', undefined],
	['Sheet1!B3:B', { sheet: 'Sheet1', startRow: 3, startColumn: 2, endRow: Infinity, endColumn: 2 }],
	["'Đơn hàng'", { sheet: 'Đơn hàng', startRow: 1, startColumn: 1, endRow: Infinity, endColumn: Infinity }],
	["'Lan''s'!A1", { sheet: "Lan's", startRow: 1, startColumn: 1, endRow: 1, endColumn: 1 }],
	['Sheet1', { sheet: 'Sheet1', startRow: 1, startColumn: 1, endRow: Infinity, endColumn: Infinity }],
	['C7', { sheet: '', startRow: 7, startColumn: 3, endRow: 7, endColumn: 3 }],
	['A1', { sheet: 'A1', startRow: 1, startColumn: 1, endRow: Infinity, endColumn: Infinity }],
	['Nowhere!A1', undefined],
	['Sheet1!', undefined],
	['Sheet1!A0', undefined],
	['Sheet1!B2:A1', undefined],
	['Sheet1!A', undefined],
	['Sheet1!1', undefined],
	['Sheet1!A1:B2:C3', undefined],
	['', undefined],
])('%s', (text, expected) => {
	if (expected) expect(parseA1(text, TITLES)).toMatchObject(expected);
	else expect(() => parseA1(text, TITLES)).toThrow(/Unable to parse range/);
});

test('what is printed is read back', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...TITLES),
			fc.nat(2_000),
			fc.nat(700),
			fc.nat(50),
			fc.nat(50),
			(sheet, row, column, rows, columns) => {
				const range = {
					startRow: row + 1,
					startColumn: column + 1,
					endRow: row + 1 + rows,
					endColumn: column + 1 + columns,
				};
				expect(parseA1(formatA1(sheet, range), TITLES)).toMatchObject({ sheet, ...range });
			},
		),
	);
});

test('column letters', () => {
	expect([1, 26, 27, 52, 702, 703].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'ZZ', 'AAA']);
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 18_278 }), (column) => {
			expect(columnNumber(columnLetters(column))).toBe(column);
		}),
	);
});
