/** Wraps a complete list as a sequence of pages, so that all lists are sent the same way. */

/** @param load makes the only page */
export async function* onePage(load: () => Promise<unknown[]>): AsyncGenerator<unknown[], void, undefined> {
	yield await load();
}

/** Maps every element of every page. */
export async function* mapPages<T>(
	pages: AsyncIterable<T[]>,
	change: (element: T) => unknown,
): AsyncGenerator<unknown[], void, undefined> {
	for await (const page of pages) yield page.map((element) => change(element));
}
