/** What can be checked without running a node: locales, help, dialogs, and that the parts agree with one another. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
	BANK_ACCOUNT_FIELDS,
	BANK_TRANSACTION_DETAIL_FIELDS,
	BANK_TRANSACTION_FIELDS,
	CASH_MOVEMENT_DETAIL_FIELDS,
	CASH_MOVEMENT_FIELDS,
	LINKED_USER_DETAIL_FIELDS,
	LINKED_USER_FIELDS,
	ParameterError,
	PORTFOLIO_DETAIL_FIELDS,
	PORTFOLIO_FIELDS,
	STOCK_TRANSACTION_DETAIL_FIELDS,
	STOCK_TRANSACTION_FIELDS,
	SYNC_STATUS_FIELDS,
} from '@saoke/core';
import { ROOT } from '../../../hosts/paths';
import { migrate } from '../../../packages/node-red-saoke/src/host/migrate';
import type { NodeProperties } from '../../../packages/node-red-saoke/src/host/nodeRed';
import { checkPath, normalisePath, requestPath } from '../../../packages/node-red-saoke/src/webhook/routePath';

const SRC = path.join(ROOT, 'packages', 'node-red-saoke', 'src');
const TYPES = readdirSync(path.join(SRC, 'nodes'));

function read(...parts: string[]): string {
	return readFileSync(path.join(SRC, ...parts), 'utf8');
}

/** Dialog and script of a type as the editor gets them, with the rows that several dialogs have in common. */
function dialog(type: string): string {
	const html = readFileSync(path.join(SRC, '..', 'dist', 'saoke.html'), 'utf8');
	const found = html
		.split(/(?=<script type="text\/html" data-template-name=)/)
		.find((part) => part.startsWith(`<script type="text/html" data-template-name="${type}">`));
	if (found === undefined) throw new Error(`The built package has no dialog for ${type}`);
	return found;
}

/** All keys with their texts, `label.path` and so on. */
function flat(value: unknown, prefix = ''): Record<string, string> {
	if (typeof value === 'string') return { [prefix]: value };
	return Object.fromEntries(
		Object.entries(value as object).flatMap(([key, inner]) =>
			Object.entries(flat(inner, prefix === '' ? key : `${prefix}.${key}`)),
		),
	);
}

function labels(language: string): Record<string, string> {
	const shared = flat(JSON.parse(read('locales', language, 'shared.json')));
	const own = TYPES.map((type) => flat(JSON.parse(read('nodes', type, 'locales', `${language}.json`)), type));
	return Object.assign(shared, ...own) as Record<string, string>;
}

test('both languages have the same keys, and the Vietnamese texts are Vietnamese', () => {
	const [english, vietnamese] = [labels('en-US'), labels('vi')];
	expect(Object.keys(vietnamese).sort()).toEqual(Object.keys(english).sort());
	const technical = /^(API (key|secret)|Access token|Secure token|Base64|simplize|casso[\w .-]*)$/i;
	const same = Object.entries(english).filter(([key, text]) => vietnamese[key] === text && !technical.test(text));
	expect(same).toEqual([]);
});

test('placeholders of a text are the same in both languages', () => {
	const [english, vietnamese] = [labels('en-US'), labels('vi')];
	const marks = (text = ''): string[] => (text.match(/__\w+__|\$\{\w+\}/g) ?? []).sort();
	for (const [key, text] of Object.entries(english)) expect([key, marks(vietnamese[key])]).toEqual([key, marks(text)]);
});

test('status texts are short in both languages', () => {
	for (const language of ['en-US', 'vi']) {
		const long = Object.entries(labels(language)).filter(
			([key, text]) => key.startsWith('status.') && text.length > 24,
		);
		expect(long).toEqual([]);
	}
});

interface StatusTexts {
	every: Record<string, string>;
	'casso-webhook': Record<string, string>;
	'casso-poll': Record<string, string>;
	signs: Record<string, Record<string, string>>;
}

test('every status is explained once in both languages, in the help and in the guide, and none that does not exist', () => {
	for (const language of ['en-US', 'vi']) {
		const texts = JSON.parse(read('locales', language, 'statuses.json')) as StatusTexts;
		const explained = [texts.every, texts['casso-webhook'], texts['casso-poll']].flatMap(Object.keys);
		const shown = Object.entries(labels(language)).filter(([key]) => key.startsWith('status.'));
		expect(explained.sort()).toEqual(shown.map(([key]) => key.slice('status.'.length)).sort());
		const inCode = [...read('host', 'nodeStatus.ts').matchAll(/^\t\| '(\w+)'/gm)].map(([, key]) => key ?? '');
		expect(inCode.sort()).toEqual(explained);
		const help = readFileSync(path.join(SRC, '..', 'dist', 'locales', language, 'saoke.html'), 'utf8');
		const guide = readFileSync(path.join(ROOT, 'docs', 'vi', 'su-co.md'), 'utf8');
		const signs = Object.values(texts.signs).flatMap(Object.keys);
		for (const text of [...shown.map(([, shownText]) => shownText), ...signs]) {
			expect(help).toContain(`| \`${text}\` |`);
			if (language === 'vi') expect(guide).toContain(`| \`${text}\` |`);
		}
	}
});

test('every key that a dialog or the runtime names has a text', () => {
	const known = labels('en-US');
	const named = TYPES.flatMap((type) => [
		`${type}.palette`,
		...[...dialog(type).matchAll(/data-i18n="(?:\[\w+\])?([\w.-]+)"|_\('([\w.-]+)'\)/g)].map(
			([, a, b]) => a ?? b ?? '',
		),
	]);
	const shared = [...read('editor', 'shared.html').matchAll(/_\('([\w.-]+)'[,)]/g)].map(([, key]) => key ?? '');
	const statuses = [...read('host', 'nodeStatus.ts').matchAll(/^\t\| '(\w+)'/gm)].map(
		([, key]) => `status.${key ?? ''}`,
	);
	const missing = [...named, ...shared, ...statuses].filter((key) => !key.endsWith('.') && !(key in known));
	expect(missing).toEqual([]);
	expect(named.length).toBeGreaterThan(100);
	expect(statuses.length).toBeGreaterThan(20);
});

test.each(TYPES)('%s: help in both languages, with what goes in and out', (type) => {
	for (const language of ['en-US', 'vi']) {
		const help = read('nodes', type, 'locales', `${language}.md`);
		expect(help).toMatch(/^\S/);
		if (!type.endsWith('-config')) expect(help).toMatch(/### Outputs[\s\S]*payload/);
		expect(help).toMatch(/### Details/);
	}
});

test.each(TYPES)(
	'%s: literal type name, a config version, and a field for every property that the dialog keeps',
	(type) => {
		const html = dialog(type);
		expect(html).toContain(`RED.nodes.registerType('${type}', {`);
		expect(html).not.toContain('<!-- row:');
		expect(html).toMatch(/configVersion: \{ value: 1 \}/);
		const defaults = /defaults: \{([\s\S]*?)\n\t\t\}/.exec(html)?.[1] ?? '';
		const properties = [...defaults.matchAll(/^\t\t\t(\w+): \{/gm)]
			.map(([, name]) => name ?? '')
			.filter((name) => name !== 'configVersion' && !name.endsWith('Label'));
		const missing = properties.filter((name) => !html.includes(`-input-${name}"`));
		expect(missing).toEqual([]);
		expect(properties.length).toBeGreaterThan(2);
	},
);

test('the fields that dialogs offer are those that records have', () => {
	const transaction = [...BANK_TRANSACTION_FIELDS, ...BANK_TRANSACTION_DETAIL_FIELDS];
	const listed = (type: string, name: string): string[] => {
		const list = new RegExp(`${name}(?: =|:) \\[([^\\]]*)\\]`).exec(dialog(type))?.[1] ?? '';
		return list.split(',').map((field) => field.trim().replaceAll("'", ''));
	};
	expect(listed('casso-transactions', 'FIELDS')).toEqual(transaction);
	expect(listed('casso-poll', 'FIELDS')).toEqual(transaction);
	expect(listed('casso-accounts', 'FIELDS')).toEqual([...BANK_ACCOUNT_FIELDS]);
	expect(listed('simplize', 'cashHistory')).toEqual([...CASH_MOVEMENT_FIELDS, ...CASH_MOVEMENT_DETAIL_FIELDS]);
	expect(listed('simplize', 'stockTransactions')).toEqual([
		...STOCK_TRANSACTION_FIELDS,
		...STOCK_TRANSACTION_DETAIL_FIELDS,
	]);
	expect(listed('simplize', 'portfolio')).toEqual([...PORTFOLIO_FIELDS, ...PORTFOLIO_DETAIL_FIELDS]);
	expect(listed('simplize', 'syncStatus')).toEqual([...SYNC_STATUS_FIELDS]);
	expect(listed('simplize', 'users')).toEqual([...LINKED_USER_FIELDS, ...LINKED_USER_DETAIL_FIELDS]);
});

test('the published package has no runtime dependency, and says which Node and Node-RED it runs on', () => {
	const manifest = JSON.parse(readFileSync(path.join(SRC, '..', 'package.json'), 'utf8')) as Record<string, unknown>;
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.engines).toEqual({ node: '>=22.9.0' });
	expect(manifest['node-red']).toEqual({ version: '>=4.0.0', nodes: { saoke: 'dist/saoke.js' } });
});

test('settings of a newer release are refused, those of an older one go through the steps in order', () => {
	const stored = { id: '1', type: 't', amount: 1 } as NodeProperties & { amount: number };
	expect(migrate(stored)).toMatchObject({ configVersion: 1, amount: 1 });
	const steps = [
		(from: Record<string, unknown>) => ({ ...from, amount: 2 }),
		(from: Record<string, unknown>) => ({ ...from, amount: Number(from.amount) * 10 }),
	];
	expect(migrate(stored, steps)).toMatchObject({ configVersion: 3, amount: 20 });
	expect(migrate({ ...stored, configVersion: 2 }, steps)).toMatchObject({ configVersion: 3, amount: 10 });
	expect(() => migrate({ ...stored, configVersion: 2 })).toThrow(ParameterError);
});

test('paths of webhooks', () => {
	expect(normalisePath('//casso//x/')).toBe('/casso/x');
	expect(checkPath(' casso/x/ ')).toBe('/casso/x');
	for (const bad of ['', '/', '/a b', '/a?b', '/a/:id', '/a/*', '/ä', undefined])
		expect(checkPath(bad)).toBeUndefined();
	expect(requestPath({ originalUrl: '/api//casso/x/?y=/z', url: '/x' })).toBe('/api/casso/x');
});
