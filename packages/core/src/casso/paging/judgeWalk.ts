/** Whether a reading page by page can be relied on although the list moved. Pure. */
import type { Walk } from './walk';

/** True where the beginning that was read lacks nothing: rows were pushed back by new ones, and none disappeared. */
export function isKept(walked: Walk<unknown>): boolean {
	return !walked.hasFallen && walked.pushedBack <= growthOf(walked);
}

/**
 * True where a second reading makes the first certain. A row can slip past a reader who goes forward only when another
 * one disappears behind the reader's back; that other one would be in the first reading and not in the second.
 *
 * @param previous keys of the reading before, which also went from the first page to the end
 */
export function confirms(walked: Walk<unknown>, previous: ReadonlySet<string>): boolean {
	const { collector, firstTotal, lastTotal, total } = walked;
	// A total that never changed and never matched means that rows are kept from us: no reading can make up for that.
	if (total !== undefined || walked.cut !== undefined || walked.hasFallen) return false;
	// Without totals, a row that came again may have been pushed back, or may stand in the place of another.
	if (lastTotal === undefined) return false;
	for (const key of previous) if (!collector.keys.has(key)) return false;
	if (walked.pushedBack > growthOf(walked)) return false;
	const isSameToTheEnd = walked.isExhausted && previous.size === collector.keys.size;
	return isSameToTheEnd || collector.keys.size >= (firstTotal ?? 0);
}

function growthOf({ firstTotal, lastTotal }: Walk<unknown>): number {
	return lastTotal === undefined || firstTotal === undefined ? 0 : lastTotal - firstTotal;
}
