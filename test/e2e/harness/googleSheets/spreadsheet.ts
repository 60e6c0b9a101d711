/** A spreadsheet of several sheets and the operations that the Sheets v4 API offers on it; each applied whole or not at all. */
import { formatA1, parseA1 } from './a1';
import type { CellContent, ValueInputOption, ValueRenderOption } from './cell';
import { GoogleError } from './googleError';
import { readRows, Sheet, type SheetOptions, type Write } from './sheet';

export interface ValueRange {
	range?: string;
	values?: unknown;
	majorDimension?: string;
}

export interface Updated {
	updatedRange: string;
	updatedRows: number;
	updatedColumns: number;
	updatedCells: number;
}

/** What is not documented and could be either; see the recipes' page. */
export interface SpreadsheetQuirks {
	/** Whether append takes a range that begins below the last row of the grid. */
	appendBelowGrid: 'extend' | 'refuse';
}

const MAX_CELLS = 10_000_000;

export class Spreadsheet {
	readonly quirks: SpreadsheetQuirks = { appendBelowGrid: 'extend' };
	readonly sheets: Sheet[] = [];

	constructor(readonly id: string) {}

	addSheet(title: string, options?: SheetOptions): Sheet {
		const sheet = new Sheet(this.sheets.length === 0 ? 0 : 1_000 + this.sheets.length, title, options);
		this.sheets.push(sheet);
		return sheet;
	}

	/** @throws GoogleError 400 where there is no sheet with this title */
	sheet(title: string): Sheet {
		const found = title === '' ? this.sheets[0] : this.sheets.find((sheet) => sheet.title === title);
		if (!found) throw new GoogleError(400, `Unable to parse range: ${title}`);
		return found;
	}

	/** Rows as a person sees them; for tests. */
	rows(title: string, option: ValueRenderOption = 'UNFORMATTED_VALUE'): CellContent[][] {
		return this.read(`'${title}'`, option).values ?? [];
	}

	properties(): unknown {
		return {
			sheets: this.sheets.map((sheet, index) => ({
				properties: {
					sheetId: sheet.id,
					title: sheet.title,
					index,
					sheetType: 'GRID',
					gridProperties: { rowCount: sheet.rowCount, columnCount: sheet.columnCount },
				},
			})),
		};
	}

	read(range: string, option: ValueRenderOption): { range: string; majorDimension: 'ROWS'; values?: CellContent[][] } {
		const parsed = this.parse(range);
		const { range: read, values } = this.sheet(parsed.sheet).read(parsed, option);
		return { range: read, majorDimension: 'ROWS', ...(values ? { values } : {}) };
	}

	/** Writes several ranges, all or none. */
	update(data: readonly ValueRange[], option: ValueInputOption): Updated[] {
		const checked = data.map(({ range, values, majorDimension }) => {
			if (majorDimension !== undefined && majorDimension !== 'ROWS')
				throw new GoogleError(400, 'The stand-in takes majorDimension ROWS only');
			const parsed = this.parse(range ?? '');
			const sheet = this.sheet(parsed.sheet);
			return { sheet, writes: sheet.check(parsed, values, option) };
		});
		return checked.map(({ sheet, writes }) => {
			sheet.apply(writes);
			return describe(sheet, writes);
		});
	}

	/** Appends below the table that the range touches, and makes the grid longer where it has to. */
	append(range: string, values: unknown, option: ValueInputOption): { tableRange?: string; updates: Updated } {
		const parsed = this.parse(range);
		const sheet = this.sheet(parsed.sheet);
		if (this.quirks.appendBelowGrid === 'refuse') sheet.checkStart(parsed);
		const rows = readRows(values);
		const start = sheet.tableEnd(parsed);
		const grownTo = Math.max(sheet.rowCount, start.row + rows.length - 1);
		this.checkCells(sheet, grownTo, sheet.columnCount);
		const before = sheet.rowCount;
		sheet.rowCount = grownTo;
		try {
			const target = {
				...parsed,
				startRow: start.row,
				startColumn: start.column,
				endRow: Infinity,
				endColumn: Infinity,
			};
			const writes = sheet.check(target, rows, option);
			sheet.apply(writes);
			return { updates: describe(sheet, writes) };
		} catch (error) {
			sheet.rowCount = before;
			throw error;
		}
	}

	appendDimension(sheetId: number, dimension: string, length: number): void {
		const sheet = this.sheets.find((candidate) => candidate.id === sheetId);
		if (!sheet) throw new GoogleError(400, `Invalid requests[0].appendDimension: No grid with id: ${sheetId}`);
		if (!Number.isInteger(length) || length < 1)
			throw new GoogleError(400, 'Invalid requests[0].appendDimension: length must be positive');
		const rows = sheet.rowCount + (dimension === 'ROWS' ? length : 0);
		const columns = sheet.columnCount + (dimension === 'COLUMNS' ? length : 0);
		if (rows === sheet.rowCount && columns === sheet.columnCount)
			throw new GoogleError(400, `Invalid value at 'requests[0].append_dimension.dimension', "${dimension}"`);
		this.checkCells(sheet, rows, columns);
		sheet.rowCount = rows;
		sheet.columnCount = columns;
	}

	private parse(range: string): ReturnType<typeof parseA1> {
		return parseA1(
			range,
			this.sheets.map((sheet) => sheet.title),
		);
	}

	private checkCells(grown: Sheet, rows: number, columns: number): void {
		const cells = this.sheets.reduce(
			(sum, sheet) => sum + (sheet === grown ? rows * columns : sheet.rowCount * sheet.columnCount),
			0,
		);
		if (cells > MAX_CELLS)
			throw new GoogleError(
				400,
				`This action would increase the number of cells in the workbook above the limit of ${MAX_CELLS} cells.`,
			);
	}
}

function describe(sheet: Sheet, writes: readonly Write[]): Updated {
	const rows = new Set(writes.map((write) => write.row));
	const columns = new Set(writes.map((write) => write.column));
	const range = formatA1(sheet.title, {
		startRow: Math.min(...rows),
		startColumn: Math.min(...columns),
		endRow: Math.max(...rows),
		endColumn: Math.max(...columns),
	});
	return {
		updatedRange: writes.length > 0 ? range : sheet.title,
		updatedRows: rows.size,
		updatedColumns: columns.size,
		updatedCells: writes.length,
	};
}
