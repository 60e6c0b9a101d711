/** A report may be shown to anybody: with personal data in every field of every answer it holds none of it. */
import fc from 'fast-check';
import { CASSO_MORE, runCassoDoctor } from '@saoke/core/doctor';
import { startSandbox, type CassoQuirks, type Sandbox } from '@saoke/sandbox';
import { connectTo } from '../harness/casso';
import { listen, type Listener } from './listener';

let sandbox: Sandbox;
let listener: Listener;

beforeAll(async () => {
	sandbox = await startSandbox({ transactions: 60 });
	listener = await listen();
});
afterAll(async () => {
	await listener.close();
	await sandbox.close();
});

/** Numbers by which pages and answers are counted, not people. */
const COUNTS = new Set([
	'error',
	'page',
	'pageSize',
	'nextPage',
	'prevPage',
	'totalPages',
	'totalRecords',
	'connectStatus',
	'planStatus',
]);
const DAY_OR_TIME = /^\d{4}-\d\d-\d\d/;

/** Replaces every text and number of an answer by one of a person; equal ones stay equal. */
function personalise(value: unknown, secretOf: (value: string | number) => string | number, key = ''): unknown {
	if (Array.isArray(value)) return value.map((item) => personalise(item, secretOf, key));
	if (typeof value === 'object' && value !== null)
		return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, personalise(item, secretOf, name)]));
	if (typeof value === 'number') return COUNTS.has(key) ? value : secretOf(value);
	if (typeof value !== 'string' || value === '' || DAY_OR_TIME.test(value)) return value;
	return secretOf(value);
}

const quirks = fc.record<Partial<CassoQuirks>>(
	{
		errorStatus: fc.constantFrom('http', 'always200'),
		recordForm: fc.constantFrom('full', 'minimal'),
		zTimes: fc.constantFrom('vietnam', 'utc'),
		privateId: fc.constantFrom('equal', 'different'),
		totals: fc.constantFrom('exact', 'tooHigh'),
		param2: fc.constantFrom('empty', 'token'),
		extraKeys: fc.constantFrom('none', 'some'),
	},
	{ requiredKeys: [] },
);

it('names, numbers, amounts, memos, addresses and keys stay out', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 9_000 }),
			fc.string({ minLength: 3, maxLength: 12 }),
			quirks,
			async (salt, word, change) => {
				sandbox.casso.reset();
				sandbox.casso.quirks.set(change);
				listener.received = [];
				const secrets = new Map<string | number, string | number>();
				const secretOf = (value: string | number): string | number => {
					const secret =
						secrets.get(value) ??
						(typeof value === 'number'
							? salt * 1_000_003 + secrets.size * 7919 + 10_000_019
							: `${word}~${salt}~${secrets.size}~NGUYEN`);
					secrets.set(value, secret);
					return secret;
				};
				const connection = connectTo(sandbox);
				const { transport } = connection;
				connection.transport = async (request) => {
					// Back to what the sandbox knows, where an id of an answer is asked for.
					const url = [...secrets].reduce(
						(asked, [real, secret]) => asked.replace(`/${secret}`, `/${real}`),
						request.url,
					);
					const body = [...secrets].reduce(
						(asked, [real, secret]) => asked?.replaceAll(JSON.stringify(secret), JSON.stringify(real)),
						request.body,
					);
					const answer = await transport({ ...request, url, body });
					return answer.body === ''
						? answer
						: { ...answer, body: JSON.stringify(personalise(JSON.parse(answer.body), secretOf)) };
				};
				const token = `token-${salt}-of-the-doctor`;
				const address = `${listener.url}/saoke-doctor-${salt}`;
				const report = await runCassoDoctor(connection, {
					more: CASSO_MORE,
					extras: {
						write: { address, token },
						sync: true,
						webhookUrl: address,
						secrets: { secureToken: token },
						listen: async () => {
							sandbox.casso.addTransaction({ amount: salt * 1_000_003, memo: `${word}~${salt}~memo` });
							await sandbox.casso.whenIdle();
							return listener.received;
						},
					},
				});
				expect(report.rows.length).toBeGreaterThan(40);
				const written = JSON.stringify(report);
				const told = [...secrets.values(), token, address, sandbox.apiKey, salt * 1_000_003, `${word}~${salt}~memo`];
				expect(secrets.size).toBeGreaterThan(50);
				expect(told.filter((secret) => written.includes(JSON.stringify(secret).replace(/^"|"$/g, '')))).toEqual([]);
			},
		),
		{ numRuns: 25 },
	);
});
