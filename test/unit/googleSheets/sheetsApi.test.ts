/** The Sheets stand-in as a client sees it: routes, grid, atomic writes, quota, faults, tokens. */
import { createPrivateKey, sign } from 'node:crypto';
import { SheetsApi, type SheetsAnswer } from '../../e2e/harness/googleSheets/sheetsApi';
import type { Spreadsheet } from '../../e2e/harness/googleSheets/spreadsheet';
import { Tokens } from '../../e2e/harness/googleSheets/tokens';

let now: number;
let tokens: Tokens;
let api: SheetsApi;
let spreadsheet: Spreadsheet;
let authorization: string;

beforeEach(() => {
	now = 1_000_000;
	tokens = new Tokens();
	api = new SheetsApi(tokens, () => now);
	spreadsheet = api.addSpreadsheet('book');
	spreadsheet.addSheet('One', { rows: 5, columns: 3 });
	spreadsheet.addSheet('Two');
	authorization = `Bearer ${tokens.signedInUser('a@example.com').accessToken}`;
});

function call(method: string, path: string, body?: unknown, as: string | undefined = authorization): SheetsAnswer {
	return api.handle({ method, url: `/v4/spreadsheets/book${path}`, authorization: as, body });
}

const put = (range: string, values: unknown, option = 'RAW'): SheetsAnswer =>
	call('PUT', `/values/${encodeURIComponent(range)}?valueInputOption=${option}`, { range, values });
const get = (range: string): unknown =>
	(call('GET', `/values/${encodeURIComponent(range)}`).body as { values?: unknown }).values;
const append = (range: string, values: unknown): SheetsAnswer =>
	call('POST', `/values/${encodeURIComponent(range)}:append?valueInputOption=RAW`, { range, values });
const message = (answer: SheetsAnswer): string => (answer.body as { error: { message: string } }).error.message;

test('what is written is read, without empty rows and cells at the end; null leaves, empty text clears', () => {
	expect(put('One!A1:C3', [['a', '', 'c'], ['0012', 5], []]).body).toMatchObject({
		updatedRange: 'One!A1:C2',
		updatedCells: 5,
	});
	expect(get('One')).toEqual([
		['a', '', 'c'],
		['0012', '5'],
	]);
	put('One!A1:C1', [[null, 'b', '']]);
	expect(get('One!A:Z')).toEqual([
		['a', 'b'],
		['0012', '5'],
	]);
	expect(get('One!B2:B')).toEqual([['5']]);
	expect(call('GET', '/values/Two').body).toEqual({ range: 'Two!A1:Z1000', majorDimension: 'ROWS' });
});

test('the grid is enforced', () => {
	for (const answer of [
		put('One!A6', [['x']]),
		put('One!D1', [['x']]),
		put('One!A5:A6', [['x'], ['y']]),
		call('GET', '/values/One!A6:B7'),
	]) {
		expect(answer.status).toBe(400);
		expect(message(answer)).toMatch(/exceeds grid limits\. Max rows: 5, max columns: 3/);
	}
	expect(get('One')).toBeUndefined();
	expect(
		call('POST', ':batchUpdate', { requests: [{ appendDimension: { sheetId: 0, dimension: 'ROWS', length: 1 } }] })
			.status,
	).toBe(200);
	expect(put('One!A6', [['x']]).status).toBe(200);
	expect(call('GET', '?fields=sheets.properties').body).toMatchObject({
		sheets: [
			{ properties: { sheetId: 0, title: 'One', gridProperties: { rowCount: 6, columnCount: 3 } } },
			{ properties: { title: 'Two' } },
		],
	});
});

test('values outside the range of the request are refused', () => {
	expect(message(put('One!2:2', [['a'], ['b']]))).toMatch(/tried writing to row \[3\]/);
	expect(message(put('One!A1:B1', [['a', 'b', 'c']]))).toMatch(/tried writing to column/);
	expect(message(call('PUT', '/values/One!A1?valueInputOption=RAW', { range: 'One!A2', values: [['a']] }))).toMatch(
		/names \[One!A2\]/,
	);
});

test('bad requests: option, body, route, spreadsheet', () => {
	expect(message(call('PUT', '/values/One!A1', { values: [['a']] }))).toMatch(/valueInputOption/);
	expect(message(put('One!A1', 'text'))).toMatch(/ListValue/);
	expect(message(put('One!A1', [[{ a: 1 }]]))).toMatch(/struct_value/);
	expect(call('DELETE', '/values/One!A1').status).toBe(404);
	expect(call('GET', '/values/One!A1?valueRenderOption=NICE').status).toBe(400);
	expect(api.handle({ method: 'GET', url: '/v4/spreadsheets/other', authorization }).status).toBe(404);
});

test('a batch is written whole or not at all', () => {
	const data = [
		{ range: 'One!A1', values: [['a']] },
		{ range: 'One!A9', values: [['b']] },
	];
	expect(call('POST', '/values:batchUpdate', { valueInputOption: 'RAW', data }).status).toBe(400);
	expect(get('One')).toBeUndefined();
	expect(
		call('POST', '/values:batchUpdate', {
			valueInputOption: 'RAW',
			data: [data[0], { range: 'Two!B2', values: [[1]] }],
		}).status,
	).toBe(200);
	expect([get('One'), get('Two')]).toEqual([[['a']], [[], ['', '1']]]);
});

test('append goes below the table and makes the grid longer, wherever the range points', () => {
	put('One!A1:C1', [['h1', 'h2', 'h3']]);
	expect(
		append('One!2:3', [
			['a', 'b', 'c'],
			['d', null, 'f'],
		]).body,
	).toMatchObject({ updates: { updatedRange: 'One!A2:C3', updatedRows: 2 } });
	// Somebody else's rows stand where this request thought the end to be: it goes below them.
	expect(append('One!2:4', [['g'], ['h'], ['i']]).body).toMatchObject({ updates: { updatedRange: 'One!A4:A6' } });
	expect(spreadsheet.sheet('One').rowCount).toBe(6);
	expect(get('One!A:A')).toEqual([['h1'], ['a'], ['d'], ['g'], ['h'], ['i']]);
	spreadsheet.quirks.appendBelowGrid = 'refuse';
	expect(message(append('One!7:7', [['j']]))).toMatch(/exceeds grid limits/);
	spreadsheet.quirks.appendBelowGrid = 'extend';
	expect(append('One!7:7', [['j']]).status).toBe(200);
	expect(append('One!7:7', [['k', 'l', 'm', 'too wide']]).status).toBe(400);
	expect(spreadsheet.sheet('One').rowCount).toBe(7);
});

test('append keeps the first column of the table: data may be misaligned as at Google', () => {
	put('One!B1:C1', [['h2', 'h3']]);
	append('One!2:2', [['a', 'b']]);
	expect(get('One')).toEqual([
		['', 'h2', 'h3'],
		['', 'a', 'b'],
	]);
});

test('two writers that read first and then write at a row number overwrite each other; two that append do not', () => {
	const rowNumber = (): number => (get('Two') as unknown[] | undefined)?.length ?? 0;
	const [first, second] = [rowNumber() + 1, rowNumber() + 1];
	put(`Two!${first}:${first}`, [['by the first']]);
	put(`Two!${second}:${second}`, [['by the second']]);
	expect(get('Two')).toEqual([['by the second']]);
	append(`Two!${first}:${first}`, [['c']]);
	append(`Two!${second}:${second}`, [['d']]);
	expect(get('Two')).toEqual([['by the second'], ['c'], ['d']]);
});

test("Google's quota: 60 a minute for a user and kind, 300 for the project; refused ones do not count", () => {
	const statuses = Array.from({ length: 62 }, () => put('One!A1', [['x']]).status);
	expect(statuses.filter((status) => status === 429)).toHaveLength(2);
	expect(call('GET', '/values/One').status).toBe(200);
	now += 60_001;
	expect(put('One!A1', [['x']]).status).toBe(200);
	const others = Array.from(
		{ length: 6 },
		(_, index) => `Bearer ${tokens.signedInUser(`${index}@example.com`).accessToken}`,
	);
	const all = others.flatMap((user) =>
		Array.from(
			{ length: 60 },
			() => call('PUT', '/values/One!A1?valueInputOption=RAW', { values: [['x']] }, user).status,
		),
	);
	expect(all.filter((status) => status === 200)).toHaveLength(299);
	expect(message(put('One!A1', [['x']]))).toMatch(/Quota exceeded for quota metric 'Write requests'/);
});

test('faults: so often, for one call, and an answer that is lost after the write', () => {
	api.addFault({ status: 503, call: 'values.append', carriedOut: true });
	api.addFault({ status: 429, count: 2, call: 'values.get' });
	expect([1, 2, 3].map(() => call('GET', '/values/One').status)).toEqual([429, 429, 200]);
	expect(append('One!1:1', [['a']]).status).toBe(503);
	expect(get('One')).toEqual([['a']]);
	expect(api.requests.map(({ call: name, status }) => `${name} ${status}`)).toContain('values.append 503');
	expect([api.count('read'), api.count('write'), api.refused()]).toEqual([4, 1, 3]);
});

test('tokens: only those given out count, for a genuine assertion or a known refresh token', () => {
	expect(call('GET', '/values/One', undefined, 'Bearer ya29.made-up').status).toBe(401);
	expect(api.handle({ method: 'GET', url: '/v4/spreadsheets/book' }).status).toBe(401);
	const account = tokens.serviceAccount('robot@example.com');
	const assertion = (key: string): string => {
		const text = ['{"alg":"RS256"}', '{"iss":"robot@example.com"}']
			.map((part) => Buffer.from(part).toString('base64url'))
			.join('.');
		return `${text}.${sign('RSA-SHA256', Buffer.from(text), createPrivateKey(key)).toString('base64url')}`;
	};
	const exchange = (key: string): string =>
		tokens.exchange(new URLSearchParams({ assertion: assertion(key) })).access_token;
	expect(call('GET', '/values/One', undefined, `Bearer ${exchange(account.privateKey)}`).status).toBe(200);
	expect(() => exchange(new Tokens().serviceAccount('robot@example.com').privateKey)).toThrow('invalid_grant');
	tokens.expireAll();
	expect(call('GET', '/values/One').status).toBe(401);
	expect(() => tokens.exchange(new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'unknown' }))).toThrow(
		'invalid_grant',
	);
});
