/** Holds events back and lets them out last first, one after the other, so that they certainly arrive out of order. */
import type { TaskSchedule } from '../../engine/schedule';

interface Group<Job> {
	jobs: Job[];
	/** Calls off the release after the longest hold. */
	callOff: () => void;
}

export class OrderShuffler<Job> {
	private readonly groups = new Map<number, Group<Job>>();
	private releasing = 0;

	/**
	 * @param start sends one job and resolves when its attempt is over
	 * @param onReleased called when a whole group is out
	 */
	constructor(
		private readonly schedule: TaskSchedule,
		private readonly start: (job: Job) => Promise<void>,
		private readonly onReleased: () => void,
	) {}

	/** Jobs held and groups on their way. */
	get busy(): number {
		let held = 0;
		for (const { jobs } of this.groups.values()) held += jobs.length;
		return held + this.releasing;
	}

	/** Holds a job of this webhook until `size` are there, or for `maxHoldMs` of schedule time. */
	hold(webhookId: number, job: Job, size: number, maxHoldMs: number): void {
		const group = this.groups.get(webhookId) ?? this.openGroup(webhookId, maxHoldMs);
		group.jobs.push(job);
		if (group.jobs.length >= size) this.release(webhookId);
	}

	clear(): void {
		for (const { callOff } of this.groups.values()) callOff();
		this.groups.clear();
	}

	private openGroup(webhookId: number, maxHoldMs: number): Group<Job> {
		const callOff = this.schedule.after(maxHoldMs, () => {
			this.release(webhookId);
		});
		const group: Group<Job> = { jobs: [], callOff };
		this.groups.set(webhookId, group);
		return group;
	}

	private release(webhookId: number): void {
		const group = this.groups.get(webhookId);
		if (group === undefined) return;
		group.callOff();
		this.groups.delete(webhookId);
		this.releasing += 1;
		void this.sendReversed(group.jobs).finally(() => {
			this.releasing -= 1;
			this.onReleased();
		});
	}

	private async sendReversed(jobs: readonly Job[]): Promise<void> {
		for (const job of [...jobs].reverse()) await this.start(job);
	}
}
