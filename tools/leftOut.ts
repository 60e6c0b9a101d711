/**
 * Writes the packages that the pinned n8n leaves out into its package.json: each is satisfied by a stub, a local package
 * that takes its place. `--check` changes nothing and fails if left-out.json and package.json differ.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../hosts/paths';

interface Group {
	what: string;
	/** What does not work without these packages. */
	without: string;
	/** Name of the stub by package. */
	packages: Record<string, string>;
}

interface Manifest {
	dependencies: Record<string, string>;
	overrides: { n8n: Record<string, string> };
}

const FOLDER = path.join(ROOT, 'hosts', 'n8n');
const MANIFEST = path.join(FOLDER, 'package.json');
const isStub = (version: string | undefined): boolean => version?.startsWith('file:stubs/') ?? false;

const written = readFileSync(MANIFEST, 'utf8');
const manifest = JSON.parse(written) as Manifest;
const groups = JSON.parse(readFileSync(path.join(FOLDER, 'left-out.json'), 'utf8')) as Group[];
const stubs = Object.assign({}, ...groups.map(({ packages }) => packages)) as Record<string, string>;

const dependencies = Object.fromEntries(
	Object.entries(manifest.dependencies).filter(([, version]) => !isStub(version)),
);
const overrides = Object.fromEntries(
	Object.entries(manifest.overrides.n8n).filter(([name]) => !isStub(manifest.dependencies[name])),
);
for (const [name, stub] of Object.entries(stubs)) {
	dependencies[name] = `file:stubs/${stub}`;
	// Any version will do: the one that is there is the stub.
	overrides[name] = '>=0';
}
manifest.dependencies = sortByName(dependencies);
manifest.overrides.n8n = sortByName(overrides);
const wanted = `${JSON.stringify(manifest, null, '\t')}\n`;

if (!process.argv.includes('--check')) {
	writeFileSync(MANIFEST, wanted);
} else if (written !== wanted) {
	console.error('hosts/n8n/package.json differs from left-out.json: run npx tsx tools/leftOut.ts');
	process.exitCode = 1;
}

function sortByName(record: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
