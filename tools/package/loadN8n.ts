/** Every node and credential of an installed n8n package loads, as n8n loads it, and has its icons. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Check, Verdict } from './check';
import type { InstalledPackage } from './packages';

interface LoadedType {
	name: string;
	displayName: string;
	iconUrl?: string | { light: string; dark: string };
}

interface Loaded {
	nodes: LoadedType[];
	credentials: LoadedType[];
}

export const loadN8n: Check = {
	title: "n8n's loader",
	hosts: ['n8n'],
	run: async (installed) => await Promise.resolve(check(installed)),
};

function check({ dir, home }: InstalledPackage): Verdict {
	const manifest = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')) as {
		name: string;
		n8n: { nodes: string[]; credentials: string[] };
	};
	const { nodes, credentials } = load(dir, home);
	const problems = [
		...missing('node', manifest.n8n.nodes, nodes),
		...missing('credential', manifest.n8n.credentials, credentials),
	];
	for (const { name, iconUrl } of [...nodes, ...credentials]) {
		const urls = typeof iconUrl === 'object' ? [iconUrl.light, iconUrl.dark] : [iconUrl];
		for (const url of urls) {
			// n8n serves icons under icons/<package>/<path in the package>.
			const file = url?.replace(`icons/${manifest.name}/`, '');
			if (!file || !existsSync(path.join(dir, file))) problems.push(`${name} has no icon ${file ?? ''}`.trimEnd());
		}
	}
	const names = [...nodes, ...credentials].map(({ name }) => name);
	return { seen: names.join(', '), problems };
}

function missing(what: string, wanted: readonly string[], loaded: readonly LoadedType[]): string[] {
	return wanted.length === loaded.length
		? []
		: [`${loaded.length} ${what} types were loaded from the ${wanted.length} files of the manifest`];
}

/** @throws Error with the loader's words if a file cannot be loaded */
function load(dir: string, home: string): Loaded {
	const output = execFileSync(process.execPath, [path.join(__dirname, 'n8nLoader.cjs'), dir], {
		cwd: home,
		env: { PATH: process.env.PATH, HOME: home, N8N_USER_FOLDER: home, N8N_LOG_LEVEL: 'silent' },
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Loaded;
}
