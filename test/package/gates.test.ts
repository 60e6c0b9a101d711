/** Every check of `npm run package` finds what it is there for: a good package passes it, the same package broken does not. */
import assert from 'node:assert/strict';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { ROOT } from '../../hosts/paths';
import { packPackages, getTarball } from '../../hosts/tarball';
import type { Check } from '../../tools/package/check';
import { installTarball } from '../../tools/package/install';
import { licences } from '../../tools/package/licences';
import { loadN8n } from '../../tools/package/loadN8n';
import { loadNodeRed } from '../../tools/package/loadNodeRed';
import { manifest } from '../../tools/package/manifest';
import { PACKAGES, type InstalledPackage } from '../../tools/package/packages';
import { publint } from '../../tools/package/publint';
import { Report } from '../../tools/package/report';
import { scanSource, scanTarball } from '../../tools/package/scan';
import { scorecard } from '../../tools/package/scorecard';
import { secrets } from '../../tools/package/secrets';
import { MOST, weight } from '../../tools/package/weight';

type Name = 'n8n-nodes-casso' | '@saoke/node-red-saoke';

const good = new Map<string, InstalledPackage>();
let scratch: string;

before(() => {
	scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'saoke-gates-')));
	packPackages();
	for (const published of PACKAGES) good.set(published.name, installTarball(published, getTarball(published.name)));
});

after(() => {
	for (const { home } of good.values()) rmSync(home, { recursive: true, force: true });
	rmSync(scratch, { recursive: true, force: true });
});

let copies = 0;

/** A copy of the installed package that a test may spoil. */
function createCopy(name: Name): InstalledPackage {
	const original = good.get(name);
	assert.ok(original, `${name} was not installed`);
	const home = path.join(scratch, String(copies++));
	cpSync(original.home, home, { recursive: true, verbatimSymlinks: true });
	return { ...original, home, dir: path.join(home, 'node_modules', name) };
}

function edit(dir: string, file: string, change: (text: string) => string): void {
	writeFileSync(path.join(dir, file), change(readFileSync(path.join(dir, file), 'utf8')));
}

function editManifest(dir: string, change: Record<string, unknown>): void {
	edit(dir, 'package.json', (text) => JSON.stringify({ ...(JSON.parse(text) as object), ...change }));
}

/** Asserts that the check passes the package, and that it names the fault after the package was spoilt. */
async function finds(
	check: Check,
	name: Name,
	spoil: (installed: InstalledPackage) => void,
	fault: RegExp,
): Promise<void> {
	assert.deepEqual((await check.run(createCopy(name))).problems, [], 'the package was to be good before it was spoilt');
	const installed = createCopy(name);
	spoil(installed);
	assert.match((await check.run(installed)).problems.join('\n'), fault);
}

/** As `finds`, where the check cannot even be made. */
async function stumbles(
	check: Check,
	name: Name,
	spoil: (installed: InstalledPackage) => void,
	fault: RegExp,
): Promise<void> {
	const installed = createCopy(name);
	spoil(installed);
	const report = new Report();
	assert.equal(await report.add(check.title, async () => await check.run(installed)), false);
	await assert.rejects(
		async () => await check.run(installed),
		(error: Error & { stderr?: string }) => fault.test(`${error.message}${error.stderr ?? ''}`),
	);
}

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
		const folder = path.join(scratch, `sources-${copies}`);
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
