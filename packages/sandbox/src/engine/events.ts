/** Calls every listener for every event, at once and in order. */

export class EventHub<T> {
	private readonly listeners = new Set<(event: T) => void>();

	/** @returns a function that ends the subscription */
	subscribe(listener: (event: T) => void): () => void {
		this.listeners.add(listener);
		return () => {
			this.listeners.delete(listener);
		};
	}

	emit(event: T): void {
		for (const listener of this.listeners) listener(event);
	}
}
