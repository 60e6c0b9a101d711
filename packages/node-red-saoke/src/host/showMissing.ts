/** Says below a node, from its start on, that its connection or the key is missing; nothing is sent for that. */
import type { HostNode } from './nodeRed';
import { getStatus } from './nodeState';

/** @param connect makes the connection, and throws where something is missing */
export function showMissing(node: HostNode, connect: (signal: AbortSignal) => unknown): void {
	try {
		connect(new AbortController().signal);
		node.status({});
	} catch (error) {
		node.status(getStatus(error));
	}
}
