/** n8n may start a poll while the previous one is running. Both would read the same state and emit the same rows. */
import type { IPollFunctions } from 'n8n-workflow';

const running = new Set<string>();

/** @returns undefined if a poll of this node is still running in this process */
export async function onePollAtATime<Result>(
	context: IPollFunctions,
	poll: () => Promise<Result>,
): Promise<Result | undefined> {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	if (running.has(key)) return undefined;
	running.add(key);
	try {
		return await poll();
	} finally {
		running.delete(key);
	}
}
