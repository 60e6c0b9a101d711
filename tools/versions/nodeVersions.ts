/** The Node releases that the tests run on, and their binaries, which npm brings. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npmInstall } from '../../hosts/install';
import { nodePackage, ROOT } from '../../hosts/paths';

/** The oldest that the packages allow, and one of each line that is kept up. */
export const NODE_VERSIONS: readonly string[] = ['20.19.0', '20.20.2', '22.23.3', '24.21.0'];

/** Node-RED 5 wants 22.9 or later. */
export const NODE_RED_NODES: readonly string[] = ['22.9.0', '22.23.3', '24.21.0'];

/**
 * @returns path of the binary, installed into an ignored folder the first time
 * @throws Error if npm has none for this machine
 */
export async function nodeBinary(version: string): Promise<string> {
	const { name, binary } = nodePackage();
	const folder = path.join(ROOT, '.saoke', 'versions', `node-${version}`);
	const file = path.join(folder, 'node_modules', name, binary);
	if (existsSync(file)) return file;
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		path.join(folder, 'package.json'),
		JSON.stringify({ private: true, dependencies: { [name]: version } }),
	);
	await npmInstall(folder);
	return file;
}
