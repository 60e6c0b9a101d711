/** A real Node-RED takes the installed package in, and runs a flow that holds a node of each type. */
import { freePort } from '../../hosts/ports';
import { Progress } from '../../hosts/progress';
import { installNodeRed, startNodeRed, type RunningNodeRed } from '../../hosts/nodeRed';
import type { Check, Verdict } from './check';
import type { InstalledPackage } from './packages';

const WAIT_MS = 30_000;

export const loadNodeRed: Check = { title: 'Node-RED loads it', hosts: ['node-red'], run: check };

async function check({ name, home }: InstalledPackage): Promise<Verdict> {
	await installNodeRed(5, new Progress());
	const nodeRed = await startNodeRed({ line: 5, port: await freePort(), userDir: home, withNodes: false });
	try {
		// Node-RED looks in every node_modules above itself, too, where the sources of this repository are linked.
		const sets = (await nodeRed.api.nodeSets()).filter(({ module, local }) => module === name && local);
		const types = sets.flatMap((set) => set.types);
		const problems = sets
			.filter(({ err }) => err !== undefined)
			.map(({ id }) => `${id} could not be loaded: ${warnings(nodeRed)}`);
		if (types.length === 0) problems.push('Node-RED found no node in the package');
		else if (problems.length === 0) problems.push(...(await missingTypes(nodeRed, types)));
		return { seen: types.join(', '), problems };
	} finally {
		await nodeRed.stop();
	}
}

/** Why a set could not be loaded is in the log only. */
function warnings(nodeRed: RunningNodeRed): string {
	return nodeRed
		.log()
		.split('\n')
		.filter((line) => /\[(warn|error)\]/.test(line))
		.join(' ');
}

/** The list of types comes from the editor's half; whether the runtime's half registers them shows when a flow starts. */
async function missingTypes(nodeRed: RunningNodeRed, types: readonly string[]): Promise<string[]> {
	const before = nodeRed.log().length;
	await nodeRed.api.deploy([
		{ id: 'tab', type: 'tab', label: 'each type' },
		...types.map((type) => ({ id: type, type, z: 'tab', wires: [] })),
	]);
	const deadline = Date.now() + WAIT_MS;
	while (Date.now() < deadline) {
		const log = nodeRed.log().slice(before);
		if (/Waiting for missing types/.test(log))
			return [`The runtime registers not every type: ${log.trim().split('\n').join(' ')}`];
		if (/Started flows/.test(log)) return [];
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return [`The flow with each type did not start within ${WAIT_MS / 1000} s`];
}
