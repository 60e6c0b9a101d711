/** Handles every background promise: one unhandled rejection would end the Node-RED process. */

/**
 * @param work what runs in the background
 * @param onError is called with its error; what it throws itself is dropped
 */
export function runInBackground(work: Promise<unknown>, onError: (error: unknown) => void): void {
	work.catch(onError).catch(() => undefined);
}
