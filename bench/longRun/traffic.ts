/** Two ways to send: at a steady pace regardless of response times, or with a fixed number in parallel. */

/** How often the pace is looked at, in ms. */
const TICK_MS = 20;

/** @param endMs Unix time in ms; resolves when what was sent until then is answered */
export async function sendAtPace(deliver: () => Promise<void>, perSecond: number, endMs: number): Promise<void> {
	const startedMs = Date.now();
	const open = new Set<Promise<void>>();
	let sent = 0;
	while (Date.now() < endMs) {
		const due = Math.floor(((Date.now() - startedMs) / 1_000) * perSecond);
		for (; sent < due; sent++) {
			const work = deliver();
			open.add(work);
			void work.finally(() => open.delete(work));
		}
		await new Promise((resolve) => setTimeout(resolve, TICK_MS));
	}
	await Promise.all(open);
}

/** @param endMs Unix time in ms; resolves when what was sent until then is answered */
export async function sendAtOnce(deliver: () => Promise<void>, atOnce: number, endMs: number): Promise<void> {
	const worker = async (): Promise<void> => {
		while (Date.now() < endMs) await deliver();
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}
