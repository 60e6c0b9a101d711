/** One cell: what Google makes of a value that is written (RAW or as typed by a person), and how it shows it again. */
import { GoogleError } from './googleError';

export type ValueInputOption = 'RAW' | 'USER_ENTERED';
export type ValueRenderOption = 'FORMATTED_VALUE' | 'UNFORMATTED_VALUE' | 'FORMULA';
export type CellContent = string | number | boolean;

export interface Cell {
	content: CellContent;
	/** As it was entered, with its `=`; then `content` is the result. */
	formula?: string;
	/** How a number is shown where not plainly, e.g. a date. */
	shown?: string;
}

const MAX_CHARACTERS = 50_000;
const NUMBER = /^[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?([eE][-+]?\d+)?$/;
const PERCENT = /^[-+]?\d+(\.\d+)?%$/;
const ISO_DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const DAY_MS = 86_400_000;
/** Day 0 of Google's serial numbers. */
const EPOCH_MS = Date.UTC(1899, 11, 30);

/**
 * @param value one element of `values` in a request; null leaves the cell as it is and never comes here
 * @param where for the message, e.g. `values[0][1]`
 * @returns the cell; undefined for an empty one
 * @throws GoogleError 400 for a value that is not text, number or boolean, or too long
 */
export function enterCell(value: unknown, option: ValueInputOption, where: string): Cell | undefined {
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
		throw new GoogleError(400, `Invalid ${where}: ${Array.isArray(value) ? 'list_value' : 'struct_value'}`);
	}
	if (value === '') return undefined;
	if (typeof value !== 'string') return { content: value };
	if (value.length > MAX_CHARACTERS)
		throw new GoogleError(
			400,
			`Your input contains more than the maximum of ${MAX_CHARACTERS} characters in a single cell.`,
		);
	return option === 'RAW' ? { content: value } : typed(value);
}

/** What a person's typing becomes. */
function typed(text: string): Cell {
	if (text.startsWith("'")) return { content: text.slice(1) };
	if (text.startsWith('=') && text.length > 1) return { content: evaluate(text.slice(1)), formula: text };
	// A leading + begins a formula too, unless it is a number's sign.
	if (text.startsWith('+') && !NUMBER.test(text)) return { content: evaluate(text.slice(1)), formula: `=${text}` };
	if (NUMBER.test(text)) return { content: Number(text.replaceAll(',', '')) };
	if (PERCENT.test(text)) return { content: Number(text.slice(0, -1)) / 100, shown: text };
	if (/^(true|false)$/i.test(text)) return { content: text.toLowerCase() === 'true' };
	const day = ISO_DAY.exec(text);
	if (day)
		return { content: (Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])) - EPOCH_MS) / DAY_MS, shown: text };
	return { content: text };
}

/** Enough to see that a formula ran: whole numbers with + - *; anything else is an error value, as for an unknown name. */
function evaluate(expression: string): CellContent {
	if (!/^\d+([-+*]\d+)*$/.test(expression)) return '#NAME?';
	const sum = expression.split(/(?=[-+])/).map((term) => {
		const sign = term.startsWith('-') ? -1 : 1;
		return (
			sign *
			term
				.replace(/^[-+]/, '')
				.split('*')
				.reduce((product, factor) => product * Number(factor), 1)
		);
	});
	return sum.reduce((total, term) => total + term, 0);
}

/** As a GET with this option returns it. */
export function renderCell(cell: Cell | undefined, option: ValueRenderOption): CellContent {
	if (!cell) return '';
	if (option === 'FORMULA') return cell.formula ?? cell.content;
	if (option === 'UNFORMATTED_VALUE') return cell.content;
	if (cell.shown !== undefined) return cell.shown;
	if (typeof cell.content === 'boolean') return cell.content ? 'TRUE' : 'FALSE';
	// The default number format shows long numbers in scientific notation.
	if (typeof cell.content === 'number' && Math.abs(cell.content) >= 1e15)
		return cell.content.toExponential(5).replace('e+', 'E+');
	return String(cell.content);
}
