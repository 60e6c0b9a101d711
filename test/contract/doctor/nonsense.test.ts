/** Against a server that answers nonsense the doctor ends with a table: no stack, no endless run, no data of the server. */
import fc from 'fast-check';
import type { HttpRequest, HttpResponse, Runtime, Transport } from '@saoke/core';
import { CASSO_MORE, runCassoDoctor, type Report } from '@saoke/core/doctor';

/** What only the command line asks by reading. */
const DETAILS = new Set(CASSO_MORE.probes.filter(({ needs }) => needs === undefined).map(({ id }) => id));

const OK = '{"error":0,"message":"success","data":{"user":{"id":1},"bankAccs":[]}}';

const json = (body: unknown, status = 200): HttpResponse => ({ status, headers: {}, body: JSON.stringify(body) });
const text = (body: string, status = 200): HttpResponse => ({ status, headers: { date: 'never' }, body });

const SERVERS: Record<string, (request: HttpRequest) => HttpResponse> = {
	'an HTML page': () => text('<!doctype html><title>Login</title>'),
	'nothing at all': () => text(''),
	'two megabytes of letters': () => text('x'.repeat(2_000_000)),
	'brackets without end': () => text('['.repeat(100_000)),
	'HTTP 500': () => text('Internal Server Error', 500),
	'HTTP 429 for ever': () => ({ status: 429, headers: { 'retry-after': '1' }, body: '' }),
	'HTTP 429 until next year': () => ({ status: 429, headers: { 'retry-after': '31536000' }, body: '' }),
	'a redirect': () => ({ status: 302, headers: { location: 'https://example.com/' }, body: '' }),
	'a hang': () => {
		throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
	},
	'a broken connection': () => {
		throw new TypeError('fetch failed');
	},
	'numbers for data': () => json({ error: 0, data: 42 }),
	'text for data': () => json({ error: 0, data: 'abc' }),
	'null for records': () => json({ error: 0, data: { records: [null, 1, 'a', [], {}], page: 'x', totalPages: -1 } }),
	'records of wrong types': () =>
		json({
			error: 0,
			data: {
				records: [{ id: {}, when: 7, amount: 'much', accountId: [], cusumBalance: {}, tid: null }],
				totalPages: 1e300,
				totalRecords: 0.5,
				bankAccs: 'none',
			},
		}),
	'a text for error': () => json({ error: 'yes', message: {}, data: [] }),
	'failures with HTTP 200': () => json({ error: 123456789012, message: 'no', data: null }),
};

const ends = async (transport: Transport): Promise<Report> => {
	let sent = 0;
	let nowMs = Date.now();
	const runtime: Runtime = {
		now: () => nowMs,
		random: () => 0,
		sleep: async (ms) => {
			nowMs += ms;
			await Promise.resolve();
		},
	};
	const counted: Transport = async (request) => {
		sent++;
		return await transport(request);
	};
	const report = await runCassoDoctor(
		{ baseUrl: 'https://casso.example.com', transport: counted, runtime },
		{
			more: CASSO_MORE,
			extras: {
				write: { address: 'https://saoke-doctor.invalid/', token: 'token-of-the-test' },
				sync: true,
				webhookUrl: 'no address',
				listen: () =>
					Promise.resolve([{ atMs: 1, headers: {}, body: new Uint8Array(), answered: 401, delayMs: 0, isOwn: true }]),
			},
		},
	);
	expect(sent).toBe(report.requests);
	expect(sent).toBeLessThanOrEqual(60);
	expect([0, 1, 2]).toContain(report.exitCode);
	expect(report.checks.length).toBeGreaterThan(0);
	// It would be missing in n8n and Node-RED.
	expect(report.rows.filter(({ id, todo }) => DETAILS.has(id) && todo !== 'nothing')).toEqual([]);
	for (const { question, verdict, evidence, consequence } of [...report.checks, ...report.rows]) {
		expect(question && verdict && evidence).toBeTruthy();
		expect(`${evidence} ${consequence}`).not.toMatch(/undefined|NaN|\[object|Error:|Infinity/);
		expect(evidence.length).toBeLessThan(160);
	}
	return report;
};

describe.each(Object.entries(SERVERS))('a server that answers with %s', (_name, answer) => {
	it('from the beginning', async () => {
		await ends(async (request) => await Promise.resolve(answer(request)));
	});

	it('to all but the first question', async () => {
		const report = await ends(
			async (request) => await Promise.resolve(request.url.endsWith('/userInfo') ? text(OK) : answer(request)),
		);
		expect(report.exitCode).not.toBe(2);
		expect(report.rows.length).toBeGreaterThan(30);
	});
});

it.each(['an HTML page', 'HTTP 500', 'a hang', 'a broken connection', 'nothing at all'])(
	'%s is not Casso',
	async (name) => {
		const answer = SERVERS[name] as (request: HttpRequest) => HttpResponse;
		const report = await ends(async (request) => await Promise.resolve(answer(request)));
		expect(report).toMatchObject({
			exitCode: 2,
			conclusion: expect.stringContaining('could not be reached') as string,
			checks: [{ todo: 'set', consequence: expect.stringContaining('base URL') as string }],
		});
	},
);

it('any JSON at all', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.infiniteStream(fc.json({ depthSize: 'small' })),
			fc.integer({ min: 100, max: 599 }),
			async (bodies, status) => {
				await ends(async () => await Promise.resolve(text([...bodies.take(1)].join(''), status)));
			},
		),
		{ numRuns: 60 },
	);
});

it('any envelope and any records at all', async () => {
	const field = fc.oneof(
		fc.string(),
		fc.integer(),
		fc.constant(null),
		fc.double(),
		fc.constantFrom('2026-11-20T10:00:00', '2026-11-20'),
	);
	const record = fc.dictionary(
		fc.constantFrom(
			'id',
			'tid',
			'when',
			'amount',
			'cusumBalance',
			'accountId',
			'bankSubAccId',
			'privateId',
			'transactionDateTime',
			'connectStatus',
			'endingTxnDate',
			'bank',
		),
		field,
	);
	const records = fc.array(fc.oneof({ weight: 9, arbitrary: record }, fc.constant(null)), { maxLength: 8 });
	const data = fc.oneof(
		records,
		fc.record({ records, page: field, totalPages: field, totalRecords: field, nextPage: field, bankAccs: records }),
		field,
	);
	await fc.assert(
		fc.asyncProperty(fc.infiniteStream(data), async (stream) => {
			await ends(
				async () => await Promise.resolve(json({ error: 0, message: 'success', data: [...stream.take(1)][0] })),
			);
		}),
		{ numRuns: 150 },
	);
});
