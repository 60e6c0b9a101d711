/** *Check the service* in Vietnamese: whatever the doctor finds by reading has a text, for every switch of the sandbox. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import {
	CASSO_READ_PROBES,
	runCassoDoctor,
	runSimplizeDoctor,
	SIMPLIZE_PROBES,
	type AnyProbe,
	type Report,
} from '@saoke/core/doctor';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { QUIRK_CHOICES } from '../../../packages/sandbox/src/casso/quirks';
import { SIMPLIZE_QUIRK_CHOICES } from '../../../packages/sandbox/src/simplize/quirks';
import { connectTo } from '../../contract/harness/casso';
import { closeAll, createClient, start } from '../../contract/simplize/support';

type FindingText = (node: unknown, service: string, text: string) => string;

const EDITOR = path.resolve(__dirname, '../../../packages/node-red-saoke/src');

/** The editor's own function, with a catalogue in the place of Node-RED's. */
function load(language: string): FindingText {
	const doctor: unknown = JSON.parse(readFileSync(path.join(EDITOR, 'locales', language, 'doctor.json'), 'utf8'));
	const look = (place: string): unknown =>
		place
			.split('|')
			.reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], { doctor });
	const RED = { _: (places: string[]) => places.map(look).find((found) => found !== undefined) ?? places.at(-1) };
	const window = { saokeEditor: {} as { findingText: FindingText } };
	const html = readFileSync(path.join(EDITOR, 'editor', 'connection.html'), 'utf8');
	const script = html.replace(/<\/?script[^>]*>/g, '');
	runInNewContext(script, { window, RED });
	return window.saokeEditor.findingText;
}

const node = { _def: { set: { id: '@saoke/node-red-saoke/saoke' } } };
const vi = load('vi');

/** Names of the services' own fields and of codes. */
const SAME = /^(-?\d*|HTTP \d+(, (error|status) -?\d+)?|`\w+`|null|hex|query\+body)$/;

function getEnglish({ service, checks, rows }: Report): string[] {
	const texts = [...checks, ...rows].flatMap((row) => [row.question, row.evidence, row.consequence, row.option]);
	return texts.filter((text) => !SAME.test(text) && vi(node, service, text) === text);
}

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ seed: 5 });
});
afterEach(() => sandbox.casso.reset());
afterAll(async () => {
	await closeAll();
	await sandbox.close();
});

test.each([
	['Casso', CASSO_READ_PROBES],
	['Simplize', SIMPLIZE_PROBES],
] as [string, readonly AnyProbe[]][])('every question and advice of %s', (service, probes) => {
	const reached = probes.flatMap(({ question, ifWrong, option = '', how, needs }) =>
		needs === 'person' ? [question, `only a person can tell: ${how}`] : [question, ifWrong, option],
	);
	expect(reached.filter((text) => text !== '' && vi(node, service, text) === text)).toEqual([]);
});

/** Every value of every switch but its usual one. @param unread switches that reading alone does not notice */
const toCases = (choices: Record<string, readonly unknown[]>, unread = /^$/): [string, unknown][] =>
	Object.entries(choices)
		.filter(([name]) => !unread.test(name))
		.flatMap(([name, values]) => values.slice(1).map((value): [string, unknown] => [name, value]));

test.each([
	['listForm', 'paging'],
	...toCases(QUIRK_CHOICES, /^(sync|legacy|created|delete|webhook|param2|duplicate)/),
	['maxPageSize', 20],
	['defaultDays', 3],
	['defaultDays', 30],
] as [string, unknown][])('Casso with %s: %s', async (name, value) => {
	sandbox.casso.quirks.set({ [name]: value });
	expect(getEnglish(await runCassoDoctor(connectTo(sandbox)))).toEqual([]);
});

test.each([
	['errorStatus', 'mirrored'],
	...toCases(SIMPLIZE_QUIRK_CHOICES),
	['clockSkewMs', 30_000],
	['maxPageSize', 5],
	['omitTotal', true],
])('Simplize with %s: %s', async (name, value) => {
	const other = await start({ quirks: { [name]: value } });
	expect(getEnglish(await runSimplizeDoctor(createClient(other).connection))).toEqual([]);
});

test.each([
	['query', 'hex-upper'],
	['query&body', 'base64'],
	['body', 'hex'],
] as const)('Simplize, set to %s and %s', async (payload, encoding) => {
	const profile = { payload, encoding };
	const other = await start({ quirks: { signaturePayload: payload, signatureEncoding: encoding } });
	const report = await runSimplizeDoctor(createClient(other, { profile }).connection, { extras: { profile } });
	expect(getEnglish(report)).toEqual([]);
});

test.each([
	['a wrong key', { kind: 'httpError', status: 401 }],
	['a service that is down', { kind: 'httpError', status: 503 }],
	['too many requests', { kind: 'httpError', status: 429 }],
] as const)('Casso: %s', async (_, fault) => {
	sandbox.casso.faults.add(fault);
	expect(getEnglish(await runCassoDoctor(connectTo(sandbox)))).toEqual([]);
	sandbox.casso.faults.clear();
});

test('another page at the base URL', async () => {
	const reports = [
		await runCassoDoctor({ ...connectTo(sandbox), baseUrl: new URL(sandbox.cassoUrl).origin }),
		await runSimplizeDoctor({ ...createClient(sandbox).connection, baseUrl: new URL(sandbox.cassoUrl).origin }),
	];
	expect(reports.flatMap(getEnglish)).toEqual([]);
	expect(vi(node, 'Casso', reports[0]?.checks[0]?.evidence ?? '')).toBe('HTTP 404, không phải JSON của Casso');
});

test('figures keep their places, and an answer in brackets is translated with its text', () => {
	expect(vi(node, 'Casso', '3 of 1,200 records have none (null)')).toBe('3 trên 1,200 giao dịch không có (null)');
	expect(vi(node, 'Casso', "50 rows in a page are refused (HTTP 502, not Casso's JSON), 10 are not")).toBe(
		'50 dòng một trang thì bị từ chối (HTTP 502, không phải JSON của Casso), 10 thì được',
	);
	expect(vi(node, 'Casso', 'gaps on 7 days, the last of them 2026-11-01, 2026-11-03')).toBe(
		'lệch trong 7 ngày, gần nhất là 2026-11-01, 2026-11-03',
	);
	expect(vi(node, 'Casso', '0 and missing')).toBe('0 và không có');
	expect(vi(node, 'Casso', 'A text that nobody has translated, 7 of 8')).toBe(
		'A text that nobody has translated, 7 of 8',
	);
});

test("in English only n8n's words are replaced", () => {
	const en = load('en-US');
	expect(en(node, 'Casso', 'Pages in Parallel: 1')).toBe('Pages in parallel: 1');
	expect(en(node, 'Simplize', 'Days to Look Back')).toBe('Period');
	expect(en(node, 'Casso', 'the maximum page size')).toBe('the maximum page size');
});
