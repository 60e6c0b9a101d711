/** The tarball that users install: loaded in an empty folder that holds only n8n-workflow beside it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';
import { getTarball, packBuilt } from '../../hosts/tarball';

const ROOT = path.resolve(__dirname, '..', '..');
const LIMIT_BYTES = 100_000;

interface Manifest {
	name: string;
	files: string[];
	dependencies?: Record<string, string>;
	peerDependencies: Record<string, string>;
	scripts?: Record<string, string>;
	n8n: { n8nNodesApiVersion: number; nodes: string[]; credentials: string[] };
}

interface Loaded {
	nodes: INodeTypeDescription[];
	credentials: ICredentialType[];
}

const PACKAGES = [
	{
		name: 'n8n-nodes-casso',
		nodes: ['casso', 'cassoTrigger'],
		credentials: ['cassoApi', 'cassoWebhookApi'],
		schema: ['Casso', '__schema__', 'v1.0.0', 'transaction', 'getAll.json'],
	},
	{
		name: 'n8n-nodes-simplize',
		nodes: ['simplize', 'simplizeTrigger'],
		credentials: ['simplizePartnerApi'],
		schema: ['Simplize', '__schema__', 'v1.0.0', 'cashHistory', 'getAll.json'],
	},
];

beforeAll(() => {
	packBuilt();
});

describe.each(PACKAGES)('$name', ({ name, nodes, credentials, schema }) => {
	let folder: string;
	let packageDir: string;
	let manifest: Manifest;
	let files: string[];
	let loaded: Loaded;

	beforeAll(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'saoke-tarball-'));
		execFileSync('tar', ['-xzf', getTarball(name), '-C', folder]);
		packageDir = path.join(folder, 'package');
		mkdirSync(path.join(folder, 'node_modules'));
		symlinkSync(path.join(ROOT, 'node_modules', 'n8n-workflow'), path.join(folder, 'node_modules', 'n8n-workflow'));
		manifest = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as Manifest;
		loaded = load(folder);
		files = readdirSync(packageDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
			statSync(path.join(packageDir, name)).isFile(),
		);
	});
	afterAll(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	const scripts = (): string[] => files.filter((name) => name.endsWith('.js'));

	it('every JavaScript file is under 100 kB', () => {
		expect(scripts().length).toBeGreaterThan(0);
		for (const name of scripts())
			expect([name, statSync(path.join(packageDir, name)).size < LIMIT_BYTES]).toEqual([name, true]);
	});

	it('has no dependencies, and no scripts', () => {
		expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.scripts).toBeUndefined();
	});

	it('holds the built files and nothing of the sources', () => {
		expect(manifest.files).toEqual(['dist']);
		const others = files.filter((name) => !name.startsWith(`dist${path.sep}`));
		expect(others.filter((name) => !/^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(name))).toEqual([]);
		expect(others).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
		expect(files.filter((name) => /\.(ts|map|tgz|env)$|test|node_modules/.test(name))).toEqual([]);
	});

	it('its files ask for n8n-workflow, for each other and for what Node brings, no more', () => {
		const asked = new Set(
			scripts().flatMap((name) =>
				[...readFileSync(path.join(packageDir, name), 'utf8').matchAll(/require\(["']([^"']+)["']\)/g)].map(
					(match) => match[1],
				),
			),
		);
		expect([...asked].filter((name) => !/^(n8n-workflow|node:crypto|\.{1,2}\/.*)$/.test(name ?? ''))).toEqual([]);
	});

	it('loads beside n8n-workflow alone, and every class is what its file says', () => {
		expect(loaded.nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(nodes));
		expect(loaded.credentials.map(({ name }) => name)).toEqual(credentials);
	});

	it('every icon, codex file and output schema is in it', () => {
		const parts = [
			...loaded.nodes.map(({ icon }, index) => [manifest.n8n.nodes[index], icon]),
			...loaded.credentials.map(({ icon }, index) => [manifest.n8n.credentials[index], icon]),
		];
		for (const [file, icon] of parts as [string, { light: string; dark: string }][]) {
			for (const link of [icon.light, icon.dark]) {
				expect([link, existsSync(path.join(packageDir, path.dirname(file), link.replace('file:', '')))]).toEqual([
					link,
					true,
				]);
			}
		}
		for (const file of manifest.n8n.nodes)
			expect([file, existsSync(path.join(packageDir, file.replace(/\.js$/, '.json')))]).toEqual([file, true]);
		expect(files).toContain(path.join('dist', 'nodes', ...schema));
	});
});

/** Loads every entry in a process of its own, as n8n does: the class is named after its file. */
function load(folder: string): Loaded {
	const program = `
		const path = require('node:path');
		const manifest = require('./package/package.json').n8n;
		const load = (file) => new (require('./package/' + file))[path.basename(file).split('.')[0]]();
		const shown = { nodes: manifest.nodes.map((file) => load(file).description), credentials: manifest.credentials.map(load) };
		console.log(JSON.stringify(shown));
	`;
	const env = { ...process.env, NODE_PATH: '', NODE_OPTIONS: '' };
	return JSON.parse(execFileSync(process.execPath, ['-e', program], { cwd: folder, env, encoding: 'utf8' })) as Loaded;
}
