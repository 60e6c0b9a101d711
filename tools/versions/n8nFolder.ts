/** A whole n8n of another release, made as hosts/n8n is: from npm alone, without what is never loaded. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installOnce, npmInstall } from '../../hosts/install';
import { ROOT } from '../../hosts/paths';
import type { Progress } from '../../hosts/progress';

interface Change {
	/** Further packages that the stub `absent` stands for. */
	leftOut: string[];
	/** Its settings, where they differ from environment.json. */
	environment: Record<string, string>;
}

/** The modules that need what is left out; a name that a release does not know would stop it. */
const MODULES = 'chat-hub,external-secrets,mcp,provisioning';

/** What differs from the demo's n8n. Releases that are not named here have not been tried. */
const CHANGES: Readonly<Record<string, Change>> = {
	'1.123.81': {
		leftOut: ['xlsx'],
		// n8n 1 asks for the last two in its log, and n8n 2 has them by itself.
		environment: { N8N_DISABLED_MODULES: MODULES, DB_SQLITE_POOL_SIZE: '3', N8N_RUNNERS_ENABLED: 'true' },
	},
	'2.8.4': { leftOut: ['xlsx'], environment: { N8N_DISABLED_MODULES: MODULES } },
};

interface Manifest {
	name: string;
	description: string;
	dependencies: Record<string, string>;
	overrides: { n8n: Record<string, string> };
}

const DEMO = path.join(ROOT, 'hosts', 'n8n');

/**
 * @param release e.g. `1.123.81`
 * @returns a folder for SAOKE_N8N_DIR, installed the first time
 */
export async function n8nFolder(release: string, progress: Progress): Promise<string> {
	const demo = readManifest(DEMO);
	if (demo.dependencies.n8n === release) return DEMO;
	const change = CHANGES[release];
	if (!change)
		throw new Error(
			`n8n ${release} has not been tried: say in ${path.relative(ROOT, __filename)} what differs from the demo's n8n.`,
		);
	const folder = path.join(ROOT, '.saoke', 'versions', `n8n-${release}`);
	if (!existsSync(path.join(folder, 'package-lock.json'))) {
		mkdirSync(folder, { recursive: true });
		for (const part of ['stubs', '.npmrc']) cpSync(path.join(DEMO, part), path.join(folder, part), { recursive: true });
		writeManifest(folder, demo, release, change);
		writeEnvironment(folder, change);
		progress.step(`Installing n8n ${release}; only the first time, some minutes`);
		await npmInstall(folder);
	}
	await installOnce(folder, `n8n ${release}`, progress);
	return folder;
}

function writeManifest(folder: string, demo: Manifest, release: string, { leftOut }: Change): void {
	const dependencies: Record<string, string> = { ...demo.dependencies, n8n: release };
	const overrides: Record<string, string> = { ...demo.overrides.n8n };
	for (const name of leftOut) {
		dependencies[name] = 'file:stubs/absent';
		overrides[name] = '>=0';
	}
	const manifest: Manifest = {
		...demo,
		name: `saoke-n8n-${release}`,
		description: 'An n8n for the tests',
		dependencies,
		overrides: { n8n: overrides },
	};
	writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
}

function writeEnvironment(folder: string, { environment }: Change): void {
	const demo = JSON.parse(readFileSync(path.join(DEMO, 'environment.json'), 'utf8')) as Record<string, string>;
	writeFileSync(path.join(folder, 'environment.json'), `${JSON.stringify({ ...demo, ...environment }, null, '\t')}\n`);
}

function readManifest(folder: string): Manifest {
	return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}
