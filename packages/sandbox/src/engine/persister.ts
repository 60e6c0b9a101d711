/** Collects changes and writes them before anything is answered: one transaction for all that happened together. */
import type { FastifyInstance } from 'fastify';
import type { Store, StoreChange } from './store';

/** What the data file holds of one service. */
export interface PersistedService {
	/** Every kind of row that belongs to it. */
	kinds: readonly string[];
	/** All rows, for a new file or after a reset. */
	everything(): StoreChange[];
	/** Small values that change without an event: written if the text differs from the last one. */
	state(): StoreChange[];
}

export class Persister {
	private readonly dirty = new Map<string, { kind: string; key: string; value: () => string | null }>();
	private readonly known = new Map<string, string>();
	private readonly toReplace = new Set<PersistedService>();
	private isPlanned = false;
	private isClosed = false;

	constructor(
		private readonly store: Store,
		private readonly services: readonly PersistedService[],
	) {}

	/** Notes a changed row; its value is read when it is written. */
	put(kind: string, key: number | string, value: () => unknown): void {
		this.note(kind, String(key), () => JSON.stringify(value()));
	}

	remove(kind: string, key: number | string): void {
		this.note(kind, String(key), () => null);
	}

	/** Replaces all stored rows of a service. */
	replace(service: PersistedService): void {
		this.toReplace.add(service);
		for (const [name, { kind }] of this.dirty) if (service.kinds.includes(kind)) this.dirty.delete(name);
		this.plan();
	}

	/** Writes all noted changes; they are on disk when it returns. @throws the store's error; nothing noted is lost */
	flush(): void {
		if (this.isClosed) return;
		const replaced = [...this.toReplace];
		const changes = [
			...replaced.flatMap((service) => service.everything()),
			...[...this.dirty.values()].map(({ kind, key, value }) => ({ kind, key, value: value() })),
			...this.changedState(replaced.length > 0),
		];
		if (changes.length === 0) return;
		this.store.write(
			changes,
			replaced.flatMap((service) => service.kinds),
		);
		this.dirty.clear();
		this.toReplace.clear();
		for (const { kind, key, value } of changes)
			if (value !== null && kind.endsWith('State')) this.known.set(`${kind} ${key}`, value);
	}

	close(): void {
		this.flush();
		this.isClosed = true;
		this.store.close();
	}

	private note(kind: string, key: string, value: () => string | null): void {
		this.dirty.set(`${kind} ${key}`, { kind, key, value });
		this.plan();
	}

	/** At the end of the current task, before anything is sent to a webhook. */
	private plan(): void {
		if (this.isPlanned) return;
		this.isPlanned = true;
		queueMicrotask(() => {
			this.isPlanned = false;
			try {
				this.flush();
			} catch (error) {
				process.stderr.write(
					`Sandbox: the data file could not be written: ${error instanceof Error ? error.message : String(error)}\n`,
				);
			}
		});
	}

	private changedState(isForced: boolean): StoreChange[] {
		const all = this.services.flatMap((service) => service.state());
		return isForced ? all : all.filter(({ kind, key, value }) => this.known.get(`${kind} ${key}`) !== value);
	}
}

/** Everything is on disk before it is answered; what cannot be written is answered as a failure. */
export function writeBeforeAnswer(app: FastifyInstance, persister: Persister): void {
	app.addHook('onSend', (_request, reply, payload, done) => {
		try {
			persister.flush();
			done(null, payload);
		} catch (error) {
			const message = `The data file could not be written: ${error instanceof Error ? error.message : String(error)}`;
			void reply.code(500).type('application/json; charset=utf-8');
			done(null, JSON.stringify({ error: 500, message, data: null }));
		}
	});
}
