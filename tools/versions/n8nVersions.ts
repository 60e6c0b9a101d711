/** The n8n releases that the engine tests run on, and the folders in which their engines are put. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../hosts/paths';
import { npmInstall } from '../../hosts/install';

export interface N8nVersion {
	/** Release of n8n. */
	n8n: string;
	/** The n8n-core and n8n-workflow that this release depends on. */
	core: string;
	workflow: string;
	/** The Node that its end-to-end tests run on: one line for each release. n8n 1.123.81 has no binary for Node 20 any more. */
	node: string;
}

/** Oldest first; the last is the one that this repository develops against. */
export const N8N_VERSIONS: readonly N8nVersion[] = [
	{ n8n: '1.123.81', core: '1.122.48', workflow: '1.120.31', node: '22.23.3' },
	{ n8n: '2.8.4', core: '2.8.1', workflow: '2.8.0', node: '20.20.2' },
	{ n8n: '2.41.1', core: '2.41.1', workflow: '2.41.0', node: '24.21.0' },
];

/** Ignored by git. */
const FOLDER = path.join(ROOT, '.saoke', 'versions');

/** @returns the folder whose node_modules hold this release's engine, installed the first time */
export async function engineFolder(version: N8nVersion): Promise<string> {
	const { devDependencies: ours } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
		devDependencies: Record<string, string>;
	};
	if (ours['n8n-core'] === version.core && ours['n8n-workflow'] === version.workflow) return ROOT;
	const folder = path.join(FOLDER, `engine-${version.n8n}`);
	if (existsSync(path.join(folder, 'node_modules', 'n8n-core', 'package.json'))) return folder;
	mkdirSync(folder, { recursive: true });
	const dependencies = {
		'n8n-core': version.core,
		'n8n-workflow': version.workflow,
		'reflect-metadata': ours['reflect-metadata'],
	};
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }, null, '\t'));
	writeFileSync(path.join(folder, '.npmrc'), 'ignore-scripts=true\nlegacy-peer-deps=true\nfund=false\naudit=false\n');
	await npmInstall(folder);
	return folder;
}
