/** Builds the package that Node-RED loads: one bundle, one file for the editor, and labels and help in each language. */
const { mkdir, readdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { dest, parallel, series, src } = require('gulp');
const { rolldown } = require('rolldown');
const { expandDialog } = require('./nodeRedDialogs');
const { toStatusTable, writeStatusTable } = require('./nodeRedStatuses');
const { writeLicences } = require('./notices');

const ROOT = path.resolve(__dirname, '..', '..');
/** Folder of the package that Node-RED loads. */
const NODE_RED = path.join(ROOT, 'packages', 'node-red-saoke');
const NODE_RED_LANGUAGES = ['en-US', 'vi'];
/** Page of the guide with the table of statuses. */
const STATUS_PAGE = path.join(ROOT, 'docs', 'vi', 'su-co.md');

/** Config nodes first: the editor shows the types in this order. */
async function nodeRedTypes() {
	const names = await readdir(path.join(NODE_RED, 'src', 'nodes'));
	return names.sort((a, b) => Number(b.endsWith('-config')) - Number(a.endsWith('-config')) || a.localeCompare(b));
}

/** A line of its own for the export: publint takes the rest of a line for a comment if an address with // is in it. */
const exportOnLastLine = {
	name: 'export on the last line',
	generateBundle: (_options, files) => {
		for (const file of Object.values(files)) file.code = file.code.replace(/(?=module\.exports=\w+;\s*$)/, '\n');
	},
};

/** One CommonJS file with got inside: a got that several node packages share cannot be loaded by all of them. */
async function bundleNodeRed() {
	const dist = path.join(NODE_RED, 'dist');
	await rm(dist, { recursive: true, force: true });
	const bundle = await rolldown({
		cwd: NODE_RED,
		input: 'src/index.ts',
		platform: 'node',
		transform: { target: 'node22.9' },
		resolve: { alias: { 'cacheable-request': path.join(NODE_RED, 'src', 'http', 'noCache.ts') } },
		tsconfig: false,
		plugins: [exportOnLastLine],
	});
	const { output } = await bundle.write({
		file: path.join(dist, 'saoke.js'),
		format: 'cjs',
		codeSplitting: false,
		comments: false,
		// Names stay, white space goes: the package is to stay small on small machines.
		minify: {
			compress: { keepNames: { function: false, class: true } },
			mangle: false,
			codegen: { removeWhitespace: true },
		},
	});
	await bundle.close();
	await writeLicences(NODE_RED, '@saoke/node-red-saoke', output);
}

/** Ranges of core's table of options, for the dialogs. */
async function numberRanges() {
	const bundle = await rolldown({ input: path.join(ROOT, 'packages', 'core', 'src', 'options.ts'), tsconfig: false });
	const { output } = await bundle.generate({ format: 'cjs' });
	await bundle.close();
	const loaded = {};
	new Function('exports', output[0].code)(loaded);
	return Object.fromEntries(
		Object.entries(loaded.NUMBER_OPTIONS).map(([name, { min, max, fractions }]) => [name, { min, max, fractions }]),
	);
}

/** The editor's half: dialogs and scripts, in one file beside the bundle. */
async function editorNodeRed() {
	const parts = ['style', 'shared', 'connection', 'picker'].map((name) =>
		path.join(NODE_RED, 'src', 'editor', `${name}.html`),
	);
	for (const type of await nodeRedTypes()) parts.push(path.join(NODE_RED, 'src', 'nodes', type, 'editor.html'));
	const rows = path.join(NODE_RED, 'src', 'editor', 'rows');
	const html = await Promise.all(parts.map(async (file) => await expandDialog(await readFile(file, 'utf8'), rows)));
	const text = html
		.join('\n')
		.replace('NUMBER_OPTIONS = {}', `NUMBER_OPTIONS = ${JSON.stringify(await numberRanges())}`);
	await writeFile(path.join(NODE_RED, 'dist', 'saoke.html'), text);
}

/** Labels in one JSON and help in one HTML a language, as Node-RED looks for them; statuses in the help and in the guide. */
async function localesNodeRed() {
	const types = await nodeRedTypes();
	for (const language of NODE_RED_LANGUAGES) {
		const shared = path.join(NODE_RED, 'src', 'locales', language);
		const labels = JSON.parse(await readFile(path.join(shared, 'shared.json'), 'utf8'));
		labels.doctor = JSON.parse(await readFile(path.join(shared, 'doctor.json'), 'utf8'));
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

module.exports = { buildNodeRed };
