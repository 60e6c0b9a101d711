/** Differences of the services that only change how to read: the nodes adapt without an option, and lose nothing. */
import { pollCasso, readCashHistory, readTransactions, syncBeforeReading, type Transport } from '@saoke/core';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { connectTo, rejected } from './harness/casso';
import { closeAll, createClient, everything, start } from './simplize/support';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ transactions: 130 });
});
beforeEach(() => {
	sandbox.casso.reset();
});
afterAll(async () => {
	await sandbox.close();
	await closeAll();
});

/** Refuses pages of more than 20 records, in a query or in a body. */
function refusing(transport: Transport, sizes: number[]): Transport {
	return async (request) => {
		const size = Number(
			/"size":(\d+)/.exec(request.body ?? '')?.[1] ?? new URL(request.url).searchParams.get('pageSize'),
		);
		sizes.push(size);
		if (size <= 20) return await transport(request);
		return { status: 400, headers: {}, body: '{"error":400,"status":400,"message":"page too large","data":null}' };
	};
}

const query = { fromDate: '2020-01-01' };

it('Casso: the whole list, in the size that is allowed', async () => {
	const connection = connectTo(sandbox);
	const whole = await readTransactions(connection, query);
	const sizes: number[] = [];
	connection.transport = refusing(connection.transport, sizes);
	const read = await readTransactions({ ...connection }, query);
	expect(read.map(({ transaction }) => transaction.id)).toEqual(whole.map(({ transaction }) => transaction.id));
	expect(sizes.filter((size) => size > 20)).toHaveLength(1);
	expect(new Set(sizes.slice(1))).toEqual(new Set([10]));
});

it('Casso: a poll', async () => {
	const connection = connectTo(sandbox);
	const options = { backlogDays: 30 };
	const usual = await pollCasso(connection, undefined, options, (found) => found);
	connection.transport = refusing(connection.transport, []);
	const poll = await pollCasso({ ...connection }, undefined, options, (found) => found);
	expect(poll.emit.length).toBeGreaterThan(20);
	expect(poll.emit.map(({ transaction }) => transaction.id)).toEqual(
		usual.emit.map(({ transaction }) => transaction.id),
	);
});

it.each(['http', 'always200'] as const)('Casso: a sync that comes too soon stops nothing (%s)', async (errorStatus) => {
	sandbox.casso.quirks.set({ syncCooldownMs: 60_000, errorStatus });
	const connection = connectTo(sandbox);
	const first = await syncBeforeReading(connection, [], {}, () => undefined);
	const again = await syncBeforeReading(connection, [], {}, () => undefined);
	expect([first.failure, again.failure]).toEqual([undefined, undefined]);
	expect(Object.keys(again.times)).toHaveLength(4);
});

it('Casso: what is refused in any size stays an error, after one more try', async () => {
	const connection = connectTo(sandbox);
	let sent = 0;
	connection.transport = async () => {
		sent++;
		return await Promise.resolve({ status: 400, headers: {}, body: '{"error":400,"message":"no","data":null}' });
	};
	expect((await rejected(readTransactions(connection, query))).message).toContain('HTTP 400');
	expect(sent).toBe(2);
});

it('Simplize: the whole history', async () => {
	const { connection } = createClient(await start());
	const whole = await readCashHistory(connection, everything());
	const sizes: number[] = [];
	connection.transport = refusing(connection.transport, sizes);
	const read = await readCashHistory(connection, everything());
	expect(whole.length).toBeGreaterThan(40);
	expect(read.map(({ movement }) => movement.transactionId)).toEqual(
		whole.map(({ movement }) => movement.transactionId),
	);
	expect(sizes.slice(0, 2)).toEqual([100, 10]);
});
