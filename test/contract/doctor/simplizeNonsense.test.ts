/** The doctor of Simplize against nonsense, and with personal data in every field: a table, and nothing of the service in it. */
import fc from 'fast-check';
import type { HttpResponse, Transport } from '@saoke/core';
import { printReport, runSimplizeDoctor, type Report } from '@saoke/core/doctor';
import { closeAll, createClient, start } from '../simplize/support';

afterAll(closeAll);

const text = (body: string, status = 200): HttpResponse => ({ status, headers: {}, body });
const json = (body: unknown, status = 200): HttpResponse => text(JSON.stringify(body), status);

const SERVERS: Record<string, () => HttpResponse> = {
	'an HTML page': () => text('<!doctype html><title>Login</title>'),
	'nothing at all': () => text(''),
	'HTTP 500': () => text('Internal Server Error', 500),
	'brackets without end': () => text('['.repeat(100_000)),
	'a hang': () => {
		throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
	},
	'text for data': () => json({ status: 200, data: 'abc', total: 'many' }),
	'rows of wrong types': () =>
		json({
			status: 200,
			total: -1,
			data: [null, 7, { transactionId: {}, date: 5, createdDate: [], userId: null, portfolioId: 'x' }],
		}),
	'lists of lists': () => json({ status: 200, data: { a: [[]], b: [{ userId: 'u', portfolioId: 1e300 }] } }),
	'a large status': () => json({ status: 123456789012, message: 'no' }),
};

async function examine(transport: Transport): Promise<Report> {
	let sent = 0;
	const report = await runSimplizeDoctor(
		{
			baseUrl: 'https://simplize.example.com',
			recvWindow: 5000,
			transport: async (request) => {
				sent++;
				return await transport(request);
			},
			runtime: { now: () => Date.now(), random: () => 0, sleep: async () => await Promise.resolve() },
		},
		{ extras: { detect: true, externalUserId: 'USER015', portfolioId: 862 } },
	);
	expect(sent).toBe(report.requests);
	expect(sent).toBeLessThanOrEqual(60);
	expect(printReport(report)).not.toMatch(/undefined|NaN|\[object|Error:|Infinity/);
	for (const { question, verdict, evidence } of [...report.checks, ...report.rows])
		expect(question && verdict && evidence).toBeTruthy();
	return report;
}

it.each(Object.entries(SERVERS))('%s', async (_name, answer) => {
	const report = await examine(async () => await Promise.resolve(answer()));
	expect(report.checks.length).toBeGreaterThan(0);
});

it.each(['an HTML page', 'nothing at all', 'HTTP 500', 'a hang'])('%s is not Simplize', async (name) => {
	const answer = SERVERS[name] as () => HttpResponse;
	expect(await examine(async () => await Promise.resolve(answer()))).toMatchObject({
		exitCode: 2,
		checks: [{ todo: 'set', consequence: expect.stringContaining('base URL') as string }],
	});
});

it('any JSON at all', async () => {
	await fc.assert(
		fc.asyncProperty(fc.infiniteStream(fc.json()), fc.boolean(), async (bodies, isEnvelope) => {
			await examine(async () => {
				const body = [...bodies.take(1)].join('');
				return await Promise.resolve(text(isEnvelope ? `{"status":200,"data":${body}}` : body));
			});
		}),
		{ numRuns: 100 },
	);
});

/** Numbers by which answers are counted, not people. */
const COUNTS = new Set(['status', 'total', 'totalCount', 'successCount', 'failedCount']);
const DAY_OR_TIME = /^\d{4}-\d\d-\d\d|^\d\d\/\d\d\/\d{4}/;

it('names, numbers, amounts, notes and keys stay out of the report', async () => {
	const sandbox = await start();
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 9_000 }),
			fc.string({ minLength: 3, maxLength: 12 }),
			async (salt, word) => {
				const told = new Set<string>([sandbox.simplize.apiKey, sandbox.simplize.apiSecret, 'USER015']);
				const personalise = (value: unknown, key = ''): unknown => {
					if (Array.isArray(value)) return value.map((item) => personalise(item, key));
					if (typeof value === 'object' && value !== null)
						return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, personalise(item, name)]));
					const isPersonal =
						typeof value === 'number' ? !COUNTS.has(key) : typeof value === 'string' && !DAY_OR_TIME.test(value);
					if (!isPersonal) return value;
					const secret =
						typeof value === 'number' ? 10_000_019 + salt * 7919 + told.size : `${word}~${salt}~${told.size}`;
					told.add(JSON.stringify(secret).replace(/^"|"$/g, ''));
					return secret;
				};
				const { connection } = createClient(sandbox);
				const { transport } = connection;
				connection.transport = async (request) => {
					const answer = await transport(request);
					return { ...answer, body: JSON.stringify(personalise(JSON.parse(answer.body))) };
				};
				const extras = { externalUserId: 'USER015', portfolioId: 862, detect: true };
				const report = await runSimplizeDoctor(connection, { extras });
				expect(report.rows.length).toBeGreaterThan(15);
				expect(told.size).toBeGreaterThan(100);
				const written = JSON.stringify(report) + printReport(report);
				expect([...told].filter((secret) => written.includes(secret))).toEqual([]);
			},
		),
		{ numRuns: 20 },
	);
});
