/** Fetches numbered pages, several at a time, and hands them on in order. */

export interface FetchInOrder<R> {
	first: number;
	last: number;
	/** How many may be in flight right now, 1 or more. */
	width: () => number;
	/** How many may be in flight or waiting for their turn, so that one slow page does not hold up the others; not below `width`. */
	ahead: () => number;
	fetch: (page: number) => Promise<R>;
	/** Takes a page in its turn; false ends the fetching. */
	take: (page: number, result: R) => boolean;
}

/**
 * Resolves when the last page was taken or `take` said stop, and nothing is in flight any more.
 *
 * @throws what the first failing fetch threw, after the others ended
 */
export async function fetchInOrder<R>({ first, last, width, ahead, fetch, take }: FetchInOrder<R>): Promise<void> {
	const ready = new Map<number, R>();
	const running = new Set<Promise<void>>();
	const failures: unknown[] = [];
	let next = first;
	let due = first;
	let isOver = false;
	const launch = (page: number): void => {
		const run = fetch(page)
			.then((result) => void ready.set(page, result))
			.catch((error: unknown) => void failures.push(error))
			.finally(() => running.delete(run));
		running.add(run);
	};
	for (;;) {
		while (!isOver && next <= last && running.size < width() && next - due < ahead()) launch(next++);
		if (running.size === 0) break;
		await Promise.race(running);
		for (let result = ready.get(due); result !== undefined && !isOver; result = ready.get(due)) {
			ready.delete(due);
			if (!take(due++, result)) isOver = true;
		}
		if (failures.length > 0) isOver = true;
	}
	if (failures.length > 0) throw failures[0];
}
