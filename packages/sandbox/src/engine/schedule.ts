/** Work that waits for a schedule time: retries, late deliveries, queued transactions. One timer for all of it. */
import type { SandboxClock } from './clock';

interface Task {
	dueAt: number;
	awaited: boolean;
	run: () => void;
}

export class TaskSchedule {
	/** Sorted by time. */
	private tasks: Task[] = [];
	private timer: NodeJS.Timeout | null = null;
	private closed = false;

	/** @param onRun called whenever due tasks were run */
	constructor(
		private readonly clock: SandboxClock,
		private readonly onRun: () => void,
	) {}

	/**
	 * Runs `run` when `delayMs` of schedule time have passed.
	 * @param awaited whether "until idle" waits for it
	 * @returns a function that calls it off
	 */
	after(delayMs: number, run: () => void, awaited = false): () => void {
		if (this.closed) return () => undefined;
		const task: Task = { dueAt: this.clock.scheduleNow() + delayMs, awaited, run };
		let place = this.tasks.length;
		while (place > 0 && (this.tasks[place - 1] as Task).dueAt > task.dueAt) place -= 1;
		this.tasks.splice(place, 0, task);
		this.wake();
		return () => {
			this.tasks = this.tasks.filter((other) => other !== task);
		};
	}

	/** How many tasks wait: all, or only those that "until idle" waits for and those that are due. */
	waiting(which: 'all' | 'awaited'): number {
		if (which === 'all') return this.tasks.length;
		const now = this.clock.scheduleNow();
		return this.tasks.filter((task) => task.awaited || task.dueAt <= now).length;
	}

	/** To be called when the clock was moved or its speed changed. */
	wake(): void {
		if (this.timer !== null) clearTimeout(this.timer);
		this.timer = null;
		const [first] = this.tasks;
		if (first === undefined || this.closed) return;
		this.timer = setTimeout(() => {
			this.runDue();
		}, this.clock.realDelayUntil(first.dueAt));
	}

	clear(): void {
		this.tasks = [];
		this.wake();
	}

	close(): void {
		this.closed = true;
		this.clear();
	}

	private runDue(): void {
		const now = this.clock.scheduleNow();
		const due = this.tasks.filter((task) => task.dueAt <= now);
		this.tasks = this.tasks.filter((task) => task.dueAt > now);
		for (const task of due) task.run();
		this.wake();
		this.onRun();
	}
}
