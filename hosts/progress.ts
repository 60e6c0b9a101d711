/** Lines that tell a person what is going on and for how long. On a terminal the current line is renewed in place. */

export class Progress {
	private readonly startedMs = Date.now();
	private isOpen = false;

	/** Seconds since this run began, with one decimal. */
	elapsed(): string {
		return `${((Date.now() - this.startedMs) / 1000).toFixed(1)} s`;
	}

	/** A finished step, on a line of its own. */
	step(text: string): void {
		this.clear();
		console.log(`[${this.elapsed().padStart(7)}] ${text}`);
	}

	/** State of a step that goes on; without a terminal it is printed only now and then by the caller. */
	update(text: string): void {
		if (!process.stdout.isTTY) {
			console.log(`[${this.elapsed().padStart(7)}]   ${text}`);
			return;
		}
		this.clear();
		process.stdout.write(`[${this.elapsed().padStart(7)}]   ${text}`);
		this.isOpen = true;
	}

	/** Plain output, without a time. */
	say(text: string): void {
		this.clear();
		console.log(text);
	}

	private clear(): void {
		if (this.isOpen) process.stdout.write('\r\u001b[2K');
		this.isOpen = false;
	}
}
