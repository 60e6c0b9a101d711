/** What a bundle contains: kept for the check of licences, and the licence texts themselves beside the bundle. */
const { mkdir, readdir, readFile, writeFile } = require('node:fs/promises');
const path = require('node:path');

const METAFILES = path.resolve(__dirname, '..', '..', '.saoke', 'metafiles');

async function writeMetafile(name, metafile) {
	await mkdir(METAFILES, { recursive: true });
	await writeFile(path.join(METAFILES, `${name.replace('/', '-')}.json`), JSON.stringify(metafile));
}

/** Licence texts of every library that a bundle holds, beside it; no file where it holds none. */
async function writeLicences(dir, metafile) {
	const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
		Object.keys(inputs).filter((input) => inputs[input].bytesInOutput > 0),
	);
	const folders = new Set();
	for (const input of used) {
		const match = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.resolve(dir, input).split(path.sep).join('/'));
		if (match) folders.add(match[1]);
	}
	if (folders.size === 0) return;
	const notices = await Promise.all([...folders].map(licenceOf));
	const text = ['This package contains these libraries.', ...notices.sort()].join(`\n\n${'-'.repeat(80)}\n\n`);
	await writeFile(path.join(dir, 'dist', 'THIRD-PARTY-LICENSES.txt'), text);
}

async function licenceOf(folder) {
	const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	if (!file) throw new Error(`${name} ships no licence text: leave it out, or add its text by hand`);
	return `${name} ${version} (${license})\n\n${(await readFile(path.join(folder, file), 'utf8')).trim()}\n`;
}

module.exports = { writeLicences, writeMetafile };
