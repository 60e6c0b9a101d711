/** The ids that the feed has settled, each with the Vietnam day it belongs to. Ids of different groups never meet. */
import { asObject } from '../json';
import { isPackable, encodeIds, type SeenBucket, type SeenRecord, decodeIds } from './state';

export class SeenIds {
	private readonly groups = new Map<string, Map<string, string>>();

	get size(): number {
		let size = 0;
		for (const ids of this.groups.values()) size += ids.size;
		return size;
	}

	/** The day an id is filed under; undefined if it is not known. */
	getDay(group: string, id: string): string | undefined {
		return this.groups.get(group)?.get(id);
	}

	/** Files an id, or moves it to another day. */
	add(group: string, id: string, day: string): void {
		let ids = this.groups.get(group);
		if (!ids) this.groups.set(group, (ids = new Map<string, string>()));
		ids.set(id, day);
	}

	*entries(): Generator<{ group: string; id: string; day: string }> {
		for (const [group, ids] of this.groups) for (const [id, day] of ids) yield { group, id, day };
	}

	/** How many ids each day has. */
	countByDay(): Map<string, number> {
		const counts = new Map<string, number>();
		for (const { day } of this.entries()) counts.set(day, (counts.get(day) ?? 0) + 1);
		return counts;
	}

	newestDay(): string | undefined {
		let newest: string | undefined;
		for (const { day } of this.entries()) if (newest === undefined || day > newest) newest = day;
		return newest;
	}

	/** Forgets the ids of the days before this one. */
	dropBefore(firstDay: string): void {
		for (const ids of this.groups.values()) for (const [id, day] of ids) if (day < firstDay) ids.delete(id);
	}

	toRecord(): SeenRecord {
		const days = new Map<string, Map<string, string[]>>();
		for (const { group, id, day } of this.entries()) {
			let groups = days.get(day);
			if (!groups) days.set(day, (groups = new Map<string, string[]>()));
			const ids = groups.get(group);
			if (ids) ids.push(id);
			else groups.set(group, [id]);
		}
		const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
		return Object.fromEntries(
			sorted.map(([day, groups]) => [
				day,
				Object.fromEntries([...groups].map(([group, ids]) => [group, toBucket(ids)])),
			]),
		);
	}
}

export interface ReadSeenIds {
	seen: SeenIds;
	/** `day group` of the buckets that could not be read; `day *` for a whole day. */
	damaged: Set<string>;
}

/** Reads what can be read. @returns undefined if nothing can, because the record is not there */
export function readSeenIds(record: unknown): ReadSeenIds | undefined {
	const days = asObject(record);
	if (!days) return undefined;
	const seen = new SeenIds();
	const damaged = new Set<string>();
	for (const [day, groups] of Object.entries(days)) {
		const buckets = asObject(groups);
		if (!buckets) damaged.add(`${day} *`);
		for (const [group, bucket] of Object.entries(buckets ?? {})) {
			const { ids, isDamaged } = readBucket(bucket);
			for (const id of ids) seen.add(group, id, day);
			if (isDamaged) damaged.add(`${day} ${group}`);
		}
	}
	return { seen, damaged };
}

function toBucket(ids: readonly string[]): SeenBucket {
	const numbers = ids.filter(isPackable);
	const texts = ids.filter((id) => !isPackable(id));
	return {
		...(numbers.length > 0 ? { ids: encodeIds(numbers) } : {}),
		...(texts.length > 0 ? { texts } : {}),
	};
}

function readBucket(value: unknown): { ids: string[]; isDamaged: boolean } {
	const bucket = asObject(value);
	if (!bucket || (bucket.ids === undefined && bucket.texts === undefined)) return { ids: [], isDamaged: true };
	const numbers = bucket.ids === undefined ? [] : typeof bucket.ids === 'string' ? decodeIds(bucket.ids) : undefined;
	const list: unknown[] = Array.isArray(bucket.texts) ? bucket.texts : [];
	const texts = list.filter((text): text is string => typeof text === 'string');
	const isDamaged =
		numbers === undefined || texts.length < list.length || (bucket.texts !== undefined && !Array.isArray(bucket.texts));
	return { ids: [...(numbers ?? []), ...texts], isDamaged };
}
