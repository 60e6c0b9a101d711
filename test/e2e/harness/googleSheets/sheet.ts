/** One sheet: cells in a grid of a fixed size, written and read by range, with the grid enforced. */
import { formatA1, type A1Range } from './a1';
import {
	enterCell,
	renderCell,
	type Cell,
	type CellContent,
	type ValueInputOption,
	type ValueRenderOption,
} from './cell';
import { GoogleError } from './googleError';

export interface SheetOptions {
	/** Rows of the grid; a new sheet of Google's has 1000. */
	rows?: number;
	/** Columns of the grid; a new sheet of Google's has 26. */
	columns?: number;
}

/** A change that was checked and can no longer fail. */
export interface Write {
	row: number;
	column: number;
	cell: Cell | undefined;
}

export class Sheet {
	rowCount: number;
	columnCount: number;
	private readonly cells = new Map<number, Map<number, Cell>>();

	constructor(
		readonly id: number,
		readonly title: string,
		options: SheetOptions = {},
	) {
		this.rowCount = options.rows ?? 1_000;
		this.columnCount = options.columns ?? 26;
	}

	/** Last row with a value; 0 if there is none. */
	lastRow(): number {
		return Math.max(0, ...this.cells.keys());
	}

	/**
	 * @returns rows without trailing empty rows and cells; undefined if the range is empty
	 * @throws GoogleError 400 where the range begins outside the grid; an end outside is cut
	 */
	read(range: A1Range, option: ValueRenderOption): { range: string; values?: CellContent[][] } {
		this.checkStart(range);
		const endRow = Math.min(range.endRow, this.rowCount);
		const endColumn = Math.min(range.endColumn, this.columnCount);
		const values: CellContent[][] = [];
		const lastRow = Math.min(endRow, this.lastRow());
		for (let row = range.startRow; row <= lastRow; row++) {
			const columns = [...(this.cells.get(row)?.keys() ?? [])].filter(
				(column) => column >= range.startColumn && column <= endColumn,
			);
			const last = Math.max(range.startColumn - 1, ...columns);
			values.push(
				Array.from({ length: last - range.startColumn + 1 }, (_, index) =>
					renderCell(this.cells.get(row)?.get(range.startColumn + index), option),
				),
			);
		}
		while (values.length > 0 && values.at(-1)?.length === 0) values.pop();
		const read = formatA1(this.title, { startRow: range.startRow, startColumn: range.startColumn, endRow, endColumn });
		return values.length > 0 ? { range: read, values } : { range: read };
	}

	/**
	 * Checks values against range, grid and types without writing.
	 *
	 * @throws GoogleError 400
	 */
	check(range: A1Range, values: unknown, option: ValueInputOption): Write[] {
		this.checkStart(range);
		const rows = readRows(values);
		return rows.flatMap((cells, rowIndex) =>
			cells.flatMap((value, columnIndex) => {
				const [row, column] = [range.startRow + rowIndex, range.startColumn + columnIndex];
				if (row > range.endRow || column > range.endColumn) throw outsideRange(this.title, range, row, column);
				if (row > this.rowCount || column > this.columnCount) throw this.beyondGrid(range);
				if (value === null || value === undefined) return [];
				return [{ row, column, cell: enterCell(value, option, `values[${rowIndex}][${columnIndex}]`) }];
			}),
		);
	}

	apply(writes: readonly Write[]): void {
		for (const { row, column, cell } of writes) {
			const cells = this.cells.get(row) ?? new Map<number, Cell>();
			if (cell) cells.set(column, cell);
			else cells.delete(column);
			if (cells.size > 0) this.cells.set(row, cells);
			else this.cells.delete(row);
		}
	}

	/**
	 * The table that a range touches, as the append call looks for it: the block of rows without an empty row between.
	 *
	 * @returns where the next row goes
	 */
	tableEnd(range: A1Range): { row: number; column: number } {
		let row = -1;
		const last = this.lastRow();
		for (let candidate = Math.max(1, range.startRow - 1); candidate <= Math.min(range.endRow + 1, last); candidate++) {
			if (this.cells.has(candidate)) {
				row = candidate;
				break;
			}
		}
		if (row === -1) return { row: range.startRow, column: range.startColumn };
		let [top, bottom] = [row, row];
		while (this.cells.has(bottom + 1)) bottom++;
		while (this.cells.has(top - 1)) top--;
		let column = Infinity;
		for (let candidate = top; candidate <= bottom; candidate++)
			column = Math.min(column, ...(this.cells.get(candidate)?.keys() ?? []));
		return { row: bottom + 1, column: Math.max(column, range.namesColumns ? range.startColumn : 1) };
	}

	/** @throws GoogleError 400 where the range begins outside the grid */
	checkStart(range: A1Range): void {
		if (range.startRow > this.rowCount || range.startColumn > this.columnCount) throw this.beyondGrid(range);
	}

	private beyondGrid(range: A1Range): GoogleError {
		const end = {
			endRow: Number.isFinite(range.endRow) ? range.endRow : this.rowCount,
			endColumn: Number.isFinite(range.endColumn) ? range.endColumn : this.columnCount,
		};
		return new GoogleError(
			400,
			`Range (${formatA1(this.title, { ...range, ...end })}) exceeds grid limits. Max rows: ${this.rowCount}, max columns: ${this.columnCount}`,
		);
	}
}

/** @throws GoogleError 400 where it is not an array of arrays */
export function readRows(values: unknown): unknown[][] {
	if (values === undefined) return [];
	if (!Array.isArray(values) || !values.every((row): row is unknown[] => Array.isArray(row))) {
		throw new GoogleError(400, "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue)");
	}
	return values;
}

function outsideRange(title: string, range: A1Range, row: number, column: number): GoogleError {
	const what =
		row > range.endRow
			? `row [${row}]`
			: `column [${formatA1(title, { startRow: 1, endRow: 1, startColumn: column, endColumn: column })}]`;
	return new GoogleError(
		400,
		`Requested writing within range [${title}!${range.startRow}:${range.endRow}], but tried writing to ${what}`,
	);
}
