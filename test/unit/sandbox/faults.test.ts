/** Faults of the API: each does what it says, where, as often and as likely as it was told. */
import type { ApiFault, Sandbox } from '@saoke/sandbox';
import { CassoBank } from '@saoke/sandbox';
import { call, closeAll, list, NOW, sandbox } from './support';

afterEach(closeAll);

async function withFaults(...faults: ApiFault[]): Promise<Sandbox> {
	const casso = await sandbox();
	for (const fault of faults) casso.casso.faults.add(fault);
	return casso;
}

const HOOK = { webhook: 'http://127.0.0.1:1/a', secure_token: 'the-token', income_only: false };

describe('answers put in the place of the real one', () => {
	test.each([401, 403, 404, 500, 502, 503, 504])('httpError %d in the envelope', async (status) => {
		const answer = await call(await withFaults({ kind: 'httpError', status }), '/v2/accounts');
		expect(answer.status).toBe(status);
		expect(answer.body).toMatchObject({ error: status, data: null });
		expect(answer.headers.get('retry-after')).toBeNull();
	});

	test('429 with Retry-After as seconds and as a date', async () => {
		const seconds = await call(
			await withFaults({ kind: 'httpError', status: 429, retryAfterSeconds: 3 }),
			'/v2/accounts',
		);
		expect(seconds.headers.get('retry-after')).toBe('3');
		const date = await call(
			await withFaults({ kind: 'httpError', status: 429, retryAfterSeconds: 3, retryAfterForm: 'date' }),
			'/v2/accounts',
		);
		expect(Date.parse(date.headers.get('retry-after') ?? '')).toBe(NOW + 3000);
	});

	test('an HTML page', async () => {
		const answer = await call(await withFaults({ kind: 'html' }), '/v2/accounts');
		expect(answer.status).toBe(502);
		expect(answer.headers.get('content-type')).toBe('text/html');
		expect(answer.text).toContain('<html>');
	});

	test('an answer that was replaced is not bent any further', async () => {
		const answer = await call(
			await withFaults({ kind: 'html' }, { kind: 'nullData' }, { kind: 'invalidJson' }),
			'/v2/accounts',
		);
		expect(answer.status).toBe(502);
		expect(answer.text).toMatch(/<\/html>\s*$/);
	});

	test('error ≠ 0 with HTTP 200', async () => {
		const answer = await call(await withFaults({ kind: 'errorEnvelope', error: 5, message: 'Busy' }), '/v2/accounts');
		expect(answer).toMatchObject({ status: 200, body: { error: 5, message: 'Busy', data: null } });
	});

	test('null data and invalid JSON are made of the real answer', async () => {
		const casso = await withFaults({ kind: 'nullData', count: 1 }, { kind: 'invalidJson', skip: 1 });
		expect((await call(casso, '/v2/accounts')).body).toEqual({ error: 0, message: 'Successful', data: null });
		const cut = await call(casso, '/v2/accounts');
		expect(cut.text).toMatch(/^\{"error":0/);
		expect(() => {
			JSON.parse(cut.text);
		}).toThrow();
	});
});

describe('broken and slow connections', () => {
	test('reset: part of the body comes, then the connection breaks', async () => {
		const casso = await withFaults({ kind: 'reset', count: 1 });
		const response = await fetch(`${casso.cassoUrl}/v2/accounts`, {
			headers: { Authorization: `Apikey ${casso.apiKey}` },
		});
		expect(response.status).toBe(200);
		await expect(response.text()).rejects.toThrow();
		expect((await call(casso, '/v2/accounts')).body.error).toBe(0);
	});

	test('reset with afterBytes 0: nothing comes at all', async () => {
		const casso = await withFaults({ kind: 'reset', afterBytes: 0, count: 1 });
		await expect(call(casso, '/v2/accounts')).rejects.toThrow();
	});

	test('slow and latency delay the answer, never gives none and does not keep the sandbox from closing', async () => {
		const casso = await withFaults({ kind: 'slow', ms: 120, count: 1 }, { kind: 'never', skip: 1 });
		casso.casso.quirks.set({ latencyMs: 30 });
		const begin = performance.now();
		expect((await call(casso, '/v2/accounts')).status).toBe(200);
		expect(performance.now() - begin).toBeGreaterThan(145);
		const unanswered = call(casso, '/v2/accounts', { signal: AbortSignal.timeout(150) });
		await expect(unanswered).rejects.toThrow(/timeout/i);
		const hanging = call(casso, '/v2/accounts');
		const ended = expect(hanging).rejects.toThrow();
		await new Promise((resolve) => {
			setTimeout(resolve, 50);
		});
		await casso.close();
		await ended;
		expect(casso.casso.requests.list().map(({ status }) => status)).toEqual([200, null, null]);
	});

	test.each<ApiFault>([
		{ kind: 'httpError', status: 500, carriedOut: true },
		{ kind: 'html', carriedOut: true },
		{ kind: 'errorEnvelope', carriedOut: true },
		{ kind: 'reset' },
		{ kind: 'never', carriedOut: true },
	])('a lost answer: %j leaves the call carried out', async (fault) => {
		const casso = await withFaults({ ...fault, method: 'POST', path: '/v2/webhooks' });
		// Only the fault that never answers needs an end from this side.
		const signal = fault.kind === 'never' ? AbortSignal.timeout(1_000) : undefined;
		await call(casso, '/v2/webhooks', { method: 'POST', json: HOOK, signal }).catch(() => undefined);
		expect(casso.casso.webhooks.list()).toHaveLength(1);
	});

	test.each<ApiFault>([
		{ kind: 'httpError', status: 500 },
		{ kind: 'html' },
		{ kind: 'errorEnvelope' },
		{ kind: 'never' },
	])('without it %j keeps the call from being carried out', async (fault) => {
		const casso = await withFaults(fault);
		await call(casso, '/v2/webhooks', { method: 'POST', json: HOOK, signal: AbortSignal.timeout(1_000) }).catch(
			() => undefined,
		);
		expect(casso.casso.webhooks.list()).toHaveLength(0);
	});
});

test('rateLimit lets a number of calls a second through and says when to come back', async () => {
	const casso = await withFaults({ kind: 'rateLimit', requestsPerSecond: 3 });
	const answers = await Promise.all(Array.from({ length: 5 }, () => call(casso, '/v2/accounts')));
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
	expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1');
	await new Promise((resolve) => {
		setTimeout(resolve, 1_050);
	});
	expect((await call(casso, '/v2/accounts')).status).toBe(200);
});

describe('while pages are read', () => {
	const getPageNumber = async (casso: Sandbox, page: number, size = 5): Promise<number[]> =>
		(await list(casso, `?fromDate=2026-09-01&pageSize=${String(size)}&page=${String(page)}`)).records.map(
			({ id }) => id,
		);

	test('repeatPage: page 2 is page 1 again, page 3 is right; or every later page is', async () => {
		const casso = await sandbox();
		const [first, , third] = [
			await getPageNumber(casso, 1),
			await getPageNumber(casso, 2),
			await getPageNumber(casso, 3),
		];
		const id = casso.casso.faults.add({ kind: 'repeatPage' });
		expect([await getPageNumber(casso, 1), await getPageNumber(casso, 2), await getPageNumber(casso, 3)]).toEqual([
			first,
			first,
			third,
		]);
		casso.casso.faults.remove(id);
		casso.casso.faults.add({ kind: 'repeatPage', forever: true });
		expect([await getPageNumber(casso, 2), await getPageNumber(casso, 7)]).toEqual([first, first]);
	});

	test.each([
		['last', 5],
		['fresh', 5],
		['empty', 0],
	] as const)('endlessPages with %s records', async (records, onPage) => {
		const casso = await withFaults({ kind: 'endlessPages', records });
		const data = await list(casso, '?fromDate=2026-09-01&pageSize=5&page=1000');
		expect(data.nextPage).toBe(1001);
		expect(data.totalPages).toBeGreaterThan(1000);
		expect(data.records).toHaveLength(onPage);
		const next = await getPageNumber(casso, 1001);
		const repeated = next.filter((id) => data.records.some((record) => record.id === id)).length;
		expect(repeated).toBe(records === 'last' ? 5 : 0);
	});

	test('insertWhilePaging and deleteWhilePaging act after the chosen list call', async () => {
		const casso = await withFaults(
			{
				kind: 'insertWhilePaging',
				path: '/v2/transactions',
				skip: 1,
				count: 1,
				transactions: [{ amount: 1, time: '2026-09-01' }],
			},
			{ kind: 'deleteWhilePaging', path: '/v2/transactions', skip: 2, count: 1 },
		);
		const size = (): number => casso.casso.data.transactions.size;
		await getPageNumber(casso, 1);
		expect(size()).toBe(40);
		const second = await getPageNumber(casso, 2);
		expect(size()).toBe(41);
		const third = await getPageNumber(casso, 3);
		expect(size()).toBe(40);
		expect(third[0]).toBe(second.at(-1));
		expect(casso.casso.data.transactions.get(third[0] ?? -1)).toBeUndefined();
	});

	test('shuffleTies changes the order of rows with equal times, and of no others', async () => {
		const casso = await sandbox({ transactions: 0 });
		casso.casso.addTransactions(
			Array.from({ length: 30 }, (_, place) => ({ amount: 1, time: NOW - Math.floor(place / 10) * 60_000 })),
		);
		casso.casso.faults.add({ kind: 'shuffleTies' });
		const orders = await Promise.all(Array.from({ length: 6 }, () => list(casso, '?pageSize=30')));
		const ids = orders.map(({ records }) => records.map(({ id }) => id).join());
		expect(new Set(ids).size).toBeGreaterThan(1);
		for (const { records } of orders) {
			expect(records.map(({ when }) => when)).toEqual(records.map(({ when }) => when).sort());
			expect(new Set(records.map(({ id }) => id)).size).toBe(30);
		}
		for (const half of [1, 2]) {
			const pages = [
				await getPageNumber(casso, half, 15),
				await getPageNumber(casso, half, 15),
				await getPageNumber(casso, half, 15),
			];
			expect(new Set(pages.map((page) => [...page].sort().join())).size).toBeGreaterThan(1);
		}
	});
});

describe('when a rule acts', () => {
	const statuses = async (casso: Sandbox, path: string, times: number): Promise<number[]> => {
		const found: number[] = [];
		for (let time = 0; time < times; time += 1) found.push((await call(casso, path)).status);
		return found;
	};

	test('skip and count', async () => {
		const casso = await withFaults({ kind: 'httpError', status: 503, skip: 1, count: 2 });
		expect(await statuses(casso, '/v2/accounts', 5)).toEqual([200, 503, 503, 200, 200]);
		expect(casso.casso.faults.list()).toEqual([]);
	});

	test('path pattern and method', async () => {
		const casso = await withFaults({ kind: 'httpError', status: 503, path: '/v2/accounts/*', method: 'get' });
		const id = String(casso.casso.data.accounts[0]?.id);
		expect(await statuses(casso, '/v2/accounts', 1)).toEqual([200]);
		expect(await statuses(casso, `/v2/accounts/${id}?x=1`, 1)).toEqual([503]);
		expect(await statuses(casso, `/v2/accounts/${id}/transactions`, 1)).toEqual([200]);
		casso.casso.faults.clear();
		casso.casso.faults.add({ kind: 'httpError', status: 503, path: '/v2/accounts/**' });
		expect(await statuses(casso, `/v2/accounts/${id}/transactions`, 1)).toEqual([503]);
		expect(await statuses(casso, '/v2/accountsX', 1)).toEqual([404]);
	});

	test('probability, by the seed: the same again after a reset', async () => {
		const casso = await sandbox({ seed: 3 });
		const run = async (): Promise<number[]> => {
			casso.casso.faults.add({ kind: 'httpError', status: 503, probability: 0.5 });
			return statuses(casso, '/v2/accounts', 40);
		};
		const first = await run();
		const failed = first.filter((status) => status === 503).length;
		expect(failed).toBeGreaterThan(5);
		expect(failed).toBeLessThan(35);
		casso.casso.reset();
		expect(await run()).toEqual(first);
	});

	test('the log names the faults that acted', async () => {
		const casso = await withFaults({ kind: 'slow', ms: 1 }, { kind: 'errorEnvelope', skip: 1 });
		await call(casso, '/v2/accounts');
		await call(casso, '/v2/accounts');
		expect(casso.casso.requests.list().map(({ faults }) => faults)).toEqual([['slow'], ['slow', 'errorEnvelope']]);
	});

	test.each([{ skip: -1 }, { count: 0 }, { probability: 2 }])('refuses %j', (limits) => {
		expect(() => new CassoBank({ transactions: 0 }).faults.add({ kind: 'nullData', ...limits })).toThrow(RangeError);
	});
});
