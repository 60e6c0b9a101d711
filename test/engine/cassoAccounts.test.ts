/** Node Casso, resources Account and User and the account list of the locator, through n8n's real engine. */
import { BANK_ACCOUNT_FIELDS } from '@saoke/core';
import { locator, startCassoEngine, type CassoEngine } from './harness/casso';

let casso: CassoEngine;

beforeAll(async () => {
	casso = await startCassoEngine();
});
beforeEach(() => {
	casso.sandbox.casso.reset();
});
afterAll(async () => {
	await casso.sandbox.close();
});

describe('Account: Get', () => {
	const get = { resource: 'account', operation: 'get' };

	it('returns one account for each item, linked to it', async () => {
		const ids = [casso.account(2).id, casso.account(0).id];
		const items = await casso.items(
			{ ...get, account: locator('={{ $json.id }}') },
			ids.map((id) => ({ id })),
		);
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[ids[0], { item: 0 }],
			[ids[1], { item: 1 }],
		]);
		expect(Object.keys(items[0]?.json ?? {})).toEqual([...BANK_ACCOUNT_FIELDS]);
	});

	it('Raw is the record as Casso sent it', async () => {
		const [json] = await casso.json({ ...get, account: locator(casso.account().id), output: 'raw' });
		expect(json).toMatchObject({
			id: casso.account().id,
			bankCodeName: expect.any(String) as string,
			endingTxnDate: expect.stringMatching(/Z$/) as string,
		});
	});

	it('Selected Fields are the chosen ones', async () => {
		const [json] = await casso.json({
			...get,
			account: locator(casso.account().id),
			output: 'selected',
			fields: ['balance', 'BIN'],
		});
		expect(Object.keys(json ?? {})).toEqual(['balance', 'BIN']);
	});

	it('an unknown account is told in words with a next step', async () => {
		const failed = await casso.failure({ ...get, account: locator('1') });
		expect(failed.message).toBe('Account: No linked account has this ID or account number [item 0]');
		expect(failed.description).toBe('Find the accounts with Account: Get Many.');
	});
});

describe('Account: Get Many', () => {
	const getMany = { resource: 'account', operation: 'getAll' };

	it('Return All brings all', async () => {
		expect((await casso.json({ ...getMany, returnAll: true })).map(({ id }) => id)).toEqual(
			casso.sandbox.casso.data.accounts.map(({ id }) => id),
		);
		expect(casso.requests()).toMatchObject([{ path: '/v2/accounts', query: {} }]);
	});

	it('Limit brings that many', async () => {
		expect(await casso.json({ ...getMany, returnAll: false, limit: 2 })).toHaveLength(2);
	});

	it('links every result to its item', async () => {
		const items = await casso.items({ ...getMany, returnAll: false, limit: '={{ $json.limit }}' }, [
			{ limit: 1 },
			{ limit: 2 },
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 1 }]);
	});

	it('a bad limit is refused before any request', async () => {
		expect((await casso.failure({ ...getMany, returnAll: false, limit: -1 })).message).toBe(
			'Limit: Must be a whole number, 1 or greater [item 0]',
		);
		expect(casso.requests()).toEqual([]);
	});

	it('Times Ending in Z: UTC moves the day of the last booking', async () => {
		const [vietnam] = await casso.json({ ...getMany, returnAll: true });
		const [utc] = await casso.json({ ...getMany, returnAll: true, options: { timesEndingInZ: 'utc' } });
		expect(vietnam?.endingTxnDate).toMatch(/T00:00:00\+07:00$/);
		expect(utc?.endingTxnDate).toMatch(/T07:00:00\+07:00$/);
	});
});

describe('Account: Sync', () => {
	const sync = { resource: 'account', operation: 'sync' };

	it('sends the account’s number, looked up by its ID', async () => {
		const json = await casso.json({ ...sync, account: locator(casso.account(1).id) });
		expect(json).toEqual([
			{ requested: true, accountId: casso.account(1).id, accountNumber: casso.account(1).accountNumber, answer: null },
		]);
		expect(casso.requests().map(({ method, path, body }) => [method, path, body])).toEqual([
			['GET', '/v2/accounts', undefined],
			['POST', '/v2/sync', { bank_acc_id: casso.account(1).accountNumber }],
		]);
	});

	it.each(['list', 'object'] as const)('passes on an answer that is a %s', async (syncData) => {
		casso.sandbox.casso.quirks.set({ syncData });
		const [json] = await casso.json({ ...sync, account: locator(casso.account().id) });
		expect(Array.isArray(json?.answer)).toBe(syncData === 'list');
		expect(json?.answer).toBeTruthy();
	});

	it('is not tried again when it comes too soon', async () => {
		casso.sandbox.casso.quirks.set({ syncCooldownMs: 60_000 });
		await casso.json({ ...sync, account: locator(casso.account().id) });
		const failed = await casso.failure({ ...sync, account: locator(casso.account().id) });
		expect(failed.message).toMatch(/^Casso refused POST \/casso\/v2\/sync \(HTTP 429, error 429\)/);
		expect(casso.requests().filter(({ path }) => path === '/v2/sync')).toHaveLength(2);
	});

	it('an account that is not chosen is refused before any request', async () => {
		expect((await casso.failure({ ...sync, account: locator('={{ "" }}') })).message).toBe(
			'Account: The expression returned no value [item 0]',
		);
		expect(casso.requests()).toEqual([]);
	});
});

describe('User: Get', () => {
	it('Simplify gives five fields', async () => {
		expect(await casso.json({ resource: 'user', operation: 'get' })).toEqual([
			{
				userId: 1553,
				email: 'chu.shop@example.com',
				businessId: 1540,
				businessName: 'Tiệm Hoa Sen Xanh',
				accountCount: 3,
			},
		]);
	});

	it('otherwise it is the answer as sent', async () => {
		const [json] = await casso.json({ resource: 'user', operation: 'get', simple: false });
		expect(json?.bankAccs).toHaveLength(3);
	});
});

describe('the list of the account locator', () => {
	const search = async (filter?: string): Promise<{ name: string; value: unknown }[]> => {
		const workflow = casso.engine.workflow(casso.casso({ resource: 'account', operation: 'get' }));
		const method = casso.engine.nodeType('casso').methods?.listSearch?.searchAccounts;
		if (!method) throw new Error('The node has no searchAccounts');
		return (await method.call(casso.engine.loadOptions(workflow), filter)).results as {
			name: string;
			value: unknown;
		}[];
	};

	it('holds every account by Casso’s id: bank, last digits, holder', async () => {
		const results = await search();
		expect(results.map(({ value }) => value)).toEqual(casso.sandbox.casso.data.accounts.map(({ id }) => String(id)));
		for (const [index, { name }] of results.entries()) {
			const { bank, accountNumber, holder } = casso.account(index);
			expect(name).toBe(`${bank.shortName} ···${accountNumber.slice(-4)} – ${holder}`);
			expect(name).not.toContain(casso.account(index).accountNumber);
		}
	});

	it('finds by account number, bank, and in any case', async () => {
		expect((await search(casso.account(1).accountNumber)).map(({ value }) => value)).toEqual([
			String(casso.account(1).id),
		]);
		const bank = casso.sandbox.casso.data.accounts[2]?.bank.fullName ?? '';
		expect((await search(` ${bank.toUpperCase()} `)).map(({ value }) => value)).toContain(String(casso.account(2).id));
		expect(await search('no such bank')).toEqual([]);
	});

	it('finds by the short name of a bank and by its full name, without diacritics', async () => {
		const ids = [String(casso.account(0).id)];
		for (const words of [
			'vietcombank',
			'ngoại thương',
			'Ngan hang TMCP Ngoai thuong',
			casso.account(0).holder.toLowerCase(),
		]) {
			expect((await search(words)).map(({ value }) => value)).toEqual(ids);
		}
	});

	it('every value found works as the account', async () => {
		const [first] = await search();
		expect(
			await casso.json({ resource: 'account', operation: 'get', account: locator(String(first?.value), 'list') }),
		).toHaveLength(1);
	});

	it('a wrong key is told', async () => {
		const engine = await casso.withCredential({ apiKey: 'wrong-key-000' });
		const workflow = engine.workflow(casso.casso({ resource: 'account', operation: 'get' }));
		const method = engine.nodeType('casso').methods?.listSearch?.searchAccounts;
		await expect(method?.call(engine.loadOptions(workflow))).rejects.toThrow('Unauthorized Access');
	});
});
