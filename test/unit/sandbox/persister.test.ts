/** What is written when, and what happens when it cannot be. */
import fastify from 'fastify';
import { Persister, writeBeforeAnswer } from '../../../packages/sandbox/src/engine/persister';
import type { PersistedService } from '../../../packages/sandbox/src/engine/persister';
import type { Store, StoreChange } from '../../../packages/sandbox/src/engine/store';

class MemoryStore implements Store {
	readonly name = 'memory';
	readonly writes: Array<{ changes: readonly StoreChange[]; cleared: readonly string[] }> = [];
	broken = false;

	load(): [] {
		return [];
	}

	write(changes: readonly StoreChange[], cleared: readonly string[]): void {
		if (this.broken) throw new Error('disk full');
		this.writes.push({ changes, cleared });
	}

	close(): void {}
}

const service = (state: () => string): PersistedService => ({
	kinds: ['thing', 'thingState'],
	everything: () => [{ kind: 'thing', key: 'all', value: '1' }],
	state: () => [{ kind: 'thingState', key: '', value: state() }],
});

test('one write for what happened at once, with the last value of each row; state only when it changed', async () => {
	const store = new MemoryStore();
	let state = 'a';
	const persister = new Persister(store, [service(() => state)]);
	persister.put('thing', 1, () => 'early');
	persister.put('thing', 1, () => 'late');
	persister.remove('thing', 2);
	expect(store.writes).toEqual([]);
	await Promise.resolve();
	expect(store.writes).toEqual([
		{
			changes: [
				{ kind: 'thing', key: '1', value: '"late"' },
				{ kind: 'thing', key: '2', value: null },
				{ kind: 'thingState', key: '', value: 'a' },
			],
			cleared: [],
		},
	]);
	persister.flush();
	expect(store.writes).toHaveLength(1);
	state = 'b';
	persister.flush();
	expect(store.writes[1]?.changes).toEqual([{ kind: 'thingState', key: '', value: 'b' }]);
});

test('a reset replaces all rows of the service, also those that were noted before it', () => {
	const store = new MemoryStore();
	const one = service(() => 'a');
	const persister = new Persister(store, [one]);
	persister.put('thing', 1, () => 'gone');
	persister.replace(one);
	persister.put('thing', 3, () => 'new');
	persister.flush();
	expect(store.writes[0]?.cleared).toEqual(['thing', 'thingState']);
	expect(store.writes[0]?.changes.map(({ key }) => key)).toEqual(['all', '3', '']);
});

test('what cannot be written is not acknowledged, and is written as soon as it can be', async () => {
	const store = new MemoryStore();
	const persister = new Persister(store, [service(() => 'a')]);
	const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
	const app = fastify();
	writeBeforeAnswer(app, persister);
	app.post('/', () => {
		persister.put('thing', 1, () => 'x');
		return { done: true };
	});
	const url = await app.listen({ port: 0, host: '127.0.0.1' });
	store.broken = true;
	const failed = await fetch(url, { method: 'POST' });
	expect([failed.status, await failed.json()]).toEqual([
		500,
		{ error: 500, message: 'The data file could not be written: disk full', data: null },
	]);
	expect(errors).toHaveBeenCalledWith('Sandbox: the data file could not be written: disk full\n');
	errors.mockRestore();
	store.broken = false;
	expect((await fetch(url, { method: 'POST' })).status).toBe(200);
	expect(store.writes[0]?.changes[0]).toEqual({ kind: 'thing', key: '1', value: '"x"' });
	await app.close();
});
