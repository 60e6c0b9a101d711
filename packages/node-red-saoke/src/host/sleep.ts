/** A pause that ends immediately when a node closes. */

/**
 * @param ms how long
 * @returns after the pause; rejects with the signal's reason when it is aborted
 */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const stop = (): void => {
			clearTimeout(timer);
			reject(asError(signal.reason));
		};
		const timer = setTimeout(() => {
			signal.removeEventListener('abort', stop);
			resolve();
		}, ms);
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
}

function asError(reason: unknown): Error {
	return reason instanceof Error ? reason : new Error('stopped');
}
