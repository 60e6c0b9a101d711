/** The page as files and as an answer: both languages complete, nothing drifted from the API, nothing loaded or shown as markup. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { API_FAULTS, API_FAULT_SCOPE } from '../../../packages/sandbox/src/casso/faults';
import { DELIVERY_FAULTS, DELIVERY_FAULT_SCOPE } from '../../../packages/sandbox/src/casso/webhooks/faults';
import { faultSchema, type FaultForm } from '../../../packages/sandbox/src/engine/faults';
import { SIMPLIZE_FAULTS, SIMPLIZE_FAULT_SCOPE } from '../../../packages/sandbox/src/simplize/faults';
import { defaultQuirks } from '../../../packages/sandbox/src/casso/quirks';
import { DEFAULT_QUIRKS } from '../../../packages/sandbox/src/simplize/quirks';
import { call, closeAll, control, sandbox } from './support';

afterEach(closeAll);

const PAGE = join(__dirname, '../../../packages/sandbox/page');
const sources = (readdirSync(PAGE, { recursive: true }) as string[])
	.filter((name) => /\.(js|html|css)$/.test(name))
	.map((name) => ({ name, text: readFileSync(join(PAGE, name), 'utf8') }));
const scripts = sources.filter(({ name }) => name.endsWith('.js'));

/** An export of a page module: they are modules of the browser, which only a Node of their own can read here. */
function exported(file: string, name: string): unknown {
	const script = `import { ${name} } from ${JSON.stringify(join(PAGE, file))}; console.log(JSON.stringify(${name}));`;
	return JSON.parse(
		execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
	) as unknown;
}

const dictionary = exported('dictionary.js', 'dictionary') as Record<string, [string, string]>;
/** Keys that are put together from a value that the API gives. */
const COMPOSED = [
	'nav.',
	'state.',
	'kind.',
	'purpose.',
	'proof.',
	'fault.',
	'faults.',
	'field.',
	'switch.',
	'webhook.',
	'webhooks.',
	'receiver.',
	'deliveries.',
	'transactions.',
	'requests.',
	'simplize.',
];

test('every text exists in English and in Vietnamese, with the same places for values', () => {
	const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
	for (const [key, pair] of Object.entries(dictionary)) {
		expect([key, pair.length, pair.every((text) => text.trim() !== '')]).toEqual([key, 2, true]);
		expect([key, places(pair[0])]).toEqual([key, places(pair[1])]);
	}
});

test('every text that a script asks for exists, and none is left that no script asks for', () => {
	const all = scripts
		.filter(({ name }) => !name.startsWith('texts') && name !== 'dictionary.js')
		.map(({ text }) => text)
		.join('\n');
	const asked = new Set(
		[
			...all.matchAll(/\bt\('([^']+)'/g),
			...all.matchAll(/\? '([a-zA-Z]+\.[\w.]+)'/g),
			...all.matchAll(/: '([a-zA-Z]+\.[\w.]+)'/g),
		].map(([, key]) => String(key)),
	);
	const missing = [...asked].filter((key) => dictionary[key] === undefined);
	expect(missing).toEqual([]);
	const unused = Object.keys(dictionary).filter(
		(key) => !asked.has(key) && !COMPOSED.some((start) => key.startsWith(start)),
	);
	expect(unused).toEqual([]);
});

interface ByKind {
	oneOf: Array<{ properties: Record<string, unknown> & { kind: { const: string } } }>;
}

test.each([
	['/casso/faults', faultSchema(API_FAULTS, API_FAULT_SCOPE)],
	['/casso/delivery-faults', faultSchema(DELIVERY_FAULTS, DELIVERY_FAULT_SCOPE)],
	['/simplize/faults', faultSchema(SIMPLIZE_FAULTS, SIMPLIZE_FAULT_SCOPE)],
] as const)(
	'the switches of %s are those of the API, and each can be switched on as its form starts',
	async (path, schema) => {
		const target = await sandbox({ transactions: 0 });
		const known = (schema as unknown as ByKind).oneOf;
		const url = `${target.url}/control${path}`;
		const { kinds } = (await (await fetch(url)).json()) as { kinds: FaultForm[] };
		expect(kinds.map(({ kind }) => kind).sort()).toEqual(known.map(({ properties }) => properties.kind.const).sort());
		for (const { kind, fields, preset } of kinds) {
			const properties = known.find((one) => one.properties.kind.const === kind)?.properties ?? {};
			for (const { name } of fields) {
				expect([kind, Object.keys(properties)]).toEqual([kind, expect.arrayContaining([name])]);
				expect(dictionary).toHaveProperty([`field.${name}`]);
			}
			expect(dictionary).toHaveProperty([`fault.${kind}`]);
			expect(dictionary).toHaveProperty([`fault.${kind}.does`]);
			const filled = fields.filter(({ value }) => value !== null && value !== false);
			const rule = { kind, ...preset, ...Object.fromEntries(filled.map(({ name, value }) => [name, value])) };
			const headers = { 'Content-Type': 'application/json' };
			const { status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(rule) });
			expect([rule, status]).toEqual([rule, 201]);
		}
	},
);

test('every switch of both services is explained', () => {
	for (const name of [...Object.keys(defaultQuirks()), ...Object.keys(DEFAULT_QUIRKS)])
		expect(dictionary).toHaveProperty([`switch.${name}`]);
});

test('data becomes text only: no script writes markup, and no file names another host', () => {
	for (const { name, text } of scripts) {
		expect([
			name,
			/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('on/.exec(text)?.[0],
		]).toEqual([name, undefined]);
	}
	for (const { name, text } of sources) {
		expect([
			name,
			text
				.replaceAll('http://www.w3.org/2000/svg', '')
				.replaceAll('http://127.0.0.1:5678', '')
				.match(/https?:\/\/[a-z]/g),
		]).toEqual([name, null]);
	}
});

test('the page comes with a strict policy, also where it is not found', async () => {
	const { url } = await sandbox({ transactions: 0 });
	for (const path of ['/', '/main.js', '/style/base.css', '/nothing']) {
		const response = await fetch(`${url}${path}`);
		expect(response.status).toBe(path === '/nothing' ? 404 : 200);
		const policy = response.headers.get('content-security-policy') ?? '';
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("frame-ancestors 'none'");
		expect(policy).not.toContain('unsafe');
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	}
	expect((await fetch(`${url}/package.json`)).status).toBe(404);
	expect((await fetch(`${url}/nothing`, { method: 'POST' })).status).toBe(404);
});

test.each(['/', '/docs', '/openapi/casso.json', '/control/events', '/control/keys'])(
	'%s is kept from other sites and names',
	async (path) => {
		const { url } = await sandbox({ transactions: 0 });
		const status = async (headers: Record<string, string>): Promise<number | undefined> =>
			new Promise((resolve, reject) => {
				httpRequest(`${url}${path}`, { headers }, (response) => {
					response.destroy();
					resolve(response.statusCode);
				})
					.on('error', reject)
					.end();
			});
		expect(await status({ Host: 'rebound.example' })).toBe(403);
		expect(await status({ Origin: 'https://evil.example' })).toBe(403);
		expect(await status({})).toBe(200);
	},
);

/** Reads events until one fits. */
async function until(
	reader: ReadableStreamDefaultReader<Uint8Array>,
	fits: (text: string) => boolean,
): Promise<string> {
	let text = '';
	while (!fits(text)) {
		const { value, done } = await reader.read();
		if (done) break;
		text += new TextDecoder().decode(value);
	}
	return text;
}

test('events arrive as they happen, without secrets; a flood is one message', async () => {
	const target = await sandbox({ transactions: 0 });
	const response = await fetch(`${target.url}/control/events`);
	expect(response.headers.get('content-type')).toContain('text/event-stream');
	const reader = (response.body as ReadableStream<Uint8Array>).getReader();
	await until(reader, (text) => text.includes('event: hello'));
	const { body } = await control(target, 'POST', '/webhooks', { url: `${target.url}/receiver`, dialect: 'legacy' });
	await control(target, 'POST', '/transactions', { amount: 5, memo: 'seen live' });
	await call(target, '/v2/accounts');
	const seen = await until(reader, (text) => text.includes('"succeeded"') && text.includes('/v2/accounts'));
	expect(seen).toContain('seen live');
	expect(seen).not.toContain(body.secret);
	expect(seen).not.toContain(target.apiKey);
	await control(target, 'POST', '/transactions/batch', {
		transactions: Array.from({ length: 400 }, () => ({ amount: 1, silent: true })),
	});
	await until(reader, (text) => text.includes('event: flood'));
	await reader.cancel();
});

test('the proof of an attempt retraces the signature, and tells a forged one', async () => {
	const target = await sandbox({ transactions: 0, retryGapsMs: [] });
	const { body: made } = await control(target, 'POST', '/webhooks', { url: `${target.url}/receiver` });
	await control(target, 'POST', '/transactions', { amount: 5, memo: 'Đơn hàng "1"' });
	await control(target, 'GET', '/idle');
	await control(target, 'POST', '/delivery-faults', { kind: 'tamper' });
	await control(target, 'POST', '/transactions', { amount: 6 });
	await control(target, 'GET', '/idle');
	const proof = async (id: number): Promise<Record<string, unknown>> =>
		(await control(target, 'GET', `/deliveries/${String(id)}/attempts/0/proof`)).body.proof as Record<string, unknown>;
	const good = await proof(1);
	expect(good).toMatchObject({ dialect: 'v2', verdict: 'valid', header: 'X-Casso-Signature' });
	expect(good.given).toBe(good.expected);
	expect(good.message).toBe(`${String(good.t)}.${String(good.sortedJson)}`);
	expect(Object.keys(JSON.parse(String(good.sortedJson)) as object)).toEqual(['data', 'error']);
	const forged = await proof(2);
	expect(forged.verdict).toBe('wrong');
	expect(forged.given).not.toBe(forged.expected);
	expect(JSON.stringify([good, forged])).not.toContain(made.secret);
	expect((await control(target, 'GET', '/deliveries/1/attempts/9/proof')).status).toBe(404);
});

test('transactions are found by memo without diacritics, name, amount and account', async () => {
	const target = await sandbox({ transactions: 0 });
	const [first, second] = target.casso.data.accounts;
	await control(target, 'POST', '/transactions/batch', {
		transactions: [
			{ amount: 250_000, memo: 'Đặt hàng Quận 3', accountId: first?.id },
			{ amount: -70_000, counterparty: { name: 'TRAN THI B' }, accountId: second?.id },
		],
	});
	const found = async (query: string): Promise<number[]> =>
		((await control(target, 'GET', `/transactions?${query}`)).body.transactions as Array<{ amount: number }>).map(
			({ amount }) => amount,
		);
	expect(await found('search=dat+hang+quan')).toEqual([250_000]);
	expect(await found('search=tran+thi')).toEqual([-70_000]);
	expect(await found('search=250000')).toEqual([250_000]);
	expect(await found(`accountId=${String(second?.id)}`)).toEqual([-70_000]);
	expect(await found('search=nobody')).toEqual([]);
});

test('the built-in receiver answers as it is told', async () => {
	const target = await sandbox({ transactions: 0 });
	const answer = async (): Promise<number> =>
		(
			await fetch(`${target.url}/receiver`, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: '{}',
			})
		).status;
	expect(await answer()).toBe(200);
	const change = await fetch(`${target.url}/control/receiver`, {
		method: 'PATCH',
		headers: { 'Content-Type': 'application/json' },
		body: '{"mode":"broken"}',
	});
	expect(change.status).toBe(200);
	expect(await answer()).toBe(500);
});
