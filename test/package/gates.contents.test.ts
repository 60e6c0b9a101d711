/** Checks of what a package contains: a good package passes each, the same package broken does not. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { licences } from '../../tools/package/licences';
import { manifest } from '../../tools/package/manifest';
import type { InstalledPackage } from '../../tools/package/packages';
import { publint } from '../../tools/package/publint';
import { scorecard } from '../../tools/package/scorecard';
import { secrets } from '../../tools/package/secrets';
import { MOST, weight } from '../../tools/package/weight';
import { createCopy, edit, editManifest, finds } from './harness/spoil';

void describe(manifest.title, () => {
	const spoilt: [what: string, change: Record<string, unknown>, fault: RegExp][] = [
		['a home page of its own', { homepage: 'https://elsewhere.example.com' }, /homepage/],
		['no place for bugs', { bugs: undefined }, /bugs/],
		[
			'another repository',
			{ repository: { type: 'git', url: 'git+https://elsewhere.example.com/x.git' } },
			/repository\.url/,
		],
		[
			'the folder of another package',
			{ repository: { type: 'git', url: 'git+https://example.com/saoke/saoke.git', directory: 'packages/other' } },
			/repository\.directory/,
		],
		['another licence', { license: 'GPL-3.0' }, /license/],
		['a dependency', { dependencies: { got: '1.0.0' } }, /dependencies/],
		['a script at installation', { scripts: { postinstall: 'echo hello' } }, /postinstall/],
		['no keyword', { keywords: ['casso'] }, /keyword/],
	];
	for (const [what, change, fault] of spoilt)
		test(what, async () => await finds(manifest, 'n8n-nodes-casso', ({ dir }) => editManifest(dir, change), fault));
	test('no licence text', async () =>
		await finds(manifest, '@saoke/node-red-saoke', ({ dir }) => rmSync(path.join(dir, 'LICENSE')), /LICENSE/));
});

void describe(weight.title, () => {
	test('a tarball that has grown', async () => {
		const spoil = (installed: InstalledPackage): void => {
			installed.tarball = path.join(installed.home, 'large.tgz');
			writeFileSync(installed.tarball, Buffer.alloc(MOST[installed.host] + 1));
		};
		await finds(weight, 'n8n-nodes-casso', spoil, new RegExp(`${MOST.n8n + 1} bytes`));
		await finds(weight, '@saoke/node-red-saoke', spoil, new RegExp(`${MOST['node-red'] + 1} bytes`));
	});
});

void describe(publint.title, () => {
	test('an entry that is not there', async () =>
		await finds(
			publint,
			'@saoke/node-red-saoke',
			({ dir }) => editManifest(dir, { main: 'dist/gone.js' }),
			/gone\.js/,
		));
	test('a file in a format that Node takes for another', async () =>
		await finds(
			publint,
			'@saoke/node-red-saoke',
			({ dir }) => editManifest(dir, { type: 'module' }),
			/dist\/saoke\.js/,
		));
});

void describe(licences.title, () => {
	/** Makes a library the only one that the build says is bundled. */
	const bundle = (installed: InstalledPackage, library: Record<string, string>): void => {
		const folder = path.join(installed.home, 'node_modules', library.name ?? '');
		mkdirSync(folder, { recursive: true });
		writeFileSync(path.join(folder, 'package.json'), JSON.stringify(library));
		installed.libraries = path.join(installed.home, 'libraries.json');
		writeFileSync(installed.libraries, JSON.stringify([folder]));
	};
	const notice = (installed: InstalledPackage, text: string): void =>
		edit(installed.dir, 'dist/THIRD-PARTY-LICENSES', (notices) => `${notices}\n${'-'.repeat(80)}\n\n${text}`);

	test('a library that is not named', async () =>
		await finds(
			licences,
			'@saoke/node-red-saoke',
			(installed) => bundle(installed, { name: 'new-library', version: '1.0.0', license: 'MIT' }),
			/does not name new-library 1\.0\.0/,
		));
	test('a library that is named without its text', async () => {
		const spoil = (installed: InstalledPackage): void => {
			bundle(installed, { name: 'new-library', version: '1.0.0', license: 'MIT' });
			notice(installed, 'new-library 1.0.0 (MIT)\n\nno more than this\n');
		};
		await finds(licences, '@saoke/node-red-saoke', spoil, /no licence text/);
	});
	for (const license of ['GPL-3.0-only', '(MIT AND GPL-2.0)', '']) {
		test(`a library under "${license}"`, async () => {
			const spoil = (installed: InstalledPackage): void => {
				bundle(installed, { name: 'new-library', version: '1.0.0', license });
				notice(installed, `new-library 1.0.0 (${license})\n\n${'All rights reserved. '.repeat(50)}\n`);
			};
			await finds(licences, '@saoke/node-red-saoke', spoil, /not in the list of allowed licences/);
		});
	}
	test('notices that were left out', async () =>
		await finds(
			licences,
			'n8n-nodes-casso',
			({ dir }) => rmSync(path.join(dir, 'dist', 'THIRD-PARTY-LICENSES')),
			/does not name/,
		));
});

void describe(secrets.title, () => {
	// Put together here, so that the search through this repository does not find them.
	const strings: [what: string, text: string][] = [
		['an npm token', ['npm', 'a1B2c3D4e5F6'.repeat(3)].join('_')],
		['a secret key of AWS', `AWS_SECRET_ACCESS_KEY = "${'wJalrXUtnFEMI7MDENGb'.repeat(2)}"`],
		[
			'a private key',
			[
				'-----BEGIN RSA',
				`PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA7bq3'.repeat(20)}\n-----END RSA`,
				'PRIVATE KEY-----',
			].join(' '),
		],
		['an API key of Casso', ['AK_CS', '0123456789abcdef'.repeat(2), 'Zz9'.repeat(24)].join('.')],
	];
	for (const [what, text] of strings) {
		test(what, async () => {
			const spoil = ({ dir }: InstalledPackage): void =>
				writeFileSync(path.join(dir, 'dist', 'left-behind.txt'), `\n${text}\n`);
			await finds(secrets, 'n8n-nodes-casso', spoil, /left-behind\.txt:2 /);
		});
	}
	test('the finding does not repeat the secret', async () => {
		const installed = createCopy('n8n-nodes-casso');
		for (const [, text] of strings) writeFileSync(path.join(installed.dir, 'dist', `${text.length}.txt`), text);
		const { problems } = await secrets.run(installed);
		assert.ok(problems.length >= strings.length);
		for (const [, text] of strings) assert.ok(!problems.join('\n').includes(text.slice(-30)));
	});
});

void describe(scorecard.title, () => {
	test('no examples', async () =>
		await finds(
			scorecard,
			'@saoke/node-red-saoke',
			({ dir }) => rmSync(path.join(dir, 'examples'), { recursive: true }),
			/N02 is not green/,
		));
	test('no minimum version of Node-RED', async () =>
		await finds(
			scorecard,
			'@saoke/node-red-saoke',
			({ dir }) => editManifest(dir, { 'node-red': { nodes: { saoke: 'dist/saoke.js' } } }),
			/is not green/,
		));
});
