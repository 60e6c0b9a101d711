/** The calls that reached the API, newest last, without any key. Bounded. */

export interface LoggedRequest {
	id: number;
	/** ISO 8601, wall time. */
	at: string;
	method: string;
	/** Under `/casso`, e.g. `/v2/transactions`. */
	path: string;
	query: Record<string, unknown>;
	/** `Apikey`, `Bearer` or `Basic` as sent, never the key; `other`; null without the header. */
	authScheme: string | null;
	/** JSON body of a write, its `secure_token` masked. */
	body: unknown;
	/** Null while it runs, and for good if no answer was sent. */
	status: number | null;
	durationMs: number | null;
	/** Kinds of the faults that acted. */
	faults: string[];
}

export type RequestFilter = Partial<Pick<LoggedRequest, 'method' | 'path'>> & { afterId?: number; limit?: number };

export class RequestLog {
	private entries: LoggedRequest[] = [];
	private nextId = 1;

	/** @param capacity how many calls are kept */
	constructor(private readonly capacity: number) {}

	open(entry: Omit<LoggedRequest, 'id' | 'status' | 'durationMs' | 'faults' | 'body'>): LoggedRequest {
		const logged: LoggedRequest = {
			id: this.nextId,
			...entry,
			body: undefined,
			status: null,
			durationMs: null,
			faults: [],
		};
		this.nextId += 1;
		this.entries.push(logged);
		// Cut in large steps: one shift per call would cost more the longer the log.
		if (this.entries.length > this.capacity * 2) this.entries = this.entries.slice(-this.capacity);
		return logged;
	}

	/** Oldest first. */
	list({ method, path, afterId, limit }: RequestFilter = {}): LoggedRequest[] {
		const found = this.entries
			.slice(-this.capacity)
			.filter(
				(entry) =>
					(method === undefined || entry.method === method) &&
					(path === undefined || entry.path === path) &&
					(afterId === undefined || entry.id > afterId),
			);
		return limit === undefined ? found : found.slice(-limit);
	}

	clear(): void {
		this.entries = [];
	}
}

/** A body as it may be logged. */
export function maskedBody(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
	return 'secure_token' in body ? { ...body, secure_token: '***' } : body;
}
