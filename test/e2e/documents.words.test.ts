/** What documents quote is there: names of fields and buttons, and messages, of ours and of the n8n that the demo pins. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { before, test } from 'node:test';
import { installOnce } from '../../hosts/install';
import { N8N_DIR } from '../../hosts/n8n';
import { ROOT } from '../../hosts/paths';
import { Progress } from '../../hosts/progress';
import { packPackages } from '../../hosts/tarball';
import {
	getBold,
	documentsBelow,
	getEmphasis,
	getFirstCells,
	getInlineCode,
	readText,
	type Document,
} from './harness/documents';

/** Of Casso's pages, of Node-RED's palette, and of repositories: nothing here holds their texts. */
const OF_OTHERS = [
	'Thiết lập',
	'API Keys',
	'Tạo API Key',
	'Gọi thử',
	'Webhook V2',
	'Key bảo mật',
	'Saoke',
	'Report a vulnerability',
	'Unreleased',
];
/** Stressed, and no name of anything. */
const STRESSED = ['sao kê', 'into the workflow', 'Order paid'];

const DOCUMENTS = documentsBelow();
/** English documents in which names of n8n and of our nodes are in italics. */
const WITH_NAMES = [
	'README.md',
	'docs/delivery.md',
	'docs/polling.md',
	'docs/promises.md',
	'docs/security.md',
	'docs/unknowns.md',
	'packages/n8n-nodes-simplize/README.md',
	'examples/n8n/recipes/README.md',
];

/** Everything that somebody may read on a screen. */
let shown: Set<string>;
/** Sources of n8n's editor and its own nodes, in which names are in quotes. */
let ofN8n: string;

before(async () => {
	packPackages();
	await installOnce(N8N_DIR, 'n8n', new Progress());
	shown = new Set([
		...OF_OTHERS,
		...namesOfNodes(),
		...namesInJson('packages/node-red-saoke/src'),
		...namesInJson('examples/n8n'),
	]);
	const editor = path.join(N8N_DIR, 'node_modules', 'n8n-editor-ui', 'dist', 'assets');
	const types = path.join(N8N_DIR, 'node_modules', 'n8n-nodes-base', 'dist', 'types');
	const files = [
		...readdirSync(editor)
			.filter((name) => name.endsWith('.js'))
			.map((name) => path.join(editor, name)),
		path.join(types, 'nodes.json'),
		path.join(types, 'credentials.json'),
	];
	ofN8n = files.map((file) => readFileSync(file, 'utf8')).join('\n');
});

/** Display names of fields, their choices, nodes and credentials, from the built packages. */
function namesOfNodes(): string[] {
	return ['.', path.join('packages', 'n8n-nodes-simplize')].flatMap((folder) => {
		const { n8n } = JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		return [...n8n.nodes, ...n8n.credentials].flatMap((file) => {
			const built = createRequire(__filename)(path.join(ROOT, folder, file)) as Record<string, new () => object>;
			return Object.values(built).flatMap((Type) => textsUnder(new Type(), ['displayName', 'name']));
		});
	});
}

/** Texts of locale files; names of the nodes of example workflows. */
function namesInJson(folder: string): string[] {
	return readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
		.flatMap((entry) => textsUnder(JSON.parse(readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))));
}

/** @param keys only texts under these; all of them where none is given */
function textsUnder(value: unknown, keys?: readonly string[]): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
		if (typeof inner === 'string') return keys === undefined || keys.includes(key) ? [inner] : [];
		return textsUnder(inner, keys);
	});
}

/** "Resource: Operation" are two names. */
function isShown(text: string): boolean {
	const name = text.replace(/\s+/g, ' ');
	if (shown.has(name) || ofN8n.includes(`\`${name}\``) || ofN8n.includes(`"${name}"`)) return true;
	const parts = name.split(': ');
	return parts.length > 1 && parts.every(isShown);
}

function documentAt(file: string): Document {
	const found = DOCUMENTS.find((document) => document.file === path.normalize(file));
	if (!found) throw new Error(`${file} is gone`);
	return found;
}

test('every name in bold in the Vietnamese guide is on a screen', () => {
	const guide = DOCUMENTS.filter(({ file }) => file.startsWith(path.join('docs', 'vi')));
	assert.ok(guide.length >= 8);
	for (const { file, tree } of guide) {
		const unknown = getBold(tree).filter((name) => !isShown(name));
		assert.deepEqual(unknown, [], `${file} names what no screen shows`);
	}
});

test('every name in italics in the English pages is on a screen', () => {
	for (const file of WITH_NAMES) {
		const unknown = getEmphasis(documentAt(file).tree).filter((name) => !STRESSED.includes(name) && !isShown(name));
		assert.deepEqual(unknown, [], `${file} names what no screen shows`);
	}
});

test('every message of the troubleshooting page is a message of ours', () => {
	const quoted = getFirstCells(documentAt('docs/vi/su-co.md').tree).flatMap(getInlineCode);
	assert.ok(quoted.length > 40);
	const sources = textOfSources([
		'packages/core/src',
		'packages/n8n-kit/src',
		'nodes',
		'credentials',
		'packages/n8n-nodes-simplize',
		'packages/node-red-saoke/src',
		'demo',
		'hosts',
	]);
	const unknown = quoted.filter((message) => !getParts(message).every((part) => sources.includes(part)));
	assert.deepEqual(unknown, []);
});

test('every reason in docs/delivery.md is a reason of the verifier', () => {
	const sources = textOfSources(['packages/core/src/casso/webhook']);
	const rows = getFirstCells(documentAt('docs/delivery.md').tree).map(readText);
	const reasons = rows
		.slice(rows.findIndex((text) => text.startsWith('no secret')))
		.flatMap((text) => text.split(' · '));
	assert.ok(reasons.length >= 10);
	for (const reason of reasons) assert.ok(sources.includes(reason), `the verifier does not say "${reason}"`);
});

/** A message is put together in the source: what stands between its values must be there. */
function getParts(message: string): string[] {
	return message
		.split(/ GET \/v2\/userInfo \(HTTP 401| GET$|^HTTP 429$/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

function textOfSources(folders: readonly string[]): string {
	const files = folders.flatMap((folder) =>
		readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
			.filter(
				(entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name) && !/node_modules|dist/.test(entry.parentPath),
			)
			.map((entry) => path.join(entry.parentPath, entry.name)),
	);
	return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}
