/**
 * What is built, and how packages are put together. How each kind is built is in tools/build.
 *
 *   gulp build    every package into its dist/
 *   gulp package  build, then the tarballs into .saoke/tarballs/; `npm run package` checks them, too
 */
const { execFile } = require('node:child_process');
const { mkdir, rename, rm } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const { parallel, series } = require('gulp');
const { n8nBuild } = require('./tools/build/n8n');
const { buildNodeRed } = require('./tools/build/nodeRed');

const TARBALLS = path.join(__dirname, '.saoke', 'tarballs');

/** Folders of the packages that n8n loads, and of the one that Node-RED loads. */
const N8N_PACKAGES = ['.', 'packages/n8n-nodes-simplize'];
const NODE_RED_PACKAGE = 'packages/node-red-saoke';

/** Into a folder of its own first: a host that is started meanwhile finds the tarballs of before, and not none. */
async function pack() {
	const folderOfRun = `${TARBALLS}-${process.pid}`;
	await mkdir(folderOfRun, { recursive: true });
	for (const folder of [...N8N_PACKAGES, NODE_RED_PACKAGE]) {
		await promisify(execFile)('npm', ['pack', '--pack-destination', folderOfRun], {
			cwd: path.join(__dirname, folder),
			shell: process.platform === 'win32',
		});
	}
	await rm(TARBALLS, { recursive: true, force: true });
	await rename(folderOfRun, TARBALLS);
}

exports.build = parallel(...N8N_PACKAGES.map(n8nBuild), buildNodeRed);
exports['build:node-red'] = buildNodeRed;
exports.package = series(exports.build, pack);
exports.default = exports.build;
