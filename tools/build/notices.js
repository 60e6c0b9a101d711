/** What a bundle contains: kept for the check of licences, and the licence texts themselves beside the bundle. */
const { mkdir, readdir, readFile, writeFile } = require('node:fs/promises');
const path = require('node:path');

const LIBRARIES = path.resolve(__dirname, '..', '..', '.saoke', 'libraries');

/**
 * Licence texts of every library that a bundle holds, beside it; no file where it holds none. The folders of the libraries are
 * kept for the check of licences, which does not look at what is written here.
 *
 * @param dir of the package @param name of the package @param output of Rolldown
 */
async function writeLicences(dir, name, output) {
	const folders = new Set();
	for (const { modules = {} } of output) {
		for (const [id, { renderedLength }] of Object.entries(modules)) {
			const match = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.split(path.sep).join('/'));
			if (match && renderedLength > 0) folders.add(match[1]);
		}
	}
	await mkdir(LIBRARIES, { recursive: true });
	await writeFile(path.join(LIBRARIES, `${name.replace('/', '-')}.json`), JSON.stringify([...folders]));
	if (folders.size === 0) return;
	const notices = await Promise.all([...folders].map(licenceOf));
	const text = ['This package contains these libraries.', ...notices.sort()].join(`\n\n${'-'.repeat(80)}\n\n`);
	await writeFile(path.join(dir, 'dist', 'THIRD-PARTY-LICENSES'), text);
}

async function licenceOf(folder) {
	const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	if (!file) throw new Error(`${name} ships no licence text: leave it out, or add its text by hand`);
	return `${name} ${version} (${license})\n\n${(await readFile(path.join(folder, file), 'utf8')).trim()}\n`;
}

module.exports = { writeLicences };
