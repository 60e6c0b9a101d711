/** The signed calls that arrived, newest last: what a test or the page may see, without keys and signatures. */
import { createHash } from 'node:crypto';

export interface SignedCall {
	id: number;
	/** ISO 8601, wall time of this machine. */
	at: string;
	method: string;
	/** Under `/simplize`. */
	path: string;
	/** The raw query, the signature replaced by `***`. */
	query: string;
	/** Body as received, at most 2,000 characters. */
	body: string;
	contentType: string | null;
	/** Tells signatures apart without showing them; null without one. */
	signatureMark: string | null;
	/** Null while it runs, and for good if no answer was sent. */
	status: number | null;
	/** Why it was refused, if it was. */
	refusal: string | null;
	/** What would have been right, if the sandbox can tell. */
	hint: string | null;
	durationMs: number | null;
	/** Kinds of the faults that acted. */
	faults: string[];
}

const LONGEST_BODY = 2_000;

export class SignedCallLog {
	private entries: SignedCall[] = [];
	private nextId = 1;

	/** @param capacity how many calls are kept */
	constructor(private readonly capacity: number) {}

	open(entry: Pick<SignedCall, 'at' | 'method' | 'path' | 'contentType'>): SignedCall {
		const call: SignedCall = {
			id: this.nextId,
			...entry,
			query: '',
			body: '',
			signatureMark: null,
			status: null,
			refusal: null,
			hint: null,
			durationMs: null,
			faults: [],
		};
		this.nextId += 1;
		this.entries.push(call);
		if (this.entries.length > this.capacity * 2) this.entries = this.entries.slice(-this.capacity);
		return call;
	}

	/** Oldest first. @param afterId leaves out this one and all before it */
	list(afterId = 0): SignedCall[] {
		return this.entries.slice(-this.capacity).filter((entry) => entry.id > afterId);
	}

	clear(): void {
		this.entries = [];
	}
}

export function loggedQuery(rawQuery: string): string {
	return rawQuery.replace(/(^|&)(signature=)[^&]*/g, '$1$2***');
}

export function loggedBody(body: Buffer): string {
	return body.toString('utf8').slice(0, LONGEST_BODY);
}

export function signatureMark(signature: string | undefined): string | null {
	return signature === undefined ? null : createHash('sha256').update(signature).digest('hex').slice(0, 12);
}
