/** Lists in one piece as a sequence of pages, so that every list leaves a node the same way. */

/** @param load makes the only page */
export async function* onePage(load: () => Promise<unknown[]>): AsyncGenerator<unknown[], void, undefined> {
	yield await load();
}

/** Changes every element of every page. */
export async function* mapPages<T>(
	pages: AsyncIterable<T[]>,
	change: (element: T) => unknown,
): AsyncGenerator<unknown[], void, undefined> {
	for await (const page of pages) yield page.map((element) => change(element));
}
