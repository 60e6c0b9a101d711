/** Asks a service politely: one request at a time, a pause before each, the pauses that it asks for, and a limit. */
import { ParameterError } from '../errors';
import { type HttpRequest, type HttpResponse, parseRetryAfter, type Runtime, type Transport } from '../http/client';
import { CannotTell, NoAnswer } from './report';

const MAX_REQUESTS = 60;

const PAUSE_MS = 300;
const TIMEOUT_MS = 20_000;

/** A longer pause ends the run. */
const MAX_WAIT_MS = 90_000;

/** Ends the run after this many requests in a row without an answer. */
const MAX_SILENT = 3;

/** Kept for undoing what was written, whatever the probes used. */
const RESERVED = 4;

export interface Answer {
	/** HTTP status. */
	status: number;
	headers: HttpResponse['headers'];
	body: string;
	/** Undefined if the body is not JSON. */
	json: unknown;
	/** Unix time in ms when the answer was there. */
	atMs: number;
	tookMs: number;
}

export interface Progress {
	/** Number of this request, from 1. */
	request: number;
	limit: number;
	/** Method and path; ids are left out. */
	text: string;
}

export interface AskOptions {
	onProgress?: (progress: Progress) => void;
	/** Ends the run; what was written is still removed. */
	signal?: AbortSignal;
}

export class Asker {
	/** Requests sent. */
	sent = 0;
	readonly tookMs: number[] = [];
	/** The pauses in ms that the service asked for with 429; undefined if it named none. */
	readonly limits: Array<number | undefined> = [];
	private silent = 0;

	constructor(
		private readonly transport: Transport,
		private readonly runtime: Runtime,
		private readonly options: AskOptions,
	) {}

	/**
	 * Sends a request; a read is sent once more after 429, 502, 503, 504 and after silence.
	 *
	 * @param kind a write is sent once; an undo removes what the doctor wrote, and is sent even after the end of the run
	 * @throws CannotTell if no answer came, or nothing more may be asked
	 */
	async ask(request: Omit<HttpRequest, 'timeoutMs'>, kind: 'read' | 'write' | 'undo'): Promise<Answer> {
		const isUndo = kind === 'undo';
		const first = await this.once(request, isUndo);
		const isRead = kind === 'read';
		if (first?.status === 429 && isRead) {
			const waitMs = parseRetryAfter(first.headers['retry-after'], this.runtime.now());
			this.limits.push(waitMs);
			if ((waitMs ?? 0) > MAX_WAIT_MS) throw new CannotTell('the service asks for a longer pause (HTTP 429)');
			await this.runtime.sleep(waitMs ?? 5000);
		}
		const isWorthRepeating = isRead && (!first || [429, 502, 503, 504].includes(first.status));
		const answer = isWorthRepeating ? await this.once(request, isUndo) : first;
		if (!answer) throw new NoAnswer();
		if (answer.status === 429 && isRead) throw new CannotTell('the service limits requests (HTTP 429)');
		return answer;
	}

	private async once(request: Omit<HttpRequest, 'timeoutMs'>, isUndo: boolean): Promise<Answer | undefined> {
		const { onProgress, signal } = this.options;
		if (!isUndo) {
			if (signal?.aborted) throw new CannotTell('the run was ended');
			if (this.sent >= MAX_REQUESTS - RESERVED)
				throw new CannotTell(`the limit of ${MAX_REQUESTS} requests was reached`);
			if (this.silent >= MAX_SILENT) throw new CannotTell('the service stopped answering');
		}
		if (this.sent > 0) await this.runtime.sleep(PAUSE_MS);
		this.sent++;
		onProgress?.({ request: this.sent, limit: MAX_REQUESTS, text: `${request.method} ${describePath(request.url)}` });
		const startMs = this.runtime.now();
		try {
			const { status, headers, body } = await this.transport({ ...request, timeoutMs: TIMEOUT_MS });
			this.silent = 0;
			const atMs = this.runtime.now();
			this.tookMs.push(atMs - startMs);
			return { status, headers, body, json: parseJson(body), atMs, tookMs: atMs - startMs };
		} catch (error) {
			// Our own words about a key that cannot be sent; nothing else is known to hold no data.
			if (error instanceof ParameterError) throw new CannotTell(error.message);
			this.silent++;
			return undefined;
		}
	}
}

function parseJson(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

function describePath(url: string): string {
	return url
		.replace(/^[a-z]+:\/\/[^/]+/i, '')
		.replace(/[?#].*$/, '')
		.replace(/\/\d+(?=\/|$)/g, '/…');
}
