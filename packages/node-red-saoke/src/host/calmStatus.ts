/**
 * Status of a node that may have hundreds of messages a second: every status goes to each open editor and to Status
 * nodes, so it is shown at most twice a second, the newest last.
 */
import { showCount } from './nodeState';
import type { HostNode, NodeStatus } from './nodeRed';
import type { Services } from './services';

const PAUSE_MS = 500;

export class CalmStatus {
	private latest: NodeStatus | undefined;
	private count = 0;
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly node: HostNode,
		private readonly services: Services,
	) {}

	show(status: NodeStatus): void {
		this.latest = status;
		this.count = 0;
		this.soon();
	}

	/** Shows how many were sent on, those of the pause together. */
	showSent(count: number): void {
		this.latest = undefined;
		this.count += count;
		this.soon();
	}

	close(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
	}

	private soon(): void {
		if (this.timer) return;
		this.flush();
		this.timer = setTimeout(() => {
			this.timer = undefined;
			if (this.latest || this.count > 0) this.soon();
		}, PAUSE_MS);
		this.timer.unref();
	}

	private flush(): void {
		const { latest, count } = this;
		this.latest = undefined;
		this.count = 0;
		if (latest) this.node.status(latest);
		else showCount(this.node, count, this.services.now());
	}
}
