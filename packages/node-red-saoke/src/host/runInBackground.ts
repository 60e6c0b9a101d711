/** No promise of these nodes is left alone: one unhandled rejection would end the whole Node-RED. */

/**
 * @param work what runs in the background
 * @param onError hears of its failure; what it throws itself is dropped
 */
export function runInBackground(work: Promise<unknown>, onError: (error: unknown) => void): void {
	work.catch(onError).catch(() => undefined);
}
