/** Ends what was started, in the reverse order, once, whatever the reason. */

export class Shutdown {
	/** Resolves when somebody asked for the end: Ctrl-C, or the system. */
	readonly requested: Promise<void>;

	private readonly steps: (() => Promise<void>)[] = [];
	private isRequested = false;

	constructor() {
		this.requested = new Promise((resolve) => {
			for (const name of ['SIGINT', 'SIGTERM'] as const) {
				process.on(name, () => {
					resolve();
					// Ctrl-C in the middle of starting: end now, and say so by the exit code.
					if (!this.isRequested) void this.run().then(() => process.exit(name === 'SIGINT' ? 130 : 143));
				});
			}
		});
	}

	/** @param step ends one thing */
	add(step: () => Promise<void>): void {
		this.steps.unshift(step);
	}

	async run(): Promise<void> {
		this.isRequested = true;
		for (let step = this.steps.shift(); step; step = this.steps.shift()) await step();
	}
}
