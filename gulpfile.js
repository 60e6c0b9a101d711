/**
 * What is built, and how packages are put together. How each kind is built is in tools/build.
 *
 *   gulp build    every package into its dist/
 *   gulp pack     the tarballs of what is built, into .saoke/tarballs/
 *   gulp package  both; `npm run package` checks the tarballs, too
 */
const { execFile } = require('node:child_process');
const { cp, mkdir, readFile, rename, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const { parallel, series } = require('gulp');
const { n8nBuild } = require('./tools/build/n8n');
const { buildNodeRed } = require('./tools/build/nodeRed');

const TARBALLS = path.join(__dirname, '.saoke', 'tarballs');

/** Folders of the packages that n8n loads, and of the one that Node-RED loads. */
const N8N_PACKAGES = ['.', 'packages/n8n-nodes-simplize'];
const NODE_RED_PACKAGE = 'packages/node-red-saoke';

/** A package as it is published: its manifest has nothing that only a clone needs. */
async function stage(source, target) {
	const manifest = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'));
	for (const part of ['scripts', 'workspaces', 'devDependencies']) delete manifest[part];
	for (const name of ['README.md', 'LICENSE', ...manifest.files])
		await cp(path.join(source, name), path.join(target, name), { recursive: true });
	await writeFile(path.join(target, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
}

/** Into a folder of its own first: a host that is started meanwhile finds the tarballs of before, and not none. */
async function pack() {
	const folderOfRun = `${TARBALLS}-${process.pid}`;
	await mkdir(folderOfRun, { recursive: true });
	for (const folder of [...N8N_PACKAGES, NODE_RED_PACKAGE]) {
		const staged = path.join(folderOfRun, 'staged');
		await stage(path.join(__dirname, folder), staged);
		await promisify(execFile)('npm', ['pack', '--pack-destination', folderOfRun], {
			cwd: staged,
			shell: process.platform === 'win32',
		});
		await rm(staged, { recursive: true });
	}
	await rm(TARBALLS, { recursive: true, force: true });
	await rename(folderOfRun, TARBALLS);
}

exports.build = parallel(...N8N_PACKAGES.map(n8nBuild), buildNodeRed);
exports['build:node-red'] = buildNodeRed;
exports.pack = pack;
exports.package = series(exports.build, pack);
exports.default = exports.build;
