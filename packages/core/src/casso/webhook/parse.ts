/** Reads the raw body of a delivery within bounds, before anything is computed over it. */
import { RecordError } from '../../errors';
import { asObject } from '../../json';
import { type NormalisedTransaction, normaliseTransaction } from '../normalise';
import type { RefusalReason } from './rejection';

/** A legacy delivery may hold several transactions of half a kilobyte each; 4 MiB are thousands of them. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** A delivery of Casso is three levels deep. */
export const MAX_NESTING = 32;

export type ReadBody = { isReadable: true; value: unknown } | { isReadable: false; reason: RefusalReason };

/**
 * @param body bytes or text as received; bytes are UTF-8, one byte-order mark in front is ignored
 * @param maxLength bytes, or characters of a text; nothing longer is parsed
 * @returns the value as `JSON.parse` gives it: the last of repeated keys counts, `__proto__` is a key like any other
 */
export function readBody(body: Uint8Array | string, maxLength = MAX_BODY_BYTES): ReadBody {
	if (body.length > maxLength) return { isReadable: false, reason: 'tooLarge' };
	const text = typeof body === 'string' ? body : decode(body);
	if (text === undefined) return { isReadable: false, reason: 'notJson' };
	try {
		return { isReadable: true, value: JSON.parse(text) as unknown };
	} catch {
		return { isReadable: false, reason: 'notJson' };
	}
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array): string | undefined {
	try {
		return utf8.decode(bytes);
	} catch {
		return undefined;
	}
}

/** True if objects and arrays are nested no deeper than the limit. Stops at the limit. */
export function isWithinNesting(value: unknown, maxDepth = MAX_NESTING): boolean {
	if (typeof value !== 'object' || value === null) return true;
	return maxDepth > 0 && Object.values(value).every((member) => isWithinNesting(member, maxDepth - 1));
}

export interface DeliveredTransaction extends NormalisedTransaction {
	/** The call that Casso's dashboard makes to try a webhook ("Gọi thử"): its id is 0. */
	isTest: boolean;
	/** The record's own id; undefined if it has none that tells it apart (missing, 0, or rounded by JSON). */
	ownId: string | undefined;
}

export type Delivery =
	| {
			kind: 'transactions';
			transactions: DeliveredTransaction[];
			/** Records that hold no transaction. The error names what is missing, never a value. */
			unreadable: { record: unknown; error: RecordError }[];
	  }
	/** Authentic, and holds nothing to pass on: an empty ping, `error` other than 0, or a body of no known form. */
	| { kind: 'empty'; reason: 'ping' | 'error' | 'unknownForm' };

/**
 * Opens the body of an authentic delivery, both dialects (casso-api 6.1, 6.2 and 6.4).
 *
 * @param body parsed body of a delivery that verifyWebhook accepted
 */
export function parseDelivery(body: unknown): Delivery {
	const envelope = asObject(body);
	if (!envelope) return { kind: 'empty', reason: 'unknownForm' };
	const { error, data } = envelope;
	if (error !== undefined && error !== null && Number(error) !== 0) return { kind: 'empty', reason: 'error' };
	if (data === undefined || data === null) return { kind: 'empty', reason: 'ping' };
	const records = Array.isArray(data) ? data : [data];
	if (records.length === 0) return { kind: 'empty', reason: 'ping' };
	if (!Array.isArray(data) && !asObject(data)) return { kind: 'empty', reason: 'unknownForm' };
	return readRecords(records);
}

function readRecords(records: readonly unknown[]): Delivery {
	const transactions: DeliveredTransaction[] = [];
	const unreadable: { record: unknown; error: RecordError }[] = [];
	for (const record of records) {
		try {
			const found = normaliseTransaction(record);
			const isTest = Number(found.transaction.id) === 0 && found.raw.id !== undefined;
			transactions.push({ ...found, isTest, ownId: getOwnId(found.raw.id) });
		} catch (error) {
			if (!(error instanceof RecordError)) throw error;
			unreadable.push({ record, error });
		}
	}
	return { kind: 'transactions', transactions, unreadable };
}

/** Beyond 2^53 JSON rounds numbers, so that two ids may look alike. */
function getOwnId(id: unknown): string | undefined {
	if (typeof id === 'number') return Number.isSafeInteger(id) && id !== 0 ? String(id) : undefined;
	return typeof id === 'string' && id !== '' && id !== '0' ? id : undefined;
}
