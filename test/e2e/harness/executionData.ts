/** What n8n stored of an execution. */

export interface StoredItem {
	json: Record<string, unknown>;
	binary?: Record<string, Record<string, unknown>>;
}

/**
 * Items of a node's first output, of its first run.
 *
 * @param data the stored execution: a flat list whose entries point to each other by index
 */
export function getItems(data: string, nodeName: string): StoredItem[] {
	const flat = JSON.parse(data) as unknown[];
	const open = (value: unknown): unknown => {
		const entry = typeof value === 'string' && /^\d+$/.test(value) ? flat[Number(value)] : value;
		if (Array.isArray(entry)) return entry.map(open);
		if (typeof entry !== 'object' || entry === null) return entry;
		return Object.fromEntries(Object.entries(entry).map(([key, inner]) => [key, open(inner)]));
	};
	const { resultData } = open('0') as {
		resultData: { runData: Record<string, { data: { main: StoredItem[][] } }[]> };
	};
	return resultData.runData[nodeName]?.[0]?.data.main[0] ?? [];
}
