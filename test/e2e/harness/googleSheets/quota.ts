/** Google's published quota of the Sheets API: 60 reads and 60 writes a minute for a user, 300 each for a project. */
import { GoogleError } from './googleError';

export type RequestKind = 'read' | 'write';

const WINDOW_MS = 60_000;

export interface QuotaLimits {
	perUser: number;
	perProject: number;
}

export class Quota {
	limits: QuotaLimits = { perUser: 60, perProject: 300 };
	private readonly times = new Map<string, number[]>();

	constructor(private readonly now: () => number) {}

	/**
	 * Counts a request.
	 *
	 * @throws GoogleError 429 where it is one too many; refused ones do not count
	 */
	take(user: string, kind: RequestKind): void {
		const project = this.recent(`project ${kind}`);
		const own = this.recent(`${kind} of ${user}`);
		const isUser = own.length >= this.limits.perUser;
		if (isUser || project.length >= this.limits.perProject) {
			const metric = kind === 'read' ? 'Read requests' : 'Write requests';
			const limit = `${metric} per minute${isUser ? ' per user' : ''}`;
			throw new GoogleError(
				429,
				`Quota exceeded for quota metric '${metric}' and limit '${limit}' of service 'sheets.googleapis.com' for consumer 'project_number:1'.`,
			);
		}
		project.push(this.now());
		own.push(this.now());
	}

	reset(): void {
		this.times.clear();
	}

	private recent(key: string): number[] {
		const times = (this.times.get(key) ?? []).filter((time) => time > this.now() - WINDOW_MS);
		this.times.set(key, times);
		return times;
	}
}
