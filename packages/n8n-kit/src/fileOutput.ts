/** Return As: items, or one item with a file of all rows. n8n keeps every item in memory, but a file on disk. */
import { ParameterError } from '@saoke/core/common';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { choice } from './choice';
import { readColumns } from './output';
import { readParameter, type ParameterContext } from './parameters';

/** How the rows of a file are written. */
export interface FileFormat {
	extension: 'csv' | 'ndjson';
	mimeType: string;
	/** What the file begins with. */
	head: string;
	toLine: (row: IDataObject) => string;
}

/** One row of a file, and what its summary needs. */
export interface FileRow {
	line: string;
	/** VND, negative = out. */
	amount: number;
	/** ISO 8601 with +07:00. */
	transactedAt: string | null;
}

/** A tool of an AI agent always returns items: a model cannot open a file. */
export function returnAsProperty(show: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties {
	return {
		displayName: 'Return As',
		name: 'returnAs',
		type: 'options',
		default: 'items',
		displayOptions: { show, hide: { '@tool': [true] } },
		options: [
			{
				name: 'CSV File',
				value: 'csv',
				description: 'One item with a file for Excel and other spreadsheets in the binary field data',
			},
			{ name: 'Items', value: 'items', description: 'One item for each result' },
			{
				name: 'NDJSON File',
				value: 'ndjson',
				description: 'One item with a file for other programs, one JSON object per line, in the binary field data',
			},
		],
		description: 'Choose a file for tens of thousands of results: n8n keeps every item in memory',
	};
}

/**
 * @param known field names available under Selected Fields
 * @param simplified field names of Simplified
 * @param added columns that follow the fields of Output
 * @returns undefined for items
 * @throws ParameterError for an unknown choice, and for a CSV file of raw records
 */
export function readFileFormat(
	context: ParameterContext,
	itemIndex: number,
	known: readonly string[],
	simplified: readonly string[],
	added: readonly string[] = [],
): FileFormat | undefined {
	const returnAs = choice(
		readParameter(context, 'returnAs', itemIndex),
		['items', 'csv', 'ndjson'],
		'returnAs',
		'items',
	);
	if (returnAs === 'items') return undefined;
	if (returnAs === 'ndjson')
		return {
			extension: 'ndjson',
			mimeType: 'application/x-ndjson',
			head: '',
			toLine: (row) => `${JSON.stringify(row)}\n`,
		};
	const columns = readColumns(context, itemIndex, known, simplified);
	if (columns === undefined)
		throw new ParameterError(
			'output',
			'Raw records do not fit into the columns of a CSV file',
			'Choose Simplified or Selected Fields, or return an NDJSON file.',
		);
	return csvFormat([...columns, ...added]);
}

/** CSV by RFC 4180. Excel reads it as UTF-8, and with it Vietnamese, only if a byte order mark is in front. */
export function csvFormat(columns: readonly string[]): FileFormat {
	const toLine = (cells: readonly unknown[]): string => `${cells.map(toCell).join(',')}\r\n`;
	return {
		extension: 'csv',
		mimeType: 'text/csv',
		head: `\uFEFF${toLine(columns)}`,
		toLine: (row) => toLine(columns.map((column) => row[column])),
	};
}

/**
 * Where a cell begins that a spreadsheet would calculate: in front of one of its signs, full width included; also after a
 * semicolon, which Excel splits at in many countries, Vietnam included, and after a tab or a line break. An apostrophe
 * counts as a sign, so that every apostrophe which is added here can be told from one of the text.
 */
const FORMULA = /(^|[;\t\r\n])([ "]*)(?=['=+\-@＝＋－＠])/g;

/** Digits that lose something as a number: zeros in front, all after the fifteenth, an E in between. */
const LONG_NUMBER = /^(?:0\d+|\d{16,}|\d+E\d+)$/i;

/** What Excel takes for a date, a time or a fraction (1/2, 12-5, 9:30, DEC24), or writes in another way (1.000, (5)). */
const DATE_OR_NUMBER =
	/^(?!\d+$|\d{4}-\d\d-\d\d)(?:[\d(.,][\d.,/:() -]*|\d{0,4}[ /-]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[ /-]?\d{0,4})$/i;

/** One cell. Text that a spreadsheet would change gets an apostrophe in front of what it would change. */
function toCell(value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	const text = Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value);
	const plain = LONG_NUMBER.test(text) || DATE_OR_NUMBER.test(text) ? `'${text}` : text.replace(FORMULA, `$1$2'`);
	return /[",\r\n]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain;
}

/**
 * @param name beginning of the file's name; the days of the first and the last row follow
 * @returns an item with the file in the binary field `data`, and its count, sums (VND) and times
 */
export async function toFileItem(
	context: IExecuteFunctions,
	name: string,
	{ extension, mimeType, head }: FileFormat,
	rows: readonly FileRow[],
): Promise<INodeExecutionData> {
	const summary = { count: rows.length, totalIn: 0, totalOut: 0, ...getTimeRange(rows) };
	for (const { amount } of rows) {
		if (amount > 0) summary.totalIn += amount;
		else summary.totalOut -= amount;
	}
	const days = [summary.firstTransactedAt, summary.lastTransactedAt].flatMap((time) => time?.slice(0, 10) ?? []);
	const fileName = `${[name, ...new Set(days)].join('-')}.${extension}`;
	const data = await context.helpers.prepareBinaryData(toBytes(head, rows), fileName, mimeType);
	return { json: { fileName, ...summary }, binary: { data } };
}

function getTimeRange(rows: readonly FileRow[]): Record<'firstTransactedAt' | 'lastTransactedAt', string | null> {
	let first: string | null = null;
	let last: string | null = null;
	for (const { transactedAt } of rows) {
		if (transactedAt === null) continue;
		if (first === null || transactedAt < first) first = transactedAt;
		if (last === null || transactedAt > last) last = transactedAt;
	}
	return { firstTransactedAt: first, lastTransactedAt: last };
}

/** UTF-8, written into place, so that there is never a second copy of the whole file. */
function toBytes(head: string, rows: readonly FileRow[]): Buffer {
	const size = rows.reduce((sum, { line }) => sum + Buffer.byteLength(line), Buffer.byteLength(head));
	const bytes = Buffer.allocUnsafe(size);
	let at = bytes.write(head);
	for (const { line } of rows) at += bytes.write(line, at);
	return bytes;
}
