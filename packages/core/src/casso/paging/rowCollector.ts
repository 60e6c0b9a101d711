/** Gathers the rows of one reading of a list: each once, in order, and what is needed to tell whether any is missing. */
import type { ListRow } from './listSource';

export class RowCollector<T> {
	readonly keys = new Set<string>();
	readonly rows: Array<ListRow<T>> = [];
	/** Time at each place of the list, rows that were there before included. */
	readonly times: Array<string | null> = [];
	/** Rows with an item. */
	items = 0;
	/** No row came again, so that each was found where it belongs. */
	private isInPlace = true;

	/** @returns how many of the rows were not there before */
	addPage(rows: readonly ListRow<T>[]): number {
		const before = this.rows.length;
		for (const row of rows) {
			this.addRow(row, this.times.length);
			this.times.push(row.time);
		}
		return this.rows.length - before;
	}

	/** @returns whether the row was not there before */
	addRow(row: ListRow<T>, rank: number): boolean {
		const known = this.keys.size;
		if (this.keys.add(row.key).size === known) {
			this.isInPlace = false;
			return false;
		}
		row.rank = rank;
		this.rows.push(row);
		if (row.item !== undefined) this.items++;
		return true;
	}

	/** How many rows came again. */
	get repeated(): number {
		return this.times.length - this.rows.length;
	}

	/**
	 * Rows by place. Where some came again, others may have been found late and far from their place: they go to the first
	 * place of their time. Rows of one place stay in the order in which they were found.
	 */
	inOrder(): Array<ListRow<T>> {
		if (this.isInPlace) return this.rows;
		const first = new Map<string, number>();
		this.times.forEach((time, place) => {
			if (time !== null && !first.has(time)) first.set(time, place);
		});
		const placeOf = ({ time, rank = 0 }: ListRow<T>): number => (time === null ? rank : (first.get(time) ?? rank));
		return this.rows.sort((a, b) => placeOf(a) - placeOf(b));
	}
}
