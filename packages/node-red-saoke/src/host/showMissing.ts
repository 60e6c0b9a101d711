/** Shows a missing connection or key in the node's status at startup, without a request. */
import type { HostNode } from './nodeRed';
import { getStatus } from './nodeStatus';

/** @param connect creates the connection, and throws if something is missing */
export function showMissing(node: HostNode, connect: (signal: AbortSignal) => unknown): void {
	try {
		connect(new AbortController().signal);
		node.status({});
	} catch (error) {
		node.status(getStatus(error));
	}
}
