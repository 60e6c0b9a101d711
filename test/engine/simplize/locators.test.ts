/** Users and portfolios as fields to choose from: what the lists hold, search, and values chosen or typed. */
import type { IDataObject, INodeListSearchResult, INodeParameters, INodeProperties } from 'n8n-workflow';
import { closeAll, getJson, node, start, toFailure, type Bench } from './support';

afterEach(closeAll);

const chosen = (value: string, mode = 'list'): INodeParameters => ({ __rl: true, mode, value });

const NODES = ['simplize', 'simplizeTrigger'];

interface Opened {
	filter?: string;
	token?: string;
	path?: string;
	current?: INodeParameters;
	type?: string;
}

async function open({ engine }: Bench, list: string, opened: Opened = {}): Promise<INodeListSearchResult> {
	const { filter, token, path = 'parameters.portfolioId', current = {}, type = 'simplize' } = opened;
	const workflow = engine.workflow({ type: `n8n-nodes-simplize.${type}`, parameters: {} });
	const method = engine.nodeType(type).methods?.listSearch?.[list];
	if (!method) throw new Error(`The node has no ${list}`);
	return await method.call(engine.loadOptions(workflow, path, current), filter, token);
}

const portfolioIds = async (bench: Bench, externalUserId: unknown, opened: Opened = {}): Promise<unknown[]> => {
	const current = { externalUserId } as INodeParameters;
	const { results } = await open(bench, 'searchPortfolios', { current, ...opened });
	return results.map(({ value }) => value);
};

describe.each(NODES)('the lists of %s', (type) => {
	test('users, by their own IDs', async () => {
		const bench = await start();
		const { results, paginationToken } = await open(bench, 'searchUsers', { type });
		expect(results[0]).toEqual({ name: 'USER015', value: 'USER015' });
		expect(results).toHaveLength(9);
		expect(paginationToken).toBeUndefined();
	});

	test('portfolios of the chosen user, by name', async () => {
		const bench = await start();
		const current = { externalUserId: chosen('USER015') };
		expect((await open(bench, 'searchPortfolios', { type, current })).results).toEqual([
			{ name: 'Danh mục Đối tác [VPS] – 862', value: '862' },
			{ name: 'Danh mục dài hạn – 863', value: '863' },
		]);
	});
});

test('search finds in any case, without diacritics, and by number', async () => {
	const bench = await start();
	const names = async (list: string, filter: string): Promise<string[]> => {
		const current = { externalUserId: chosen('USER015') };
		return (await open(bench, list, { filter, current })).results.map(({ name }) => name);
	};
	expect(await names('searchUsers', ' user0 ')).toEqual(['USER015', 'USER010222']);
	expect(await names('searchUsers', 'khach hang')).toEqual(['khách hàng 7']);
	expect(await names('searchPortfolios', 'DOI TAC')).toEqual(['Danh mục Đối tác [VPS] – 862']);
	expect(await names('searchPortfolios', '863')).toEqual(['Danh mục dài hạn – 863']);
	expect(await names('searchPortfolios', 'none')).toEqual([]);
});

test('in the trigger, each row lists the portfolios of its own user', async () => {
	const bench = await start();
	const current: INodeParameters = {
		portfolios: { portfolio: [{ externalUserId: chosen('USER015') }, { externalUserId: chosen('12', 'id') }] },
	};
	const ofRow = async (row: number): Promise<unknown[]> =>
		await portfolioIds(bench, undefined, {
			type: 'simplizeTrigger',
			path: `parameters.portfolios.portfolio[${row}].portfolioId`,
			current,
		});
	expect(await ofRow(0)).toEqual(['862', '863']);
	expect(await ofRow(1)).toEqual(['843']);
});

test('a user in no bulk sync has no portfolios to choose from', async () => {
	expect(await portfolioIds(await start(), 'UNKNOWN')).toEqual([]);
});

test.each([undefined, null, '', chosen('')])('no user, %j: the list says what to do first', async (externalUserId) => {
	const bench = await start();
	const error = await toFailure(portfolioIds(bench, externalUserId));
	expect(error.message).toBe('User: No user is chosen');
	expect(error.description).toBe('Choose the user first, then the portfolio.');
	expect(bench.sandbox.simplize.calls.list()).toEqual([]);
});

test('a wrong key is told', async () => {
	const bench = await start({}, { apiKey: 'wrong-key-000' });
	expect((await toFailure(open(bench, 'searchUsers'))).message).toMatch(/^Simplize refused GET/);
});

const CASH = { returnAll: false, limit: 1 };

test.each<[string, IDataObject]>([
	['from the list', { externalUserId: chosen('USER015'), portfolioId: chosen('862') }],
	['by ID', { externalUserId: chosen('USER015', 'id'), portfolioId: chosen('862', 'id') }],
	[
		'by ID, from an expression',
		{ externalUserId: chosen('={{ $json.user }}', 'id'), portfolioId: chosen('={{ 862 }}', 'id') },
	],
	['as plain values, as earlier workflows hold them', { externalUserId: 'USER015', portfolioId: 862 }],
])('both fields %s', async (_how, parameters) => {
	const { engine, sandbox } = await start();
	for (const under of [
		node('cashHistory', 'getAll', { ...CASH, ...parameters }),
		node('stockTransaction', 'getAll', { ...CASH, ...parameters }),
		node('portfolio', 'get', parameters),
	]) {
		expect(getJson(await engine.items(under, [{ user: 'USER015' }]))).toHaveLength(1);
	}
	expect(new Set(sandbox.simplize.calls.list().map(({ path }) => path)).size).toBe(3);
});

test('a model gives both by ID', async () => {
	const bench = await start();
	const fields = bench.engine
		.nodeType('simplize')
		.description.properties.filter(({ name }) => name === 'externalUserId' || name === 'portfolioId');
	expect(fields.map(modesOf)).toEqual(fields.map(() => ['list', 'id']));
	const parameters = { externalUserId: chosen('={{ $json.a }}', 'id'), portfolioId: chosen('={{ $json.b }}', 'id') };
	const tool = node('portfolio', 'get', parameters, { type: 'n8n-nodes-simplize.simplizeTool' });
	const [found] = getJson(await bench.engine.items(tool, [{ a: 'USER015', b: '862' }]));
	expect(found?.id).toBe(862);
});

function modesOf({ modes }: INodeProperties): string[] {
	return (modes ?? []).map(({ name }) => name);
}
