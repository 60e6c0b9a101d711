/** Checks of a package as its host takes it: installed, loaded, scanned. A good package passes each, the same one broken does not. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { ROOT } from '../../hosts/paths';
import { installTarball } from '../../tools/package/install';
import { loadN8n } from '../../tools/package/loadN8n';
import { loadNodeRed } from '../../tools/package/loadNodeRed';
import { PACKAGES, type InstalledPackage } from '../../tools/package/packages';
import { scanSource, scanTarball } from '../../tools/package/scan';
import { createCopy, edit, editManifest, finds, scratch, stumbles } from './harness/spoil';

void describe('installing', () => {
	test('a package that wants another one is refused', () => {
		const folder = path.join(scratch, 'wanting');
		const { dir } = createCopy('n8n-nodes-casso');
		cpSync(dir, folder, { recursive: true });
		editManifest(folder, { dependencies: { 'is-number-that-nobody-has': '1.0.0' } });
		execFileSync('npm', ['pack', '--silent', '--ignore-scripts'], { cwd: folder, stdio: 'ignore' });
		const tarball = path.join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
		assert.throws(() => installTarball(PACKAGES[0] as (typeof PACKAGES)[number], tarball), /npm install/);
	});
});

void describe(loadN8n.title, () => {
	const node = 'dist/nodes/Casso/Casso.node.js';
	test('a library that was not bundled', async () =>
		await stumbles(
			loadN8n,
			'n8n-nodes-casso',
			({ dir }) => edit(dir, node, (text) => `require('lean-qr');\n${text}`),
			/Cannot find module 'lean-qr'/,
		));
	test('a part that was not packed', async () =>
		await stumbles(
			loadN8n,
			'n8n-nodes-casso',
			({ dir }) => rmSync(path.join(dir, 'dist', 'lib'), { recursive: true }),
			/Cannot find module/,
		));
	test('a node that throws when it is made', async () =>
		await stumbles(
			loadN8n,
			'n8n-nodes-casso',
			({ dir }) => edit(dir, node, (text) => `throw new Error('not today');\n${text}`),
			/not today/,
		));
	test('a node of the manifest that is not there', async () =>
		await stumbles(loadN8n, 'n8n-nodes-casso', ({ dir }) => rmSync(path.join(dir, node)), /Casso\.node/));
	test('an icon that is not there', async () =>
		await finds(
			loadN8n,
			'n8n-nodes-casso',
			({ dir }) => rmSync(path.join(dir, 'dist', 'icons', 'casso.dark.svg')),
			/has no icon/,
		));
});

void describe(loadNodeRed.title, () => {
	const bundle = 'dist/saoke.js';
	test('a bundle that cannot be loaded', async () =>
		await finds(
			loadNodeRed,
			'@saoke/node-red-saoke',
			({ dir }) => edit(dir, bundle, (text) => `require('got');\n${text}`),
			/could not be loaded.*got/,
		));
	test('a type that only the editor knows', async () => {
		await finds(
			loadNodeRed,
			'@saoke/node-red-saoke',
			({ dir }) => writeFileSync(path.join(dir, bundle), 'module.exports = () => undefined;\n'),
			/casso-poll/,
		);
	});
	test('no node in the manifest', async () =>
		await finds(
			loadNodeRed,
			'@saoke/node-red-saoke',
			({ dir }) => editManifest(dir, { 'node-red': undefined }),
			/found no node/,
		));
});

void describe(scanTarball.title, () => {
	const lines: [what: string, line: string, fault: RegExp][] = [
		['a timer', 'exports.wait = () => setTimeout(() => undefined, 1);', /no-restricted-globals/],
		['an environment variable', 'exports.home = process.env.HOME;', /no-restricted-globals/],
		['the file system', "exports.fs = require('node:fs');", /no-restricted-imports/],
		// Put together here, so that a search for exceptions finds none in our own files.
		[
			'an exception from a rule, which counts for nothing',
			`// ${['eslint', 'disable', 'next', 'line'].join('-')}\nexports.home = process.env.HOME;`,
			/no-restricted-globals/,
		],
	];
	for (const [what, line, fault] of lines) {
		test(
			what,
			async () =>
				await finds(
					scanTarball,
					'n8n-nodes-casso',
					({ dir }) => edit(dir, 'dist/credentials/CassoApi.credentials.js', (text) => `${text}\n${line}\n`),
					fault,
				),
		);
	}
	test('a manifest with a dependency', async () =>
		await finds(
			scanTarball,
			'n8n-nodes-casso',
			({ dir }) => editManifest(dir, { dependencies: { got: '1.0.0' } }),
			/no-runtime-dependencies/,
		));
	test('a mere warning: no home page', async () =>
		await finds(
			scanTarball,
			'n8n-nodes-casso',
			({ dir }) => editManifest(dir, { homepage: undefined }),
			/require-homepage/,
		));
	test('an empty folder', async () => {
		const spoil = ({ dir }: InstalledPackage): void => {
			rmSync(dir, { recursive: true });
			mkdirSync(dir);
		};
		await finds(scanTarball, 'n8n-nodes-casso', spoil, /nothing to scan/);
	});
});

void describe(scanSource.title, () => {
	/** The sources in a folder that a test may spoil. */
	const sources = (): InstalledPackage => {
		const installed = createCopy('n8n-nodes-casso');
		const folder = path.join(installed.home, 'sources');
		for (const part of ['package.json', 'credentials', 'nodes', 'icons'])
			cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
		return { ...installed, folder: path.relative(ROOT, folder) };
	};
	test('a node without an icon', async () => {
		const installed = sources();
		assert.deepEqual((await scanSource.run(installed)).problems, []);
		edit(path.join(ROOT, installed.folder), 'nodes/Casso/Casso.node.ts', (text) => text.replace(/\n\t\ticon: .*/, ''));
		assert.match((await scanSource.run(installed)).problems.join('\n'), /Casso\.node\.ts:\d+ .*icon/);
	});
	test('a credential without a test', async () => {
		const installed = sources();
		edit(path.join(ROOT, installed.folder), 'credentials/CassoApi.credentials.ts', (text) =>
			text.replace(/\ttest: /, '\ttested: '),
		);
		assert.match((await scanSource.run(installed)).problems.join('\n'), /credential-test-required/);
	});
});
