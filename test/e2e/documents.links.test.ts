/** The documents lead somewhere: links, anchors and pictures; what they say of numbers and of examples is so. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { packagesInLock } from '../../hosts/install';
import { N8N_DIR } from '../../hosts/n8n';
import { ROOT } from '../../hosts/paths';
import { drawArchitecture } from '../../tools/pictures/architecture';
import { getBlocks, documentsBelow, getTargets } from './harness/documents';

const DOCUMENTS = documentsBelow();
const PICTURES = path.join('docs', 'pictures');

test('every link to a file of the repository, and to a heading in it, leads there', () => {
	const files = DOCUMENTS.map(({ file }) => file);
	const command = [
		path.join(ROOT, 'node_modules', 'remark-cli', 'cli.js'),
		'--quiet',
		'--frail',
		'--no-stdout',
		'--use',
		'remark-gfm',
		'--use',
		'remark-validate-links=repository:false',
		...files,
	];
	const { status, stderr, stdout } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
	assert.equal(status, 0, stdout + stderr);
});

test('every page of the documents is reached from another one', () => {
	const linked = new Set(
		DOCUMENTS.flatMap(({ file, tree }) =>
			getTargets(tree)
				.map(({ url }) => path.relative(ROOT, path.resolve(ROOT, path.dirname(file), url.split('#')[0] ?? '')))
				.filter((target) => target !== file),
		),
	);
	const pages = DOCUMENTS.map(({ file }) => file).filter((file) => file.startsWith(`docs${path.sep}`));
	assert.ok(pages.length > 20);
	assert.deepEqual(
		pages.filter((file) => !linked.has(file)),
		[],
	);
});

test('every link to another site is well-formed and https', () => {
	for (const { file, tree } of DOCUMENTS) {
		for (const { url } of getTargets(tree).filter((target) => /^[a-z][a-z0-9+.-]*:/i.test(target.url))) {
			if (/^mailto:[^@\s]+@[^@\s]+\.[a-z]+$/.test(url)) continue;
			// Printed addresses of this machine become links by themselves.
			if (/^http:\/\/127\.0\.0\.1(:\d+)?(\/|$)/.test(url)) continue;
			assert.ok(URL.canParse(url) && url.startsWith('https://'), `${file} links to ${url}`);
		}
	}
});

test('every picture is there, is shown in a document, and says what it shows', () => {
	const shown = new Set<string>();
	for (const { file, tree } of DOCUMENTS) {
		for (const { url, isPicture } of getTargets(tree)) {
			const picture = path.relative(ROOT, path.resolve(ROOT, path.dirname(file), url));
			if (isPicture) assert.ok(existsSync(path.join(ROOT, picture)), `${file} shows ${url}, which is not there`);
			if (isPicture) shown.add(picture);
		}
		assert.doesNotMatch(readFileSync(path.join(ROOT, file), 'utf8'), /!\[\]\(/, `${file} has a picture without words`);
	}
	for (const name of readdirSync(path.join(ROOT, PICTURES)))
		assert.ok(shown.has(path.join(PICTURES, name)), `no document shows ${name}`);
});

test('the picture of the architecture is the one that its script draws', () => {
	assert.equal(readFileSync(path.join(ROOT, PICTURES, 'architecture.svg'), 'utf8'), drawArchitecture());
});

test('the page of the demo names as many packages as its start counts', () => {
	assert.match(
		readFileSync(path.join(N8N_DIR, 'README.md'), 'utf8'),
		new RegExp(`this installation takes ${packagesInLock(N8N_DIR)} `),
	);
});

test('every example that holds ids of the sandbox says so in a note', () => {
	const folders = ['examples/n8n', 'examples/n8n/recipes', 'packages/node-red-saoke/examples'];
	const files = folders.flatMap((folder) =>
		readdirSync(path.join(ROOT, folder))
			.filter((name) => name.endsWith('.json'))
			.map((name) => path.join(folder, name)),
	);
	const holding = files
		.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')] as const)
		.filter(([, text]) => text.includes('USER015'));
	assert.ok(holding.length >= 3);
	for (const [file, text] of holding)
		assert.match(
			text,
			/USER015[^"]*sandbox|sandbox[^"]*USER015/,
			`${file} has a user of the sandbox and does not say so`,
		);
});

test('every decision has a date and stands in the list', () => {
	const folder = path.join('docs', 'decisions');
	const list = readFileSync(path.join(ROOT, folder, 'README.md'), 'utf8');
	for (const name of readdirSync(path.join(ROOT, folder)).filter((file) => /^\d{4}-/.test(file))) {
		const [heading, , date] = readFileSync(path.join(ROOT, folder, name), 'utf8').split('\n');
		assert.match(date ?? '', /^\*\d{4}-\d{2}-\d{2}\*$/, `${name} has no date below its heading`);
		assert.ok(list.includes(`[${(heading ?? '').slice(2)}](${name})`), `${name} is not in the list of decisions`);
	}
});

test('every block of JSON outside the specifications is JSON', () => {
	const blocks = DOCUMENTS.filter(({ file }) => !file.startsWith(path.join('docs', 'spec')))
		.flatMap(getBlocks)
		.filter(({ language }) => language === 'json');
	assert.ok(blocks.length >= 2);
	for (const { text } of blocks) JSON.parse(text);
});
