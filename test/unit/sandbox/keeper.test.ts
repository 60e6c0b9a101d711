/** What is written when, and what happens when it cannot be. */
import fastify from 'fastify';
import { Keeper, writeBeforeAnswer } from '../../../packages/sandbox/src/engine/persister';
import type { KeptHalf } from '../../../packages/sandbox/src/engine/persister';
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

const half = (state: () => string): KeptHalf => ({
	kinds: ['thing', 'thingState'],
	everything: () => [{ kind: 'thing', key: 'all', value: '1' }],
	state: () => [{ kind: 'thingState', key: '', value: state() }],
});

test('one write for what happened at once, with the last value of each row; state only when it changed', async () => {
	const store = new MemoryStore();
	let state = 'a';
	const keeper = new Keeper(store, [half(() => state)]);
	keeper.put('thing', 1, () => 'early');
	keeper.put('thing', 1, () => 'late');
	keeper.remove('thing', 2);
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
	keeper.flush();
	expect(store.writes).toHaveLength(1);
	state = 'b';
	keeper.flush();
	expect(store.writes[1]?.changes).toEqual([{ kind: 'thingState', key: '', value: 'b' }]);
});

test('a reset replaces all rows of the half, also those that were noted before it', () => {
	const store = new MemoryStore();
	const one = half(() => 'a');
	const keeper = new Keeper(store, [one]);
	keeper.put('thing', 1, () => 'gone');
	keeper.replace(one);
	keeper.put('thing', 3, () => 'new');
	keeper.flush();
	expect(store.writes[0]?.cleared).toEqual(['thing', 'thingState']);
	expect(store.writes[0]?.changes.map(({ key }) => key)).toEqual(['all', '3', '']);
});

test('what cannot be written is not acknowledged, and is written as soon as it can be', async () => {
	const store = new MemoryStore();
	const keeper = new Keeper(store, [half(() => 'a')]);
	const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
	const app = fastify();
	writeBeforeAnswer(app, keeper);
	app.post('/', () => {
		keeper.put('thing', 1, () => 'x');
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
