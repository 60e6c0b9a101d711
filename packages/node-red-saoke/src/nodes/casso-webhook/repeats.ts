/** Which transactions a webhook node has passed on, kept over redeploys; a restart forgets, and sinks write by key. */
import { DeliveryDeduplicator } from '@saoke/core';
import type { Services } from '../../host/services';

/** Casso tries again for 24 hours (casso-api 7). */
const REMEMBERED_MS = 25 * 3_600_000;
const CAPACITY = 50_000;

const memories = new Map<string, DeliveryDeduplicator>();

export function getRepeats(nodeId: string, services: Services): DeliveryDeduplicator {
	let memory = memories.get(nodeId);
	if (!memory) {
		memory = new DeliveryDeduplicator({ windowMs: REMEMBERED_MS, capacity: CAPACITY, now: () => services.steadyNow() });
		memories.set(nodeId, memory);
	}
	return memory;
}

/** For a node that was deleted or disabled. */
export function forgetRepeats(nodeId: string, memory: DeliveryDeduplicator): void {
	if (memories.get(nodeId) === memory) memories.delete(nodeId);
}
