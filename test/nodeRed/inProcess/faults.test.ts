/** Everything that can go wrong with a call: the status shown, what Catch gets, and no crash. */
import { startSandbox, type ApiFault, type Sandbox } from '@saoke/sandbox';
import { getError, lastStatus, LISTENERS, TestRuntime, until, type TestFlow } from '../harness/helper';

let sandbox: Sandbox;
let runtime: TestRuntime;

beforeEach(async () => {
	sandbox = await startSandbox({ transactions: 20 });
	runtime = new TestRuntime({ longestMs: 300 });
	runtime.time.isFree = true;
	const flow: TestFlow = [
		...LISTENERS,
		{ id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl },
		{
			id: 'node',
			type: 'casso-transactions',
			z: 'tab',
			casso: 'casso',
			operation: 'getAll',
			period: 'custom',
			fromDate: '90',
			fromDateType: 'daysAgo',
			toDate: '0',
			toDateType: 'daysAgo',
			wires: [['out']],
		},
		{ id: 'accounts', type: 'casso-accounts', z: 'tab', casso: 'casso', operation: 'getAll', wires: [['out']] },
		{ id: 'out', type: 'helper', z: 'tab' },
		{ id: 'complete', type: 'complete', z: 'tab', scope: ['node'], wires: [['completed']] },
		{ id: 'completed', type: 'helper', z: 'tab' },
	];
	await runtime.start(flow, { casso: { apiKey: sandbox.apiKey } });
});

afterEach(async () => {
	await sandbox.close();
	await runtime.stop();
});

interface Row {
	name: string;
	fault: ApiFault;
	status: string;
	code: string;
	says: RegExp;
	httpStatus?: number;
}

const ROWS: Row[] = [
	{
		name: '401',
		fault: { kind: 'httpError', status: 401, error: 401 },
		status: 'status.unauthorized',
		code: 'CASSO_API',
		says: /Check the key/,
		httpStatus: 401,
	},
	{
		name: '403',
		fault: { kind: 'httpError', status: 403 },
		status: 'status.forbidden',
		code: 'CASSO_API',
		says: /may not do this/,
		httpStatus: 403,
	},
	{
		name: '404',
		fault: { kind: 'httpError', status: 404 },
		status: 'status.notFound',
		code: 'CASSO_API',
		says: /HTTP 404/,
		httpStatus: 404,
	},
	{
		name: '429 with Retry-After',
		fault: { kind: 'httpError', status: 429, retryAfterSeconds: 3 },
		status: 'status.tooManyRequests',
		code: 'CASSO_API',
		says: /Too many requests/,
		httpStatus: 429,
	},
	{
		name: '500',
		fault: { kind: 'httpError', status: 500 },
		status: 'status.serviceDown',
		code: 'CASSO_API',
		says: /having trouble/,
		httpStatus: 500,
	},
	{
		name: '503',
		fault: { kind: 'httpError', status: 503 },
		status: 'status.serviceDown',
		code: 'CASSO_API',
		says: /having trouble/,
		httpStatus: 503,
	},
	{
		name: 'an HTML page',
		fault: { kind: 'html', status: 200 },
		status: 'status.unreadable',
		code: 'CASSO_API',
		says: /not readable/,
		httpStatus: 200,
	},
	{
		name: 'a reset in mid-body',
		fault: { kind: 'reset' },
		status: 'status.noAnswer',
		code: 'NETWORK',
		says: /No answer to GET \/casso\/v2\/transactions/,
	},
	{
		name: 'invalid JSON',
		fault: { kind: 'invalidJson' },
		status: 'status.unreadable',
		code: 'CASSO_API',
		says: /not readable/,
		httpStatus: 200,
	},
	{
		name: 'error other than 0 with HTTP 200',
		fault: { kind: 'errorEnvelope', error: 77, message: 'no such thing' },
		status: 'status.serviceError',
		code: 'CASSO_API',
		says: /error 77.*no such thing/,
		httpStatus: 200,
	},
	{
		name: 'no answer at all',
		fault: { kind: 'never' },
		status: 'status.noAnswer',
		code: 'NETWORK',
		says: /timed out|aborted|connection failed/i,
	},
];

test.each(ROWS)(
	'$name: status $status, code $code, completed by the error alone',
	async ({ fault, status, code, says, httpStatus }) => {
		sandbox.casso.faults.add(fault);
		const statuses = runtime.collect('statuses');
		const completed = runtime.collect('completed');
		const out = runtime.collect('out');
		const caught = await runtime.ask('node', 'caught', { payload: 'original', topic: 'kept' });
		expect(getError(caught).code).toBe(code);
		expect(getError(caught).message).toMatch(says);
		expect(getError(caught).cause?.httpStatus).toBe(httpStatus);
		expect(caught).toMatchObject({ payload: 'original', topic: 'kept' });
		await until('status', () => lastStatus(statuses) === status);
		expect(JSON.stringify([caught, statuses])).not.toContain(sandbox.apiKey);
		expect(completed).toEqual([]);
		expect(out).toEqual([]);
		// The next message works as if nothing had been.
		sandbox.casso.faults.clear();
		expect((await runtime.ask('node', 'out')).payload).toHaveProperty('length', 20);
	},
);

test('null data is an empty list, and null for one account is an error', async () => {
	sandbox.casso.faults.add({ kind: 'nullData' });
	expect((await runtime.ask('node', 'out')).payload).toEqual([]);
	expect((await runtime.ask('accounts', 'out')).payload).toEqual([]);
});

test('Retry-After is obeyed, and the pause shows below the node', async () => {
	sandbox.casso.faults.add({ kind: 'httpError', status: 429, retryAfterSeconds: 7, count: 1 });
	const statuses = runtime.collect('statuses');
	expect((await runtime.ask('node', 'out')).payload).toHaveProperty('length', 20);
	expect(Math.max(...runtime.time.asked)).toBeGreaterThanOrEqual(6_900);
	expect(statuses.some((message) => (message.status as { text?: string }).text?.startsWith('⟳'))).toBe(true);
});

test('a service that is not there', async () => {
	await sandbox.close();
	const caught = await runtime.ask('accounts', 'caught');
	expect(getError(caught)).toMatchObject({ code: 'NETWORK' });
	expect(getError(caught).message).toMatch(/Check the base URL/);
});
