/** A1 notation, read strictly: what the Sheets API takes as a range, and its own words for what it does not. */
import { GoogleError } from './googleError';

/** Rows and columns count from 1; an end that is not given is Infinity (`A:Z`, `2:2`, a whole sheet). */
export interface A1Range {
	/** Title of the sheet; empty if none is named: the first sheet. */
	sheet: string;
	startRow: number;
	startColumn: number;
	endRow: number;
	endColumn: number;
	/** Whether the text names columns at all: `2:2` does not. */
	namesColumns: boolean;
}

const CELL = /^\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?$/;
const WHOLE = { startRow: 1, startColumn: 1, endRow: Infinity, endColumn: Infinity, namesColumns: false };

/**
 * @param text e.g. `Sheet1!A1:C3`, `'My sheet'!2:2`, `A:Z`, `'Sheet1'`
 * @param titles titles of the sheets there are: a bare word is a sheet before it is a cell
 * @throws GoogleError 400 where it is none or names a sheet that is not there
 */
export function parseA1(text: string, titles: readonly string[]): A1Range {
	const { sheet, cells } = split(text, titles);
	if (sheet !== '' && !titles.includes(sheet)) throw unreadable(text);
	if (cells === '') {
		if (sheet === '') throw unreadable(text);
		return { sheet, ...WHOLE };
	}
	const parts = cells.split(':');
	if (parts.length > 2) throw unreadable(text);
	const [from, to] = [readCell(parts[0] ?? '', text), readCell(parts[1] ?? parts[0] ?? '', text)];
	const isSingle = parts.length === 1;
	if (isSingle && (from.column === undefined || from.row === undefined)) throw unreadable(text);
	const range = {
		sheet,
		startRow: from.row ?? 1,
		startColumn: from.column ?? 1,
		endRow: to.row ?? Infinity,
		endColumn: to.column ?? Infinity,
		namesColumns: from.column !== undefined,
	};
	if (range.endRow < range.startRow || range.endColumn < range.startColumn) throw unreadable(text);
	return range;
}

function split(text: string, titles: readonly string[]): { sheet: string; cells: string } {
	const quoted = /^'((?:[^']|'')*)'(?:!(.*))?$/.exec(text);
	if (quoted) {
		if (text.includes('!') && quoted[2] === '') throw unreadable(text);
		return { sheet: (quoted[1] ?? '').replaceAll("''", "'"), cells: quoted[2] ?? '' };
	}
	const mark = text.lastIndexOf('!');
	if (mark === -1) return titles.includes(text) ? { sheet: text, cells: '' } : { sheet: '', cells: text };
	if (mark === text.length - 1) throw unreadable(text);
	return { sheet: text.slice(0, mark), cells: text.slice(mark + 1) };
}

function readCell(cell: string, text: string): { column?: number; row?: number } {
	const match = CELL.exec(cell);
	if (!match || (match[1] === undefined && match[2] === undefined)) throw unreadable(text);
	return {
		column: match[1] === undefined ? undefined : columnNumber(match[1]),
		row: match[2] === undefined ? undefined : Number(match[2]),
	};
}

function unreadable(text: string): GoogleError {
	return new GoogleError(400, `Unable to parse range: ${text}`);
}

/** `A` → 1, `AA` → 27. */
export function columnNumber(letters: string): number {
	return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0);
}

/** 1 → `A`, 27 → `AA`. */
export function columnLetters(column: number): string {
	const rest = (column - 1) % 26;
	const before = Math.floor((column - 1) / 26);
	return (before > 0 ? columnLetters(before) : '') + String.fromCharCode(65 + rest);
}

/** As the API prints a range in its answers: quoted only if the title needs it. */
export function formatA1(sheet: string, range: Omit<A1Range, 'sheet' | 'namesColumns'>): string {
	const title = /^[A-Za-z_]\w*$/.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;
	const from = `${columnLetters(range.startColumn)}${range.startRow}`;
	const to = `${columnLetters(range.endColumn)}${range.endRow}`;
	return from === to ? `${title}!${from}` : `${title}!${from}:${to}`;
}
