/**
 * Status of a node that may process hundreds of messages per second. Each status is sent to all open editors and Status
 * nodes, so it is updated at most twice a second, ending with the newest.
 */
import { showCount, showResting } from './nodeStatus';
import type { HostNode, NodeStatus } from './nodeRed';
import type { Services } from './services';

const PAUSE_MS = 500;

/** A rejected request may be forged, so it does not affect the status for long. */
const PASSING_MS = 60_000;

export class ThrottledStatus {
	private latest: NodeStatus | undefined;
	private count = 0;
	private timer: NodeJS.Timeout | undefined;
	private passing: NodeJS.Timeout | undefined;

	constructor(
		private readonly node: HostNode,
		private readonly services: Services,
	) {}

	show(status: NodeStatus): void {
		clearTimeout(this.passing);
		this.latest = status;
		this.count = 0;
		this.soon();
	}

	/** Shows it for a minute, unless something else follows. */
	showPassing(status: NodeStatus): void {
		this.show(status);
		this.passing = setTimeout(() => showResting(this.node), PASSING_MS);
		this.passing.unref();
	}

	/** Shows the number of messages sent since the last update. */
	showSent(count: number): void {
		clearTimeout(this.passing);
		this.latest = undefined;
		this.count += count;
		this.soon();
	}

	close(): void {
		clearTimeout(this.passing);
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
