/** The time between a node's start and close: closing aborts running work and drops later messages. */
import type { HostNode } from './nodeRed';

export interface Lifetime {
	readonly signal: AbortSignal;
	readonly isOver: boolean;
}

/**
 * @param onClose runs immediately when the node closes; must not block
 * @returns the lifetime of a node that just started; close never waits for the network
 */
export function getLifetime(node: HostNode, onClose?: (removed: boolean) => void): Lifetime {
	const controller = new AbortController();
	node.on('close', (removed, done) => {
		controller.abort();
		try {
			onClose?.(removed);
		} finally {
			done();
		}
	});
	return {
		signal: controller.signal,
		get isOver() {
			return controller.signal.aborted;
		},
	};
}
