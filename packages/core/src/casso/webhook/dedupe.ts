/**
 * Remembers for a while which transactions were stored, so that parallel and repeated deliveries in one process pass
 * once. A transaction counts as stored only when its delivery was answered with success: one that failed is forgotten at
 * once, and a delivery that waited for it passes in its place.
 *
 * Only a delivery with the same or a stronger proof makes another one a repeat: a sender who has only a token
 * cannot hide a signed delivery by sending its id first. And a repeat has the same amount and memo: two deliveries of one
 * id that differ are both passed on, and marked.
 */
import { createHash } from 'node:crypto';
import type { DeliveredTransaction } from './parse';
import type { WebhookDialect } from './verify';

export interface DeduplicatorOptions {
	/** How long a stored transaction is remembered, in ms. */
	windowMs: number;
	/** Most deliveries of transactions remembered; the oldest go first. */
	capacity: number;
	/** A clock that only goes forward, in ms: one that is set back would keep entries for too long. */
	now: () => number;
}

/** One transaction as one delivery reports it. */
export interface ReportedTransaction {
	/** Account and id; the same for every delivery of the transaction. */
	transaction: string;
	/** What two deliveries of one transaction must agree in. */
	content: string;
	/** What the delivery was checked with; a signature (`v2`) is stronger than a token. */
	proof: WebhookDialect;
}

/**
 * @param scope what has a memory of its own, e.g. the id of a workflow and a node
 * @returns undefined for a transaction that must never be taken for a repeat: a test call, or one without an id of its own
 */
export function toReportedTransaction(
	{ isTest, ownId, transaction }: DeliveredTransaction,
	proof: WebhookDialect,
	scope: readonly unknown[] = [],
): ReportedTransaction | undefined {
	if (isTest || ownId === undefined) return undefined;
	const { accountNumber, amount, description } = transaction;
	const content = createHash('sha256')
		.update(JSON.stringify([amount, description]))
		.digest('base64');
	return { transaction: JSON.stringify([...scope, accountNumber, ownId]), content, proof };
}

interface Delivered {
	/** Undefined while the delivery has no answer yet. */
	storedAtMs?: number;
	/** Resolves when the delivery has its answer. */
	settled: Promise<void>;
}

interface Entry {
	transaction: string;
	delivered: Delivered;
}

/** What one delivery may pass on, and how it reports its end. */
export interface Claim {
	/** Those that are not repeats, each once. */
	fresh: ReadonlySet<ReportedTransaction>;
	/** Those of them whose id another delivery, or this one, reports with another amount or memo. */
	conflicting: ReadonlySet<ReportedTransaction>;
	/** To be called once the delivery has its answer; further calls do nothing. */
	settle: (isStored: boolean) => void;
}

export class DeliveryDeduplicator {
	private readonly entries = new Map<string, Entry>();
	/** Number of entries for each transaction. */
	private readonly counts = new Map<string, number>();

	constructor(private readonly options: DeduplicatorOptions) {}

	/** How many entries are remembered now. */
	get size(): number {
		return this.entries.size;
	}

	/** @returns resolves when every delivery now under way that may make one of these a repeat has its answer; undefined if there is none */
	whenSettled(reported: readonly ReportedTransaction[]): Promise<unknown> | undefined {
		const pending = reported.flatMap((one) =>
			this.equals(one).flatMap(({ delivered }) => (delivered.storedAtMs === undefined ? [delivered.settled] : [])),
		);
		return pending.length > 0 ? Promise.all(pending) : undefined;
	}

	/** Takes the transactions that were not stored within the window, also from a delivery that is still under way. */
	claim(reported: readonly ReportedTransaction[]): Claim {
		this.forgetOld();
		let resolve = (): void => undefined;
		const delivered: Delivered = { settled: new Promise((done) => (resolve = done)) };
		const fresh = new Map<string, ReportedTransaction>();
		for (const one of reported) {
			if (fresh.has(getKey(one)) || this.equals(one).some((entry) => this.isStored(entry))) continue;
			fresh.set(getKey(one), one);
		}
		for (const [key, { transaction }] of fresh) this.put(key, { transaction, delivered });
		let isOpen = true;
		const settle = (isStored: boolean): void => {
			if (!isOpen) return;
			isOpen = false;
			this.finish([...fresh.keys()], delivered, isStored);
			resolve();
		};
		const claimed = [...fresh.values()];
		return { fresh: new Set(claimed), conflicting: new Set(claimed.filter((one) => this.isConflicting(one))), settle };
	}

	/** Entries with the same content, and the same or a stronger proof. */
	private equals(one: ReportedTransaction): Entry[] {
		const keys = one.proof === 'v2' ? [getKey(one)] : [getKey(one), getKey({ ...one, proof: 'v2' })];
		return keys.flatMap((key) => this.entries.get(key) ?? []);
	}

	private isConflicting(one: ReportedTransaction): boolean {
		const agreeing = (['v2', 'legacy'] as const).filter((proof) => this.entries.has(getKey({ ...one, proof })));
		return (this.counts.get(one.transaction) ?? 0) > agreeing.length;
	}

	private isStored({ delivered: { storedAtMs } }: Entry): boolean {
		return storedAtMs !== undefined && this.options.now() - storedAtMs < this.options.windowMs;
	}

	private finish(keys: readonly string[], delivered: Delivered, isStored: boolean): void {
		if (isStored) delivered.storedAtMs = this.options.now();
		for (const key of keys) {
			const entry = this.entries.get(key);
			if (entry?.delivered !== delivered) continue;
			// Set again, so that the map stays in the order of storing.
			this.drop(key, entry);
			if (isStored) this.put(key, entry);
		}
	}

	/** Stored entries are in the order of storing; those under way lie among them. */
	private forgetOld(): void {
		const oldest = this.options.now() - this.options.windowMs;
		for (const [key, entry] of this.entries) {
			const { storedAtMs } = entry.delivered;
			const isFull = this.entries.size > this.options.capacity;
			if (!isFull && storedAtMs === undefined) continue;
			if (!isFull && storedAtMs !== undefined && storedAtMs > oldest) break;
			this.drop(key, entry);
		}
	}

	private put(key: string, entry: Entry): void {
		if (!this.entries.has(key)) this.counts.set(entry.transaction, (this.counts.get(entry.transaction) ?? 0) + 1);
		this.entries.set(key, entry);
	}

	private drop(key: string, { transaction }: Entry): void {
		if (!this.entries.delete(key)) return;
		const left = (this.counts.get(transaction) ?? 0) - 1;
		if (left > 0) this.counts.set(transaction, left);
		else this.counts.delete(transaction);
	}
}

function getKey({ transaction, content, proof }: ReportedTransaction): string {
	return `${proof} ${content} ${transaction}`;
}
