/**
 * Builds a package that n8n loads. n8n's own build tool only compiles and copies, which leaves imports of packages/core
 * behind. Here each node and credential becomes a readable file, and what several of them use becomes a file in lib/; only
 * n8n-workflow stays outside.
 */
const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const esbuild = require('esbuild');
const { dest, series, src } = require('gulp');
const { writeLicences, writeMetafile } = require('./notices');

const ROOT = path.resolve(__dirname, '..', '..');

/** Sources that each entry of an n8n manifest is made from. */
function entriesOf(manifest) {
	return [...manifest.n8n.credentials, ...manifest.n8n.nodes].map((file) =>
		file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
	);
}

async function bundleN8n(folder) {
	const dir = path.join(ROOT, folder);
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
		minifySyntax: true,
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
	const base = path.join(ROOT, folder);
	return src(['icons/*.svg', 'nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		cwd: base,
		base,
		allowEmpty: true,
		encoding: false,
	}).pipe(dest(path.join(base, 'dist')));
}

/** @param folder of the package, relative to the repository */
function n8nBuild(folder) {
	const bundle = () => bundleN8n(folder);
	const copy = () => copyN8n(folder);
	bundle.displayName = `bundle ${folder}`;
	copy.displayName = `copy ${folder}`;
	return series(bundle, copy);
}

module.exports = { n8nBuild };
