/**
 * The licences of what a bundle contains: each library is named in the package's THIRD-PARTY-LICENSES with its text, and
 * its licence is one that may be passed on under MIT. What is in the bundle is told by esbuild, not by our own list.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EVERY_HOST, type Check, type Verdict } from './check';
import { getSource, type InstalledPackage } from './packages';

/** They ask for no more than their text. A new one is added here only after reading it. */
const ALLOWED = ['0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];
const NOTICES = path.join('dist', 'THIRD-PARTY-LICENSES.txt');
/** The shortest allowed licence text (0BSD) has some 600 characters. */
const LEAST_TEXT = 500;

interface Metafile {
	outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
}

interface Library {
	name: string;
	version: string;
	license?: string;
}

export const licences: Check = {
	title: 'licences',
	hosts: EVERY_HOST,
	run: async (installed) => await Promise.resolve(check(installed)),
};

function check(installed: InstalledPackage): Verdict {
	if (!existsSync(installed.metafile))
		return { seen: '', problems: ['esbuild left no metafile of the bundle: build the packages again'] };
	const libraries = bundledLibraries(installed);
	const file = path.join(installed.dir, NOTICES);
	const notices = existsSync(file) ? readFileSync(file, 'utf8') : '';
	const problems = libraries.flatMap((library) => findProblems(library, notices));
	return {
		seen:
			libraries.map(({ name, version, license }) => `${name} ${version} ${license ?? ''}`).join(', ') ||
			'nothing is bundled',
		problems,
	};
}

function bundledLibraries(installed: InstalledPackage): Library[] {
	const { outputs } = JSON.parse(readFileSync(installed.metafile, 'utf8')) as Metafile;
	const folders = new Set<string>();
	for (const { inputs } of Object.values(outputs)) {
		for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
			const parts = path.resolve(getSource(installed), input).split(path.sep);
			const at = parts.lastIndexOf('node_modules');
			if (at === -1 || bytesInOutput === 0) continue;
			folders.add(parts.slice(0, at + (parts[at + 1]?.startsWith('@') ? 3 : 2)).join(path.sep));
		}
	}
	return [...folders]
		.map((folder) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Library)
		.sort((a, b) => a.name.localeCompare(b.name));
}

function findProblems({ name, version, license }: Library, notices: string): string[] {
	const problems: string[] = [];
	if (!license || !ALLOWED.includes(license))
		problems.push(`${name} is under ${license ?? 'no licence'}, which is not in the list of allowed licences`);
	const head = `${name} ${version} (`;
	const section = notices.split(/^-{80}$/m).find((text) => text.trimStart().startsWith(head));
	if (section === undefined) problems.push(`${NOTICES} does not name ${name} ${version}`);
	else if (section.length < LEAST_TEXT) problems.push(`${NOTICES} names ${name}, but holds no licence text for it`);
	return problems;
}
