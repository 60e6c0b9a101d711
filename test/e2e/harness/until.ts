/** Waits for something that a host does in the background. */

/** @throws Error naming what did not happen in time */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<void> {
	const deadline = Date.now() + limitMs;
	while (Date.now() < deadline) {
		if (await isTrue()) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`Not within ${limitMs / 1000} s: ${what}`);
}
