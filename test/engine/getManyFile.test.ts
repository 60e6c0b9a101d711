/** Transaction: Get Many as a file, through n8n's engine: the same rows as items, and safe to open in a spreadsheet. */
import fc from 'fast-check';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { locator, startCassoEngine, type CassoEngine } from './harness/casso';
import { custom } from './harness/engine';

const getMany: IDataObject = {
	resource: 'transaction',
	operation: 'getAll',
	returnAll: true,
	...custom('2020-01-01'),
};
const FIELDS = [
	'id',
	'reference',
	'transactedAt',
	'amount',
	'description',
	'runningBalance',
	'accountNumber',
	'bankName',
	'counterpartyName',
	'counterpartyAccount',
];

let casso: CassoEngine;

beforeAll(async () => {
	casso = await startCassoEngine();
});
afterAll(async () => {
	await casso.sandbox.close();
});
beforeEach(() => {
	casso.sandbox.casso.reset();
});

function textOf(item: INodeExecutionData | undefined): string {
	return Buffer.from(item?.binary?.data?.data ?? '', 'base64').toString('utf8');
}

async function file(parameters: IDataObject): Promise<{ item: INodeExecutionData; text: string }> {
	const items = await casso.items({ ...getMany, ...parameters });
	expect(items).toHaveLength(1);
	return { item: items[0] as INodeExecutionData, text: textOf(items[0]) };
}

async function csv(parameters: IDataObject = {}): Promise<string[][]> {
	const { text } = await file({ ...parameters, returnAs: 'csv' });
	expect(text.startsWith('\uFEFF')).toBe(true);
	expect(getFormulas(text.slice(1))).toEqual([]);
	return parseCsv(text.slice(1));
}

async function ndjson(parameters: IDataObject = {}): Promise<IDataObject[]> {
	const { text } = await file({ ...parameters, returnAs: 'ndjson' });
	return text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as IDataObject);
}

/** RFC 4180, as strict as it is written: every line ends with CRLF, and a quote within a cell is doubled. */
function parseCsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
	while (cell.lastIndex < text.length) {
		const at = cell.lastIndex;
		const found = cell.exec(text);
		if (!found) throw new Error(`Not CSV at ${at}: ${text.slice(at, at + 80)}`);
		row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
		if (found[3] === ',') continue;
		rows.push(row);
		row = [];
	}
	return rows;
}

/** What a cell must show of a value, without the apostrophe that may be in front. */
function shown(value: unknown): string {
	if (Array.isArray(value)) return value.join(', ');
	return typeof value === 'string' ? value : JSON.stringify(value ?? '').replace('""', '');
}

/** As docs/polling.md says how to get the text back. */
function withoutApostrophes(cell: string): string {
	return cell.replace(/(^|[;\t\r\n])([ "]*)'/g, '$1$2');
}

/** What a spreadsheet would calculate, in a country where it splits lines at commas and in one where it does at semicolons. */
function getFormulas(text: string): string[] {
	const cells = [...parseCsv(text).flat(), ...text.split(/[;\r\n]/)];
	return cells.filter((cell) => /^[\s"]*[=+\-@＝＋－＠]/.test(cell) && !/^-\d+(?:,|$)/.test(cell));
}

describe('has the rows that items have', () => {
	const hostileText = fc.oneof(
		fc.string({ unit: 'grapheme', maxLength: 30 }),
		fc.constantFrom(
			'=1+1',
			"'=1+1",
			"'007",
			'x;=1+1',
			'x; "=1+1;',
			'x\n=1+1',
			'＝1+1',
			'1/2',
			'+84901234567',
			'-5',
			'@SUM(A1)',
			'\tx',
			'0071',
			'1E5',
			'1234567890123456',
			'a"b,c\nd',
			'"',
		),
	);
	const choices = fc.record({
		limit: fc.option(fc.integer({ min: 1, max: 150 }), { nil: undefined }),
		sort: fc.constantFrom('ASC', 'DESC'),
		output: fc.constantFrom(
			{ output: 'simplified' },
			{ output: 'selected', fields: ['amount', 'description', 'accountNumber', 'virtualAccountNumber'] },
		),
		direction: fc.constantFrom('any', 'in', 'out'),
		one: fc.boolean(),
		options: fc.record({
			pageSize: fc.constantFrom(7, 50),
			page: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
			paymentCode: fc.constantFrom(undefined, 'DH'),
		}),
	});

	it('whatever is chosen, and whatever the payers wrote', async () => {
		await fc.assert(
			fc.asyncProperty(choices, fc.array(hostileText, { maxLength: 5 }), async (chosen, memos) => {
				casso.sandbox.casso.reset();
				for (const memo of memos)
					casso.sandbox.casso.addTransactions([{ amount: 1_000, memo, counterparty: { name: memo } }]);
				const parameters: IDataObject = {
					...getMany,
					...(chosen.limit === undefined ? {} : { returnAll: false, limit: chosen.limit }),
					sort: chosen.sort,
					...chosen.output,
					filters: { direction: chosen.direction },
					...(chosen.one
						? { accountScope: 'one', account: locator(casso.sandbox.casso.data.accounts[0]?.id ?? 0) }
						: {}),
					options: Object.fromEntries(Object.entries(chosen.options).filter(([, value]) => value !== undefined)),
				};
				const items = await casso.json(parameters);
				expect(await ndjson(parameters)).toEqual(items);
				const [head = [], ...rows] = await csv(parameters);
				expect(rows.map((row) => row.map(withoutApostrophes))).toEqual(
					items.map((item) => head.map((name) => shown(item[name]))),
				);
			}),
			{ numRuns: 15 },
		);
	});

	it('while transactions arrive between the pages', async () => {
		const before = (await casso.json(getMany)).map(({ id }) => id);
		const time = Date.now() - 20 * 86_400_000;
		casso.sandbox.casso.faults.add({
			kind: 'insertWhilePaging',
			path: '/v2/transactions',
			transactions: [{ amount: 1, time }],
		});
		const found = (await ndjson({ options: { pageSize: 10 } })).map(({ id }) => id);
		expect(new Set(found).size).toBe(found.length);
		expect(found.filter((id) => before.includes(id))).toEqual(before);
	});

	it('or fails as items do, where the list never comes to rest', async () => {
		casso.sandbox.casso.faults.add({ kind: 'deleteWhilePaging', path: '/v2/transactions' });
		const { message } = await casso.failure({ ...getMany, returnAs: 'csv', options: { pageSize: 10 } });
		expect(message).toContain('could not be read completely');
	});
});

describe('a CSV file', () => {
	it('has the fields of Output in order, and those of the payment code behind', async () => {
		expect((await csv())[0]).toEqual(FIELDS);
		expect((await csv({ options: { paymentCode: 'DH' } }))[0]).toEqual([...FIELDS, 'paymentCode', 'paymentCodes']);
		expect((await csv({ output: 'selected', fields: ['amount', 'id'] }))[0]).toEqual(['amount', 'id']);
	});

	it.each([
		['=HYPERLINK("http://evil.example","x")', `"'=HYPERLINK(""http://evil.example"",""x"")"`],
		['+84901234567', `'+84901234567`],
		['-1', `'-1`],
		['@SUM(A1)', `'@SUM(A1)`],
		['0071000888888', `'0071000888888`],
		['1903651234567890', `'1903651234567890`],
		['12E5', `'12E5`],
		['19036512345678', '19036512345678'],
		["'=1+1", `''=1+1`],
		['＝1+1', `'＝1+1`],
		['DH1;=cmd|x', `DH1;'=cmd|x`],
		['DH1; "=cmd|x', `"DH1; ""'=cmd|x"`],
		['DH1\n=cmd|x', `"DH1\n'=cmd|x"`],
		['1/2', `'1/2`],
		['12-5-2026', `'12-5-2026`],
		['9:30', `'9:30`],
		['1.000', `'1.000`],
		['(500)', `'(500)`],
		['DEC24', `'DEC24`],
		['2026-11-29', '2026-11-29'],
		['thang 1/2', 'thang 1/2'],
		['a=b; c-d', 'a=b; c-d'],
		['DH1024 thanh toán', 'DH1024 thanh toán'],
		['a, b\r\nc', '"a, b\r\nc"'],
	])('writes the memo %j as %j', async (memo, cell) => {
		casso.sandbox.casso.addTransactions([{ amount: -250_000, memo }]);
		const { text } = await file({
			returnAs: 'csv',
			returnAll: false,
			limit: 1,
			sort: 'DESC',
			output: 'selected',
			fields: ['description', 'amount'],
		});
		expect(text).toBe(`\uFEFFdescription,amount\r\n${cell},-250000\r\n`);
	});

	it('of raw records is refused by the name of the field', async () => {
		const { message, description } = await casso.failure({ ...getMany, returnAs: 'csv', output: 'raw' });
		expect(message).toMatch(/^Output: Raw records/);
		expect(description).toContain('NDJSON');
		expect(casso.requests()).toEqual([]);
	});
});

it('an NDJSON file has raw records as Casso sent them', async () => {
	expect(await ndjson({ output: 'raw' })).toEqual(await casso.json({ ...getMany, output: 'raw' }));
});

it('is named after its days, and tells count, sums and times', async () => {
	const rows = await casso.json(getMany);
	const times = rows.map(({ transactedAt }) => transactedAt as string).sort();
	const amounts = rows.map(({ amount }) => amount as number);
	const { item } = await file({ returnAs: 'csv', sort: 'DESC' });
	const name = `transactions-${times[0]?.slice(0, 10)}-${times.at(-1)?.slice(0, 10)}.csv`;
	expect(item.json).toEqual({
		fileName: name,
		count: rows.length,
		totalIn: amounts.filter((amount) => amount > 0).reduce((sum, amount) => sum + amount, 0),
		totalOut: -amounts.filter((amount) => amount < 0).reduce((sum, amount) => sum + amount, 0),
		firstTransactedAt: times[0],
		lastTransactedAt: times.at(-1),
	});
	expect(item.binary?.data).toMatchObject({ fileName: name, mimeType: 'text/csv', fileExtension: 'csv' });
	expect(item.pairedItem).toEqual({ item: 0 });
});

it('of nothing is a head without rows', async () => {
	const empty = custom('2019-01-01', '2019-01-02');
	const { item, text } = await file({ returnAs: 'csv', ...empty });
	expect(text).toBe(`\uFEFF${FIELDS.join(',')}\r\n`);
	expect(item.json).toMatchObject({ fileName: 'transactions.csv', count: 0, totalIn: 0, totalOut: 0 });
	expect((await file({ returnAs: 'ndjson', ...empty })).item.json.firstTransactedAt).toBeNull();
});

it('is one for each input item, and an item that fails does not take the others along', async () => {
	const parameters = { ...getMany, returnAs: 'csv', ...custom('={{ $json.from }}') };
	const input = [{ from: '2020-01-01' }, { from: 'never' }, { from: '2020-01-01' }];
	const run = await casso.engine.run(casso.casso(parameters, { onError: 'continueRegularOutput' }), input);
	const items = run.data.resultData.runData['Under Test']?.[0]?.data?.main?.[0] ?? [];
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	expect(items.map(({ json }) => json.count)).toEqual([120, undefined, 120]);
	expect(items[1]?.json.error).toMatch(/^From: /);
	expect(textOf(items[2])).toBe(textOf(items[0]));
});

it('is not for a tool of an AI agent, which gets items', async () => {
	const parameters = { ...getMany, returnAll: false, limit: 3, returnAs: 'csv' };
	const items = await casso.engine.items(casso.casso(parameters, { type: 'n8n-nodes-casso.cassoTool' }));
	expect(items).toHaveLength(3);
	expect(items.every(({ binary }) => binary === undefined)).toBe(true);
});
