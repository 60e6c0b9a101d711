/** Opens the body of an authentic delivery, both dialects (casso-api 6.1, 6.2 and 6.4). */
import { RecordError } from '../../errors/RecordError';
import { asObject } from '../../json/reading';
import type { NormalisedTransaction } from '../bankTransaction';
import { normaliseTransaction } from '../normaliseTransaction';

export interface DeliveredTransaction extends NormalisedTransaction {
	/** The call that Casso's dashboard makes to try a webhook ("Gọi thử"): its id is 0. */
	isTest: boolean;
	/** The record's own id; undefined where it has none that tells it apart (missing, 0, or rounded by JSON). */
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
 * @param body parsed body of a delivery that verifyWebhook took
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
			transactions.push({ ...found, isTest, ownId: ownIdOf(found.raw.id) });
		} catch (error) {
			if (!(error instanceof RecordError)) throw error;
			unreadable.push({ record, error });
		}
	}
	return { kind: 'transactions', transactions, unreadable };
}

/** Beyond 2^53 JSON rounds numbers, so that two ids may look alike. */
function ownIdOf(id: unknown): string | undefined {
	if (typeof id === 'number') return Number.isSafeInteger(id) && id !== 0 ? String(id) : undefined;
	return typeof id === 'string' && id !== '' && id !== '0' ? id : undefined;
}
