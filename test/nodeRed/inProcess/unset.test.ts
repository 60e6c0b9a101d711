/** What is configured and comes to nothing is an error that names the field and the source: in every field of every node. */
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import {
	getError,
	lastStatus,
	LISTENERS,
	TestRuntime,
	until,
	type TestCredentials,
	type TestFlow,
} from '../harness/helper';
import { deliverSigned, deliverWithToken, KEY, TOKEN, transaction, webhookFlow } from '../harness/webhook';

let sandbox: Sandbox;
let runtime: TestRuntime;

beforeEach(async () => {
	sandbox = await startSandbox({ transactions: 5 });
	runtime = new TestRuntime();
	runtime.time.isFree = true;
	process.env.SAOKE_TEST_EMPTY = '';
	process.env.SAOKE_TEST_SET = '0071000888888';
});

afterEach(async () => {
	delete process.env.SAOKE_TEST_EMPTY;
	delete process.env.SAOKE_TEST_SET;
	await sandbox.close();
	await runtime.stop();
});

const CONFIGS: TestFlow = [
	{ id: 'casso', type: 'casso-config' },
	{ id: 'simplizeConfig', type: 'simplize-config' },
];

interface Started {
	config?: Record<string, unknown>;
	credentials?: TestCredentials;
	/** Environment of the flow. */
	env?: { name: string; value: string; type: string }[];
}

/** @param nodes of ours, whose ids become node0, node1, … */
async function start(
	{ config = {}, credentials = {}, env = [] }: Started,
	...nodes: Record<string, unknown>[]
): Promise<void> {
	const baseUrls = [sandbox.cassoUrl, sandbox.simplizeUrl];
	const flow: TestFlow = [
		...LISTENERS.map((one) => (one.id === 'tab' ? { ...one, env } : one)),
		...CONFIGS.map((one, at) => ({ ...one, baseUrl: baseUrls[at], ...config })),
		...nodes.map((node, at) => ({
			...{ type: '', z: 'tab', casso: 'casso', simplize: 'simplizeConfig', wires: [['out']] },
			...node,
			id: `node${String(at)}`,
		})),
		{ id: 'out', type: 'helper', z: 'tab' },
	];
	const { apiKey, apiSecret } = sandbox.simplize;
	await runtime.start(flow, {
		casso: { apiKey: sandbox.apiKey },
		simplizeConfig: { apiKey, apiSecret },
		...credentials,
	});
}

/** @returns what Catch gets when the node refuses a message; nothing was sent to a service */
async function refusal(message: Record<string, unknown> = {}, at = 0): Promise<Record<string, unknown>> {
	const statuses = runtime.collect('statuses');
	const caught = await runtime.ask(`node${String(at)}`, 'caught', message);
	const { code, cause, message: text } = getError(caught);
	expect(code).toBe('INVALID_PARAMETER');
	expect(text).toContain(String(cause?.parameter));
	expect(text).toContain(String(cause?.source));
	await until('status', () => lastStatus(statuses) === `∅ ${String(cause?.source)}`);
	expect(sandbox.casso.requests.list()).toEqual([]);
	return cause ?? {};
}

const CUSTOM = { period: 'custom', fromDate: '2026-01-01', toDate: '2026-01-31' };
const FIELDS: [string, string[], Record<string, unknown>][] = [
	['casso-transactions', ['minAmount', 'maxAmount', 'description', 'accountNumbers'], {}],
	['casso-transactions', ['fromDate', 'toDate'], CUSTOM],
	['casso-transactions', ['account'], { accountScope: 'one' }],
	['casso-transactions', ['transactionId'], { operation: 'get' }],
	['simplize', ['ticker', 'transactionTypes', 'externalUserId', 'portfolioId'], {}],
	['simplize', ['fromDate', 'toDate'], CUSTOM],
	['simplize', ['batchId'], { operation: 'syncStatus' }],
	['casso-accounts', ['account'], { operation: 'get' }],
	['casso-match', ['orders'], {}],
];
const SIMPLIZE = { operation: 'cashHistory', externalUserId: 'U1', portfolioId: '1' };

const SOURCES: [value: string, type: string, source: string][] = [
	['SAOKE_TEST_NOPE', 'env', '${SAOKE_TEST_NOPE}'],
	['SAOKE_TEST_EMPTY', 'env', '${SAOKE_TEST_EMPTY}'],
	['${SAOKE_TEST_NOPE}', 'env', '${SAOKE_TEST_NOPE}'],
	['${SAOKE_TEST_SET}-${SAOKE_TEST_NOPE}', 'env', '${SAOKE_TEST_NOPE}'],
	['nope', 'msg', 'msg.nope'],
	['nope.deeper', 'msg', 'msg.nope.deeper'],
	['blank', 'msg', 'msg.blank'],
	['nope', 'flow', 'flow.nope'],
	['nope', 'global', 'global.nope'],
	['nope.deeper', 'jsonata', 'its JSONata expression'],
	['${SAOKE_TEST_NOPE}', 'jsonata', '${SAOKE_TEST_NOPE}'],
	['${SAOKE_TEST_NOPE}', 'str', '${SAOKE_TEST_NOPE}'],
	['${SAOKE_TEST_EMPTY}', 'str', '${SAOKE_TEST_EMPTY}'],
	['x${SAOKE_TEST_SET}', 'str', '${SAOKE_TEST_SET}'],
];

describe.each(FIELDS)('%s', (type, names, more) => {
	it.each(names)('%s, from every source', async (name) => {
		const node = (value: string, kind: string): Record<string, unknown> => {
			const typed = { [name]: value, [`${name}Type`]: kind };
			return { type, ...(type === 'simplize' ? SIMPLIZE : {}), ...more, ...typed };
		};
		await start({}, ...SOURCES.map(([value, kind]) => node(value, kind)));
		for (const [at, [, , source]] of SOURCES.entries()) {
			const { parameter, source: named } = await refusal({ blank: ' ', payload: [] }, at);
			expect([parameter, named]).toEqual([expect.stringContaining(name), source]);
		}
	});
});

describe('plain fields', () => {
	it.each([
		['casso-transactions', 'limit', {}],
		['casso-transactions', 'paymentCode', {}],
		['casso-accounts', 'casso', {}],
		['casso-match', 'tolerance', {}],
		['simplize', 'pageSize', SIMPLIZE],
	])('%s %s', async (type, name, more) => {
		await start({}, { type, operation: 'getAll', ...more, [name]: '${SAOKE_TEST_NOPE}' });
		expect(await refusal({ payload: [], orders: [] })).toEqual({ parameter: name, source: '${SAOKE_TEST_NOPE}' });
	});

	it.each(['description', 'accountNumbers', 'minAmount', 'overlapDays', 'interval', 'paymentCode'])(
		'a poll with an unset %s does not start',
		async (name) => {
			await start({}, { type: 'casso-poll', [name]: '${SAOKE_TEST_NOPE}' });
			const statuses = runtime.collect('statuses');
			const caught = runtime.collect('caught');
			await until('error', () => caught.length > 0);
			expect(getError(caught[0]).cause).toEqual({ parameter: name, source: '${SAOKE_TEST_NOPE}' });
			expect(statuses).toEqual([]);
			expect(sandbox.casso.requests.list()).toEqual([]);
		},
	);

	it.each([
		['casso-transactions', 'getAll'],
		['simplize', 'stockTransactions'],
	])('%s: a custom period needs both dates, another period none', async (type, operation) => {
		const [portfolio] = sandbox.simplize.data.portfolios;
		const owner = { externalUserId: portfolio?.externalUserId, portfolioId: String(portfolio?.id) };
		const node = { type, operation, ...owner, ...CUSTOM };
		await start(
			{},
			{ ...node, fromDate: '' },
			{ ...node, toDate: '', toDateType: 'daysAgo' },
			{ ...node, period: 'yesterday', fromDate: '${SAOKE_TEST_NOPE}', toDate: '' },
		);
		for (const [at, name] of ['fromDate', 'toDate'].entries()) {
			const { code, cause, message } = getError(await runtime.ask(`node${String(at)}`, 'caught'));
			expect([code, cause]).toEqual(['INVALID_PARAMETER', { parameter: name }]);
			expect(message).toContain(`The setting "${name}" is empty. Enter a date, or choose another period.`);
		}
		expect((await runtime.ask('node2', 'out')).payload).toEqual(expect.any(Array));
	});

	it('what is hidden by another choice is not asked for', async () => {
		await start({}, { type: 'casso-accounts', operation: 'getAll', account: '${SAOKE_TEST_NOPE}' });
		const { payload } = await runtime.ask('node0', 'out');
		expect(payload).toHaveLength(sandbox.casso.data.accounts.length);
	});
});

describe('keys and addresses', () => {
	it.each([
		['${SAOKE_TEST_NOPE}', '${SAOKE_TEST_NOPE}'],
		['$(SAOKE_TEST_NOPE)', '$(SAOKE_TEST_NOPE)'],
		['${SAOKE_TEST_EMPTY}', '${SAOKE_TEST_EMPTY}'],
		['${SAOKE_TEST_SET}-${SAOKE_TEST_SET}', '${SAOKE_TEST_SET}, ${SAOKE_TEST_SET}'],
		['key-${SAOKE_TEST_SET}', '${SAOKE_TEST_SET}'],
	])('an API key of %s', async (apiKey, source) => {
		await start({ credentials: { casso: { apiKey } } }, { type: 'casso-accounts', operation: 'getAll' });
		expect(await refusal()).toEqual({ parameter: 'apiKey', source });
	});

	it.each(['apiKey', 'apiSecret'])('%s of Simplize', async (name) => {
		const keys = { apiKey: 'k', apiSecret: 's', [name]: '${SAOKE_TEST_NOPE}' };
		await start({ credentials: { simplizeConfig: keys } }, { type: 'simplize', ...SIMPLIZE });
		expect(await refusal()).toEqual({ parameter: name, source: '${SAOKE_TEST_NOPE}' });
	});

	it.each(['${SAOKE_TEST_NOPE}', '${SAOKE_TEST_EMPTY}'])('a base URL of %s is not the default one', async (baseUrl) => {
		await start({ config: { baseUrl } }, { type: 'casso-accounts', operation: 'getAll' });
		expect(await refusal()).toEqual({ parameter: 'baseUrl', source: baseUrl });
	});

	it('a variable of the flow counts, also one that itself comes from an unset one', async () => {
		await start(
			{ env: [{ name: 'MEMO', value: 'SAOKE_TEST_NOPE', type: 'env' }] },
			{ type: 'casso-transactions', operation: 'getAll', description: '${MEMO}' },
		);
		expect(await refusal()).toEqual({ parameter: 'description', source: '${MEMO}' });
	});

	it('a variable that is set is used, a number among them', async () => {
		process.env.SAOKE_TEST_KEY = sandbox.apiKey;
		await start(
			{
				credentials: { casso: { apiKey: '${SAOKE_TEST_KEY}' } },
				env: [
					{ name: 'LIMIT', value: '2', type: 'num' },
					{ name: 'ACCOUNT', value: '0071', type: 'str' },
				],
			},
			{
				type: 'casso-transactions',
				operation: 'getAll',
				limit: '${LIMIT}',
				accountNumbers: '${ACCOUNT}',
				accountNumbersType: 'env',
			},
		);
		expect((await runtime.ask('node0', 'out')).payload).toEqual([]);
		expect(sandbox.casso.requests.list().length).toBeGreaterThan(0);
	});
});

describe('casso-webhook takes nothing', () => {
	it.each([
		['securityKey', { securityKey: '${SAOKE_TEST_NOPE}' }],
		['securityKey', { securityKey: '${SAOKE_TEST_EMPTY}', secureToken: TOKEN }],
		['previousSecurityKey', { securityKey: KEY, previousSecurityKey: '${SAOKE_TEST_NOPE}' }],
		['secureToken', { securityKey: KEY, secureToken: '${SAOKE_TEST_NOPE}' }],
		['previousSecureToken', { securityKey: KEY, secureToken: TOKEN, previousSecureToken: 'x${SAOKE_TEST_SET}' }],
	])('while %s comes from an unset variable', async (name, credentials: Record<string, string>) => {
		await runtime.start(webhookFlow({ dialects: 'both' }), { hook: credentials });
		const caught = runtime.collect('caught');
		const out = runtime.collect('out');
		await until('error', () => caught.length > 0);
		expect(getError(caught[0]).cause?.parameter).toBe(name);
		for (const secret of ['${SAOKE_TEST_NOPE}', KEY])
			expect((await deliverSigned(runtime, transaction(), secret)).status).toBe(401);
		for (const secret of ['${SAOKE_TEST_NOPE}', TOKEN])
			expect((await deliverWithToken(runtime, transaction(), secret)).status).toBe(401);
		expect(out).toEqual([]);
	});

	it('while the replay window does, and the secret of the other kind of delivery does not matter', async () => {
		await runtime.start(webhookFlow({ replayWindow: '${SAOKE_TEST_NOPE}' }), { hook: { securityKey: KEY } });
		expect((await deliverSigned(runtime, transaction())).status).toBe(401);
		await runtime.redeploy(webhookFlow(), 'full', {
			hook: { securityKey: KEY, secureToken: '${SAOKE_TEST_NOPE}' },
		});
		expect((await deliverSigned(runtime, transaction())).status).toBe(200);
	});
});
