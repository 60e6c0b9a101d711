/**
 * Loads an installed n8n package with n8n's own loader, in a process that nothing helps (no TypeScript, no paths of ours),
 * and prints what it found as JSON: `node n8nLoader.cjs FOLDER`.
 */
require('reflect-metadata');
const { PackageDirectoryLoader } = require('n8n-core');

async function main() {
	const loader = new PackageDirectoryLoader(process.argv[2]);
	await loader.loadAll();
	const shown = ({ name, displayName, iconUrl }) => ({ name, displayName, iconUrl });
	const found = { nodes: loader.types.nodes.map(shown), credentials: loader.types.credentials.map(shown) };
	process.stdout.write(`\n${JSON.stringify(found)}\n`);
}

void main();
