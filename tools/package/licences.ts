/**
 * The licences of what a bundle contains: each library is named in the package's THIRD-PARTY-LICENSES with its text, and
 * its licence is one that may be passed on under MIT. What is in the bundle is told by the bundler, not by our own list.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EVERY_HOST, type Check, type Verdict } from './check';
import { type InstalledPackage } from './packages';

/** They ask for no more than their text. A new one is added here only after reading it. */
const ALLOWED = ['0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];
const NOTICES = path.join('dist', 'THIRD-PARTY-LICENSES');
/** The shortest allowed licence text (0BSD) has some 600 characters. */
const LEAST_TEXT = 500;

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
	if (!existsSync(installed.libraries))
		return { seen: '', problems: ['the build left no list of bundled libraries: build the packages again'] };
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
	const folders = JSON.parse(readFileSync(installed.libraries, 'utf8')) as string[];
	return folders
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
