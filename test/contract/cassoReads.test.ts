/** Every read of the Casso client against the sandbox, over all in which sources about Casso disagree (casso-api 4). */
import {
	checkTransactionQuery,
	getAccount,
	getAccounts,
	getTransaction,
	getTransactionPage,
	getUserInfo,
	isNotFound,
	normaliseTransaction,
	vietnamDay,
	addDays,
	type BankTransaction,
} from '@saoke/core';
import { startSandbox, type CassoQuirks, type Sandbox } from '@saoke/sandbox';
import { connectTo, rejected, type TestConnection } from './harness/casso';

let sandbox: Sandbox;
let connection: TestConnection;
const today = vietnamDay(Date.now());

beforeAll(async () => {
	sandbox = await startSandbox({ seed: 7, accounts: 3, transactions: 120 });
});
beforeEach(() => {
	sandbox.casso.reset();
	connection = connectTo(sandbox);
});
afterAll(async () => {
	await sandbox.close();
});

const quirks = (change: Partial<CassoQuirks>): void => {
	sandbox.casso.quirks.set(change);
};
const newest = (): { id: number; accountId: number } => {
	const [first] = sandbox.casso.addTransactions([
		{
			amount: 250_000,
			memo: 'DH120 thanh toán',
			silent: true,
			counterparty: { name: 'TRAN VAN B', accountNumber: '0012' },
		},
	]);
	if (!first) throw new Error('the sandbox booked nothing');
	return first;
};

describe('authorization', () => {
	it.each(['apiKey', 'accessToken'] as const)('%s is accepted', async (authentication) => {
		const calls = await getAccounts(
			connectTo(sandbox, { authentication, apiKey: sandbox.apiKey, accessToken: sandbox.apiKey }),
		);
		expect(calls).toHaveLength(3);
		expect(sandbox.casso.requests.list().at(-1)?.authScheme).toBe(authentication === 'apiKey' ? 'Apikey' : 'Bearer');
	});

	it('a wrong key is refused in the documented words', async () => {
		const error = await rejected(
			getAccounts(connectTo(sandbox, { authentication: 'apiKey', apiKey: 'wrong-key-000' })),
		);
		expect(error.message).toBe('Casso refused GET /casso/v2/accounts (HTTP 401, error 401): Unauthorized Access');
	});

	it('without a key nothing is sent', async () => {
		await rejected(getAccounts(connectTo(sandbox, { authentication: 'apiKey', apiKey: ' ' })));
		expect(sandbox.casso.requests.list()).toEqual([]);
	});
});

describe('user info', () => {
	it.each<Partial<CassoQuirks>>([
		{},
		{ userInfoForm: 'documented' },
		{ bin: 'string' },
		{ bin: 'empty' },
		{ extraKeys: 'some' },
	])('is passed on as it is: %p', async (change) => {
		quirks(change);
		const info = await getUserInfo(connection);
		expect(info).toMatchObject({ user: { id: 1553 }, business: { id: 1540 } });
		expect(info.bankAccs).toHaveLength(3);
	});
});

describe('accounts', () => {
	it.each<Partial<CassoQuirks>>([{}, { extraKeys: 'some' }])('all of them, with %p', async (change) => {
		quirks(change);
		const expected = sandbox.casso.data.accounts;
		const accounts = await getAccounts(connection);
		expect(accounts.map(({ account }) => [account.id, account.accountNumber])).toEqual(
			expected.map(({ id, accountNumber }) => [id, accountNumber]),
		);
	});

	it('the last booking day of an account is the same whatever Z means, if the user says what it means', async () => {
		quirks({ zTimes: 'utc' });
		const asUtc = await getAccounts(connection, 'utc');
		quirks({ zTimes: 'vietnam' });
		const asVietnam = await getAccounts(connection, 'vietnam');
		expect(asUtc.map(({ account }) => account.endingTxnDate)).toEqual(
			asVietnam.map(({ account }) => account.endingTxnDate),
		);
		expect(asVietnam[0]?.account.endingTxnDate).toMatch(/T00:00:00\+07:00$/);
	});

	it('one of them by Casso’s id', async () => {
		const [first] = sandbox.casso.data.accounts;
		const { account } = await getAccount(connection, first?.id);
		expect(account).toMatchObject({ id: first?.id, accountNumber: first?.accountNumber });
	});

	it.each(['http', 'always200'] as const)('an unknown one is not found, status %s', async (errorStatus) => {
		quirks({ errorStatus });
		expect(isNotFound(await rejected(getAccount(connection, 1)))).toBe(true);
	});

	it('null instead of a list is no account', async () => {
		sandbox.casso.faults.add({ kind: 'nullData' });
		await expect(getAccounts(connection)).resolves.toEqual([]);
	});
});

describe('one transaction', () => {
	const forms: Partial<CassoQuirks>[] = [
		{},
		{ transactionDetail: 'array' },
		{ balanceSpelling: 'cusum_balance' },
		{ unknownText: 'null' },
		{ bookingDate: 'missing' },
		{ bookingDate: 'null' },
		{ extraKeys: 'some' },
	];
	it.each(forms)('is the same in every form: %p', async (change) => {
		const { id } = newest();
		const { transaction: plain } = await getTransaction(connection, id);
		quirks(change);
		const { transaction } = await getTransaction(connection, id);
		expect(transaction).toEqual(plain);
		expect(transaction).toMatchObject({
			id,
			amount: 250_000,
			description: 'DH120 thanh toán',
			counterpartyName: 'TRAN VAN B',
			counterpartyAccount: '0012',
		});
	});

	it.each<[Partial<CassoQuirks>, Partial<BankTransaction>]>([
		[{ balanceValue: 'null' }, { runningBalance: null }],
		[{ balanceValue: 'missing' }, { runningBalance: null }],
		[{ recordForm: 'minimal' }, { transactedAt: `${today}T00:00:00+07:00`, accountNumber: '', counterpartyName: '' }],
		[{ whenForm: 'date' }, { transactedAt: `${today}T00:00:00+07:00` }],
		[{ bankTimes: 'dateOnly' }, { transactedAt: `${today}T00:00:00+07:00` }],
	])('what Casso leaves out is unknown, not invented: %p', async (change, expected) => {
		const { id } = newest();
		quirks(change);
		expect((await getTransaction(connection, id)).transaction).toMatchObject({ id, amount: 250_000, ...expected });
	});

	it('id 0 is a transaction like any other', async () => {
		sandbox.casso.addTransactions([{ id: 0, amount: 5, silent: true }]);
		expect((await getTransaction(connection, 0)).transaction).toMatchObject({ id: 0, amount: 5 });
	});

	it.each<Partial<CassoQuirks>>([
		{},
		{ unknownTransaction: 'null' },
		{ unknownTransaction: 'emptyArray' },
		{ errorStatus: 'always200' },
	])('an unknown one is not found, in every form: %p', async (change) => {
		quirks(change);
		expect(isNotFound(await rejected(getTransaction(connection, 1)))).toBe(true);
	});
});

describe('a page of transactions', () => {
	it('nothing is sent that was not asked for', async () => {
		await getTransactionPage(connection, checkTransactionQuery({}));
		expect(sandbox.casso.requests.list()).toMatchObject([{ method: 'GET', path: '/v2/transactions', query: {} }]);
	});

	it('every parameter reaches Casso as documented', async () => {
		const query = checkTransactionQuery({
			fromDate: '2026-01-05T00:00:00',
			toDate: '2026-02-05',
			sort: 'desc',
			page: 2,
			pageSize: 20,
		});
		await getTransactionPage(connection, query);
		const expected = { fromDate: '2026-01-05', toDate: '2026-02-05', sort: 'DESC', page: '2', pageSize: '20' };
		expect(sandbox.casso.requests.list()).toMatchObject([{ path: '/v2/transactions', query: expected }]);
		expect(Object.keys(sandbox.casso.requests.list()[0]?.query ?? {})).toHaveLength(5);
	});

	it('of one account, it goes to that account and names it only in the path', async () => {
		const { accountId } = newest();
		await getTransactionPage(connection, checkTransactionQuery({ accountId }));
		expect(sandbox.casso.requests.list()).toMatchObject([
			{ path: `/v2/accounts/${String(accountId)}/transactions`, query: {} },
		]);
	});

	const ends: Partial<CassoQuirks>[] = [
		{},
		{ pageEnd: 'zero' },
		{ pageEnd: 'missing' },
		{ pageNumbers: 'string' },
		{ totals: 'missing' },
		{ totals: 'tooLow' },
		{ totals: 'zero' },
	];
	it.each(ends)('the last page says so, others do not: %p', async (change) => {
		quirks(change);
		const range = { fromDate: addDays(today, -90), toDate: today, pageSize: 50 };
		const first = await getTransactionPage(connection, { ...range, page: 1 });
		const last = await getTransactionPage(connection, { ...range, page: 3 });
		expect([first.hasNext, last.hasNext]).toEqual([true, false]);
		expect([first.records.length, last.records.length]).toEqual([50, 20]);
		expect([first.page, first.pageSize]).toEqual([1, 50]);
	});

	it('a page size that the server caps is told as it is', async () => {
		quirks({ maxPageSize: 7 });
		const page = await getTransactionPage(connection, { fromDate: addDays(today, -90), pageSize: 50 });
		expect([page.pageSize, page.records.length]).toEqual([7, 7]);
	});

	it('a bare list is a page', async () => {
		quirks({ listForm: 'array' });
		const page = await getTransactionPage(connection, { fromDate: addDays(today, -90), pageSize: 20 });
		expect(page.records).toHaveLength(20);
	});

	it('null is an empty page', async () => {
		sandbox.casso.faults.add({ kind: 'nullData' });
		expect((await getTransactionPage(connection, {})).records).toEqual([]);
	});

	it('all dialects tell the same of a transaction', async () => {
		const { id, accountId } = newest();
		const known = (await getAccount(connection, accountId)).account;
		const day = { fromDate: today, toDate: today, pageSize: 50 };
		const ofAll = (await getTransactionPage(connection, day)).records
			.map((record) => normaliseTransaction(record).transaction)
			.find((found) => found.id === id);
		const ofOne = (await getTransactionPage(connection, { ...day, accountId: String(accountId) })).records
			.map((record) => normaliseTransaction(record, { account: known }).transaction)
			.find((found) => found.id === id);
		expect(ofOne).toEqual(ofAll);
		expect(ofAll?.accountNumber).toBe(known.accountNumber);
	});

	it.each(['vietnam', 'utc'] as const)(
		'Z times of an account mean the same moment, if Z means %s to both',
		async (zTimes) => {
			quirks({ zTimes });
			const { id, accountId } = newest();
			const at = (await getTransaction(connection, id)).transaction.transactedAt;
			const page = await getTransactionPage(connection, {
				accountId: String(accountId),
				fromDate: today,
				pageSize: 50,
			});
			const found = page.records
				.map((record) => normaliseTransaction(record, { timesEndingInZ: zTimes }).transaction)
				.find((record) => record.id === id);
			expect(found?.transactedAt).toBe(at);
		},
	);
});
