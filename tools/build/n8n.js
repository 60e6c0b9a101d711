/**
 * Builds a package that n8n loads. n8n's own build tool only compiles and copies, which leaves imports of packages/core
 * behind. Here each node and credential becomes a readable file, and what several of them use becomes a file in lib/; only
 * n8n-workflow stays outside.
 */
const { readFile, rm } = require('node:fs/promises');
const path = require('node:path');
const { dest, series, src } = require('gulp');
const { rolldown } = require('rolldown');
const { writeLicences } = require('./notices');

const ROOT = path.resolve(__dirname, '..', '..');

/**
 * What goes into lib/ because several files need it: core, payments as a whole, and ours for n8n. What is imported when it is
 * needed, the doctor and the drawing of QR codes, becomes a file there by itself.
 */
const LIB_FILES = [
	{ name: 'core', test: /core[\\/]src[\\/](?!doctor|payment)/, minShareCount: 2, priority: 1 },
	{ name: 'payment', test: /core[\\/]src[\\/]payment[\\/](?!vietQr)/ },
	{ name: 'n8n', minShareCount: 2 },
];

/**
 * A file in lib/ does not change what it exports once it is loaded, so that it needs none of Rolldown's getters: one list of
 * names says it, too.
 */
const plainExports = {
	name: 'plain exports',
	generateBundle: (_options, files) => {
		for (const file of Object.values(files))
			file.code = file.code
				.replace(EXPORT_GETTER, 'exports.$1 = $2;')
				.replace(
					EXPORTS_BY_NAME,
					(lines) => `Object.assign(exports, {\n${lines.replace(EXPORT_BY_NAME, '\t$1,')}});\n`,
				);
	},
};
const EXPORT_GETTER =
	/Object\.defineProperty\(exports, "(\w+)", \{\s*enumerable: !0,\s*get: function\(\) \{\s*return ([^;]+);\s*\}\s*\}\);/g;
const EXPORT_BY_NAME = /^exports\.(\w+) = \1;$/gm;
const EXPORTS_BY_NAME = /(?:^exports\.(\w+) = \1;\n){2,}/gm;

/** The source of each entry of an n8n manifest, by the path of the built file without its ending. */
function entriesOf(manifest) {
	const files = [...manifest.n8n.credentials, ...manifest.n8n.nodes];
	const names = files.map((file) => file.replace(/^dist\/|\.js$/g, ''));
	return Object.fromEntries(names.map((name) => [name, `${name}.ts`]));
}

async function bundleN8n(folder) {
	const dir = path.join(ROOT, folder);
	const manifest = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8'));
	await rm(path.join(dir, 'dist'), { recursive: true, force: true });
	const bundle = await rolldown({
		cwd: dir,
		input: entriesOf(manifest),
		external: ['n8n-workflow'],
		platform: 'node',
		transform: { target: 'node20.19' },
		tsconfig: false,
		experimental: { attachDebugInfo: 'none' },
		plugins: [plainExports],
	});
	const { output } = await bundle.write({
		dir: path.join(dir, 'dist'),
		format: 'cjs',
		entryFileNames: '[name].js',
		chunkFileNames: 'lib/[name].js',
		comments: false,
		minifyInternalExports: false,
		codeSplitting: { groups: LIB_FILES },
		// Shorter syntax only: names, white space and one statement a line stay.
		minify: {
			compress: { sequences: false, joinVars: false, keepNames: { function: true, class: true } },
			mangle: false,
			codegen: { removeWhitespace: false },
		},
	});
	await bundle.close();
	await writeLicences(dir, manifest.name, output);
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
