/** A list in memory that moves while it is read, with every way in which a service may page. For tests of the pager. */
import type { FetchPage, OpenPage } from '../../../packages/core/src/casso/paging/list';

export interface MovingListOptions {
	rows: number;
	/** Rows that share one time; default 1. */
	tied?: number;
	/** Greatest page size given. */
	cap?: number;
	/** Rows of one time change places from call to call. */
	shuffles?: boolean;
	/** What happens after each answer; gets the number of the answer, from 1. */
	afterAnswer?: (list: MovingList, answer: number) => void;
	totals?: 'exact' | 'missing' | 'zero' | 'tooLow' | 'tooHigh';
	nextPage?: 'exact' | 'none' | 'unsaid';
	random?: () => number;
}

interface Row {
	id: number;
	time: number;
}

export class MovingList {
	/** Ids that were there when the first page was answered. */
	readonly atStart = new Set<number>();
	/** Ids that were ever there. */
	readonly ever = new Set<number>();
	answers = 0;
	inFlight = 0;
	mostInFlight = 0;
	rows: Row[];
	private nextId: number;

	constructor(private readonly options: MovingListOptions) {
		const tied = options.tied ?? 1;
		this.rows = Array.from({ length: options.rows }, (_, id) => ({ id, time: Math.floor(id / tied) * 10 }));
		this.nextId = options.rows;
		for (const { id } of this.rows) this.ever.add(id);
	}

	/** @param at place in the list, from 0 */
	insert(at: number): void {
		const time = this.rows[at]?.time ?? (this.rows.at(-1)?.time ?? 0) + 10;
		this.rows.splice(Math.min(at, this.rows.length), 0, { id: this.nextId, time });
		this.ever.add(this.nextId++);
	}

	remove(at: number): void {
		this.rows.splice(at, 1);
	}

	readonly fetch: FetchPage<number> = async (page, asked) => {
		this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
		// Requests in flight are answered in any order.
		for (let turns = Math.floor((this.options.random?.() ?? 0) * 4); turns >= 0; turns--) await Promise.resolve();
		const answer = this.answer(page, asked);
		this.inFlight--;
		return answer;
	};

	private answer(page: number, asked: number): OpenPage<number> {
		if (this.answers === 0) for (const { id } of this.rows) this.atStart.add(id);
		this.answers++;
		const size = Math.min(asked, this.options.cap ?? asked);
		const list = this.options.shuffles ? this.shuffled() : this.rows;
		const rows = list
			.slice((page - 1) * size, page * size)
			.map(({ id, time }) => ({ key: `k${id}`, time: `t${String(time).padStart(8, '0')}`, item: id }));
		const pages = Math.ceil(list.length / size);
		const result: OpenPage<number> = {
			rows,
			page,
			hasNext: page < pages,
			...this.totals(rows.length, pages),
			...this.next(page < pages),
		};
		this.options.afterAnswer?.(this, this.answers);
		return result;
	}

	private totals(onPage: number, pages: number): Pick<OpenPage<number>, 'totalPages' | 'totalRecords'> {
		const records = this.rows.length;
		switch (this.options.totals ?? 'exact') {
			case 'exact':
				return { totalRecords: records, totalPages: pages };
			case 'zero':
				return { totalRecords: 0, totalPages: 0 };
			case 'tooLow':
				return { totalRecords: onPage, totalPages: 1 };
			case 'tooHigh':
				return { totalRecords: records * 2 + 7, totalPages: pages + 3 };
			case 'missing':
				return {};
		}
	}

	private next(hasNext: boolean): Pick<OpenPage<number>, 'next'> {
		const form = this.options.nextPage ?? 'exact';
		return { next: form === 'exact' ? (hasNext ? 'more' : 'none') : form };
	}

	private shuffled(): Row[] {
		const random = this.options.random ?? Math.random;
		return this.rows
			.map((row) => ({ row, chance: random() }))
			.sort((a, b) => a.row.time - b.row.time || a.chance - b.chance)
			.map(({ row }) => row);
	}
}

/** What must hold of a reading: nothing twice, nothing made up, nothing missing that was there all the time. */
export function checkExact(list: MovingList, found: readonly number[]): void {
	expect(new Set(found).size).toBe(found.length);
	const now = new Set(list.rows.map(({ id }) => id));
	const missing = [...list.atStart].filter((id) => now.has(id) && !found.includes(id));
	expect(missing).toEqual([]);
	expect(found.filter((id) => !list.ever.has(id))).toEqual([]);
}
