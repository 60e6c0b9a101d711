/** What the sandbox has no switch for: the checks, and a Casso with habits of its own. */
import type { HttpRequest, HttpResponse } from '@saoke/core';
import { CASSO_MORE, runCassoDoctor, type CassoExtras, type ReportRow } from '@saoke/core/doctor';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { connectTo, type TestConnection } from '../harness/casso';

let sandbox: Sandbox;
let connection: TestConnection;

beforeAll(async () => {
	sandbox = await startSandbox({ seed: 5, accounts: 5 });
});
beforeEach(() => {
	sandbox.casso.reset();
	connection = connectTo(sandbox);
});
afterAll(async () => {
	await sandbox.close();
});

async function find(id: string, extras: CassoExtras = {}): Promise<ReportRow | undefined> {
	const { checks, rows } = await runCassoDoctor(connection, { more: CASSO_MORE, extras });
	return [...checks, ...rows].find((row) => row.id === id);
}

type Row = Record<string, unknown>;

/** Changes the records of every list of all accounts. */
function changeRecords(
	change: (records: Row[], url: URL) => Row[],
	ask = (request: HttpRequest): HttpRequest => request,
): void {
	const { transport } = connection;
	connection.transport = async (request): Promise<HttpResponse> => {
		const url = new URL(request.url);
		if (!url.pathname.endsWith('/v2/transactions')) return await transport(request);
		const answer = await transport(ask(request));
		const body = JSON.parse(answer.body) as { data?: { records?: Row[] } };
		if (body.data?.records) body.data.records = change(body.data.records, url);
		return { ...answer, body: JSON.stringify(body) };
	};
}

const shifted = (value: unknown, hours: number): string =>
	new Date(Date.parse(`${String(value)}Z`) + hours * 3_600_000).toISOString().slice(0, 19);

it('a clock that is wrong', async () => {
	connection.runtime.now = () => Date.now() + 90_000;
	expect(await find('clock')).toMatchObject({
		verdict: 'attention',
		evidence: expect.stringMatching(/(89|90|91) s ahead/) as string,
	});
});

it('an account that is not connected', async () => {
	expect(await find('accounts')).toMatchObject({
		verdict: 'attention',
		evidence: '1 of 5 not connected, 0 without a paid plan',
	});
});

it('a transaction that is missing, and its day', async () => {
	expect(await find('gaps')).toMatchObject({ verdict: 'all right' });
	const rows = sandbox.casso.data.transactions.range(null, -Infinity, Infinity).list;
	const [account] = sandbox.casso.data.accounts;
	const own = rows.filter(({ accountId }) => accountId === account?.id);
	const missing = own.at(-10);
	changeRecords((records) => records.filter(({ id }) => id !== missing?.id));
	const found = await find('gaps');
	expect(found).toMatchObject({ verdict: 'attention', todo: 'set' });
	expect(found?.evidence).toMatch(/^a gap on \d{4}-\d\d-\d\d$/);
});

it('webhooks, if a Casso lists them', async () => {
	const { transport } = connection;
	connection.transport = async (request) =>
		request.url.endsWith('/v2/webhooks')
			? {
					status: 200,
					headers: {},
					body: JSON.stringify({
						error: 0,
						data: [
							{ id: 1, param1: 'https://n8n.example.com/webhook/a', status: 'ACTIVE' },
							{ id: 2, param1: 'https://shop.example.com/b', status: 'PAUSED' },
						],
					}),
				}
			: await transport(request);
	expect(await find('webhooks', { webhookUrl: 'https://n8n.example.com/webhook/a' })).toMatchObject({
		verdict: 'attention',
		evidence: '2 registered, 1 with the given address, 1 paused or disabled',
	});
});

it.each([
	['http://192.168.1.5/hook', undefined, 'attention'],
	['http://shop.example.com/hook', undefined, 'attention'],
	['https://shop.example.com/hook', undefined, 'cannot tell'],
	['https://shop.example.com/hook', false, 'attention'],
	['https://shop.example.com/hook', true, 'all right'],
	['shop', undefined, 'cannot tell'],
])('the address %s, reached: %s', async (webhookUrl, isWebhookReached, verdict) => {
	expect(await find('webhookAddress', { webhookUrl, isWebhookReached })).toMatchObject({ verdict });
});

it('a transaction of a moment ago tells the zone of `when`', async () => {
	const longAgo = Date.now() - 24 * 3_600_000;
	changeRecords((records) => records.filter(({ when }) => Date.parse(`${String(when)}+07:00`) < longAgo));
	expect(await find('whenZone')).toMatchObject({ verdict: 'cannot tell' });
	connection = connectTo(sandbox);
	sandbox.casso.addTransaction({ amount: 10_000, memo: 'DH1', time: Date.now() - 120_000 });
	expect(await find('whenZone')).toMatchObject({ verdict: 'as assumed' });
});

it('`when` in UTC, with days of Vietnam', async () => {
	changeRecords((records) => records.map((row) => ({ ...row, when: shifted(row.when, -7) })));
	expect(await find('days')).toMatchObject({ verdict: 'otherwise', todo: 'set' });
	sandbox.casso.quirks.set({ zTimes: 'utc' });
	expect(await find('zTimes')).toMatchObject({ verdict: 'otherwise', option: 'Times Ending in Z: UTC' });
	expect(await find('whenZone')).toMatchObject({ verdict: 'otherwise', todo: 'new version' });
});

it('days of UTC', async () => {
	changeRecords(
		(records, url) => {
			const [from, to] = [url.searchParams.get('fromDate') ?? '', url.searchParams.get('toDate') ?? ''];
			return from === to ? records.filter(({ when }) => shifted(when, -7).startsWith(from)) : records;
		},
		(request) => {
			const url = new URL(request.url);
			const to = url.searchParams.get('toDate') ?? '';
			if (url.searchParams.get('fromDate') !== to) return request;
			url.searchParams.set('toDate', shifted(`${to}T00:00:00`, 24).slice(0, 10));
			return { ...request, url: url.href };
		},
	);
	expect(await find('days')).toMatchObject({ verdict: 'otherwise', option: 'Days to Look Back' });
});

it('pages that begin with 0', async () => {
	changeRecords(
		(records) => records,
		(request) => {
			const url = new URL(request.url);
			const page = url.searchParams.get('page');
			if (page !== null) url.searchParams.set('page', String(Number(page) + 1));
			return { ...request, url: url.href };
		},
	);
	expect(await find('firstPage')).toMatchObject({ verdict: 'otherwise', todo: 'new version' });
});

it('the oldest first, whatever is asked', async () => {
	changeRecords((records) => [...records].sort((a, b) => (String(a.when) < String(b.when) ? -1 : 1)));
	expect(await find('sort')).toMatchObject({ verdict: 'otherwise', evidence: 'the oldest come first' });
});

it('a limit of requests, with a pause', async () => {
	const { transport } = connection;
	let asked = 0;
	connection.transport = async (request) =>
		++asked === 5 ? { status: 429, headers: { 'retry-after': '7' }, body: '' } : await transport(request);
	expect(await find('limits')).toMatchObject({
		verdict: 'otherwise',
		evidence: expect.stringContaining('7 s') as string,
	});
	expect(connection.slept).toContain(7000);
});
