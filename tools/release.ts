/**
 * `npm run release:check -- TAG`: checks whether the tag names a release that is ready, before anything is published.
 * TAG is <package>@<version>. On success prints `tarball=<file>` for the workflow; otherwise prints what is missing.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../hosts/paths';
import { PACKAGES } from './package/packages';

interface Manifest {
	version: string;
	[key: string]: unknown;
}

/** Values that docs/release.md tells the owner to replace. */
const PLACEHOLDER = /example\.com/;

/**
 * @param readText reads a file of the repository, by its path there
 * @returns the file name of the tarball
 * @throws Error naming all that is missing
 */
export function checkRelease(tag: string, readText: (file: string) => string): string {
	const at = tag.lastIndexOf('@');
	const [name, version] = [tag.slice(0, Math.max(at, 0)), tag.slice(at + 1)];
	const published = PACKAGES.find((candidate) => candidate.name === name);
	if (!published)
		throw new Error(
			`The tag ${tag} names none of the packages: ${PACKAGES.map((each) => `${each.name}@<version>`).join(', ')}`,
		);
	const manifest = JSON.parse(readText(path.posix.join(published.folder, 'package.json'))) as Manifest;
	const problems: string[] = [];
	if (manifest.version !== version)
		problems.push(`The tag has version ${version}, but the package.json of ${name} has ${manifest.version}.`);
	const placeholders = ['author', 'homepage', 'bugs', 'repository'].filter((key) =>
		PLACEHOLDER.test(JSON.stringify(manifest[key] ?? '')),
	);
	if (placeholders.length > 0)
		problems.push(
			`The package.json of ${name} still has placeholders: ${placeholders.join(', ')}. docs/release.md lists what to put there.`,
		);
	if (!readText('CHANGELOG.md').includes(`## ${name} ${version}`))
		problems.push(`CHANGELOG.md has no section "## ${name} ${version}".`);
	if (problems.length > 0) throw new Error(problems.join('\n'));
	return `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`;
}

if (require.main === module) {
	try {
		const tarball = checkRelease(process.argv[2] ?? '', (file) => readFileSync(path.join(ROOT, file), 'utf8'));
		console.log(`tarball=${tarball}`);
	} catch (error) {
		console.error((error as Error).message);
		process.exitCode = 1;
	}
}
