/** The manifests of the packages agree with one another on where they come from, and promise no more than they hold. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ROOT } from '../../hosts/paths';
import { EVERY_HOST, type Check, type Verdict } from './check';
import type { InstalledPackage } from './packages';

interface Manifest {
	name: string;
	version: string;
	license?: string;
	author?: unknown;
	homepage?: string;
	bugs?: { url?: string };
	repository?: { type?: string; url?: string; directory?: string };
	keywords?: string[];
	engines?: { node?: string };
	dependencies?: Record<string, string>;
	scripts?: Record<string, string>;
}

/** Scripts that npm runs on the machine of the person who installs the package. */
const RUN_AT_INSTALLATION = [
	'preinstall',
	'install',
	'postinstall',
	'prepare',
	'preprepare',
	'postprepare',
	'prepublish',
];
const KEYWORD = { n8n: 'n8n-community-node-package', 'node-red': 'node-red' };

export const manifest: Check = {
	title: 'manifest',
	hosts: EVERY_HOST,
	run: async (installed) => await Promise.resolve(check(installed)),
};

function check({ dir, name, folder, host }: InstalledPackage): Verdict {
	const packed = readManifest(dir);
	const main = readManifest(ROOT);
	const isShared = (key: 'author' | 'homepage' | 'bugs'): boolean =>
		packed[key] !== undefined && isDeepStrictEqual(packed[key], main[key]);
	const wanted: [isSo: boolean, problem: string][] = [
		[packed.name === name, `name is ${packed.name} instead of ${name}`],
		[packed.license === 'MIT', 'license is not MIT'],
		[isShared('author'), 'author is not that of the other packages'],
		[isShared('homepage'), 'homepage is not that of the other packages'],
		[isShared('bugs'), 'bugs is not that of the other packages'],
		[
			packed.repository?.url !== undefined && packed.repository.url === main.repository?.url,
			'repository.url is not that of the other packages',
		],
		[
			packed.repository?.directory === (folder === '.' ? undefined : folder),
			`repository.directory does not say ${folder}`,
		],
		[packed.keywords?.includes(KEYWORD[host]) ?? false, `the keyword ${KEYWORD[host]} is missing`],
		[packed.engines?.node !== undefined, 'engines.node is missing'],
		[Object.keys(packed.dependencies ?? {}).length === 0, 'there are dependencies, which hosts would install'],
		...RUN_AT_INSTALLATION.map((script): [boolean, string] => [
			!(script in (packed.scripts ?? {})),
			`the script ${script} would run when the package is installed`,
		]),
		...['README.md', 'LICENSE'].map((file): [boolean, string] => [
			existsSync(path.join(dir, file)),
			`${file} is missing`,
		]),
	];
	return {
		seen: `${packed.name} ${packed.version}`,
		problems: wanted.filter(([isSo]) => !isSo).map(([, problem]) => problem),
	};
}

function readManifest(dir: string): Manifest {
	return JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')) as Manifest;
}
