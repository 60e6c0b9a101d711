/**
 * The one place that knows how packages are put together.
 *
 *   gulp build    every package into its dist/
 *   gulp package  build, then the tarballs into .saoke/tarballs/; `npm run package` checks them, too
 *
 * n8n's own build tool only compiles and copies, which leaves imports of packages/core behind. Here each node and
 * credential becomes a readable file, and what several of them use becomes a file in lib/; only n8n-workflow stays outside.
 */
const { execFile } = require('node:child_process');
const { mkdir, readdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { expandDialog } = require('./tools/build/nodeRedDialogs');
const { toStatusTable, writeStatusTable } = require('./tools/build/nodeRedStatuses');

const TARBALLS = path.join(__dirname, '.saoke', 'tarballs');
/** What each bundle contains, as esbuild tells it: the check of licences reads it. */
const METAFILES = path.join(__dirname, '.saoke', 'metafiles');

/** Folders, relative to the repository, of the packages that n8n loads. */
const N8N_PACKAGES = ['.', 'packages/n8n-nodes-simplize'];

/** Sources that each entry of an n8n manifest is made from. */
function entriesOf(manifest) {
	return [...manifest.n8n.credentials, ...manifest.n8n.nodes].map((file) =>
		file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
	);
}

async function bundleN8n(folder) {
	const dir = path.join(__dirname, folder);
	const manifest = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8'));
	await rm(path.join(dir, 'dist'), { recursive: true, force: true });
	const { outputFiles, metafile } = await esbuild.build({
		absWorkingDir: dir,
		entryPoints: entriesOf(manifest),
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		splitting: true,
		chunkNames: 'lib/[name]-[hash]',
		platform: 'node',
		target: 'node20.19',
		format: 'esm',
		external: ['n8n-workflow'],
		treeShaking: true,
		charset: 'utf8',
		logLevel: 'warning',
		write: false,
		metafile: true,
	});
	for (const file of outputFiles) {
		await mkdir(path.dirname(file.path), { recursive: true });
		await writeFile(file.path, await toCommonJs(file.text));
	}
	await writeMetafile(manifest.name, metafile);
	await writeLicences(dir, metafile);
}

/** esbuild shares code between entries only as modules; n8n loads CommonJS. */
async function toCommonJs(text) {
	const { code } = await esbuild.transform(text, {
		format: 'cjs',
		platform: 'node',
		target: 'node20.19',
		charset: 'utf8',
		// What is imported later becomes a later require(): the same module system throughout.
		supported: { 'dynamic-import': false },
	});
	return code;
}

/** Icons, codex files and output schemas keep their places below dist/. */
function copyN8n(folder) {
	const base = path.join(__dirname, folder);
	return src(['icons/*.svg', 'nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		cwd: base,
		base,
		allowEmpty: true,
		encoding: false,
	}).pipe(dest(path.join(base, 'dist')));
}

function n8nBuild(folder) {
	const bundle = () => bundleN8n(folder);
	const copy = () => copyN8n(folder);
	bundle.displayName = `bundle ${folder}`;
	copy.displayName = `copy ${folder}`;
	return series(bundle, copy);
}

/** Folder of the package that Node-RED loads. */
const NODE_RED = path.join(__dirname, 'packages', 'node-red-saoke');
const NODE_RED_LANGUAGES = ['en-US', 'vi'];
/** Page of the guide with the table of statuses. */
const STATUS_PAGE = path.join(__dirname, 'docs', 'vi', 'su-co.md');

/** Config nodes first: the editor shows the types in this order. */
async function nodeRedTypes() {
	const names = await readdir(path.join(NODE_RED, 'src', 'nodes'));
	return names.sort((a, b) => Number(b.endsWith('-config')) - Number(a.endsWith('-config')) || a.localeCompare(b));
}

/** One CommonJS file with got inside: a got that several node packages share cannot be loaded by all of them. */
async function bundleNodeRed() {
	await rm(path.join(NODE_RED, 'dist'), { recursive: true, force: true });
	const { metafile } = await esbuild.build({
		absWorkingDir: NODE_RED,
		entryPoints: ['src/index.ts'],
		outfile: 'dist/saoke.js',
		bundle: true,
		platform: 'node',
		target: 'node22.9',
		format: 'cjs',
		treeShaking: true,
		charset: 'utf8',
		legalComments: 'none',
		alias: { 'cacheable-request': './src/http/noCache.ts' },
		// Names stay, white space goes: the package is to stay small on small machines.
		minifyWhitespace: true,
		minifySyntax: true,
		lineLimit: 160,
		logLevel: 'warning',
		metafile: true,
	});
	await writeMetafile('@saoke/node-red-saoke', metafile);
	await writeLicences(NODE_RED, metafile);
}

async function writeMetafile(name, metafile) {
	await mkdir(METAFILES, { recursive: true });
	await writeFile(path.join(METAFILES, `${name.replace('/', '-')}.json`), JSON.stringify(metafile));
}

/** Licence texts of every library that a bundle holds, beside it; no file where it holds none. */
async function writeLicences(dir, metafile) {
	const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
		Object.keys(inputs).filter((input) => inputs[input].bytesInOutput > 0),
	);
	const folders = new Set();
	for (const input of used) {
		const match = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.resolve(dir, input).split(path.sep).join('/'));
		if (match) folders.add(match[1]);
	}
	if (folders.size === 0) return;
	const notices = await Promise.all([...folders].map(licenceOf));
	const text = ['This package contains these libraries.', ...notices.sort()].join(`\n\n${'-'.repeat(80)}\n\n`);
	await writeFile(path.join(dir, 'dist', 'THIRD-PARTY-LICENSES.txt'), text);
}

async function licenceOf(folder) {
	const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	if (!file) throw new Error(`${name} ships no licence text: leave it out, or add its text by hand`);
	return `${name} ${version} (${license})\n\n${(await readFile(path.join(folder, file), 'utf8')).trim()}\n`;
}

/** The editor's half: dialogs and scripts, in one file beside the bundle. */
async function editorNodeRed() {
	const parts = [path.join(NODE_RED, 'src', 'editor', 'shared.html')];
	for (const type of await nodeRedTypes()) parts.push(path.join(NODE_RED, 'src', 'nodes', type, 'editor.html'));
	const rows = path.join(NODE_RED, 'src', 'editor', 'rows');
	const html = await Promise.all(parts.map(async (file) => await expandDialog(await readFile(file, 'utf8'), rows)));
	await writeFile(path.join(NODE_RED, 'dist', 'saoke.html'), html.join('\n'));
}

/** Labels in one JSON and help in one HTML a language, as Node-RED looks for them; statuses in the help and in the guide. */
async function localesNodeRed() {
	const types = await nodeRedTypes();
	for (const language of NODE_RED_LANGUAGES) {
		const shared = path.join(NODE_RED, 'src', 'locales', language);
		const labels = JSON.parse(await readFile(path.join(shared, 'shared.json'), 'utf8'));
		const statuses = JSON.parse(await readFile(path.join(shared, 'statuses.json'), 'utf8'));
		const help = [];
		for (const type of types) {
			const folder = path.join(NODE_RED, 'src', 'nodes', type, 'locales');
			labels[type] = JSON.parse(await readFile(path.join(folder, `${language}.json`), 'utf8'));
			const text = (await readFile(path.join(folder, `${language}.md`), 'utf8')).trim();
			const table = `\n\n### ${statuses.heading}\n\n${toStatusTable(statuses, labels.status, [type])}`;
			const whole = type.endsWith('-config') ? text : text + table;
			help.push(`<script type="text/markdown" data-help-name="${type}">\n${whole}\n</script>\n`);
		}
		const folder = path.join(NODE_RED, 'dist', 'locales', language);
		await mkdir(folder, { recursive: true });
		await writeFile(path.join(folder, 'saoke.json'), `${JSON.stringify(labels, null, '\t')}\n`);
		await writeFile(path.join(folder, 'saoke.html'), help.join('\n'));
		if (language === 'vi') await writeStatusTable(STATUS_PAGE, toStatusTable(statuses, labels.status));
	}
}

function iconsNodeRed() {
	return src('icons/*.svg', { cwd: NODE_RED, base: NODE_RED, encoding: false }).pipe(dest(path.join(NODE_RED, 'dist')));
}

const buildNodeRed = series(bundleNodeRed, parallel(editorNodeRed, localesNodeRed, iconsNodeRed));

async function pack() {
	await rm(TARBALLS, { recursive: true, force: true });
	await mkdir(TARBALLS, { recursive: true });
	for (const folder of [...N8N_PACKAGES, path.relative(__dirname, NODE_RED)]) {
		await promisify(execFile)('npm', ['pack', '--pack-destination', TARBALLS], {
			cwd: path.join(__dirname, folder),
			shell: process.platform === 'win32',
		});
	}
}

exports.build = parallel(...N8N_PACKAGES.map(n8nBuild), buildNodeRed);
exports['build:node-red'] = buildNodeRed;
exports.package = series(exports.build, pack);
exports.default = exports.build;
