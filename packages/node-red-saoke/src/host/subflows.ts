/** Ids of nodes as they run: a node inside a subflow runs once for each instance, as `<id of the instance>-<its own id>`. */
import type { NodeProperties, NodeRed } from './nodeRed';

/** Of all nodes, those of disabled flows included: the parts of the id that each runs under, joined by "-". */
export type RuntimePaths = ReadonlyMap<string, readonly string[]>;

export function getRuntimePaths(RED: NodeRed): RuntimePaths {
	const nodes: NodeProperties[] = [];
	RED.nodes.eachNode((node) => nodes.push(node));
	return toRuntimePaths(nodes);
}

/** @param nodes as stored: definitions of subflows, their instances (`subflow:<id>`) and everything else */
export function toRuntimePaths(nodes: readonly NodeProperties[]): RuntimePaths {
	const definitions = new Set(nodes.filter(({ type }) => type === 'subflow').map(({ id }) => id));
	const instancesOf = (id: string): NodeProperties[] => nodes.filter(({ type }) => type === `subflow:${id}`);
	const pathsTo = ({ id, z = '' }: NodeProperties, inside: readonly string[]): string[][] => {
		if (!definitions.has(z)) return [[id]];
		// A subflow that contains itself cannot run.
		if (inside.includes(z)) return [];
		const around = instancesOf(z).flatMap((instance) => pathsTo(instance, [...inside, z]));
		return around.map((path) => [...path, id]);
	};
	return new Map(nodes.flatMap((node) => pathsTo(node, [])).map((path) => [path.join('-'), path]));
}

/** @returns ids that the node had before it was moved into a subflow, or its subflow into another one; newest first */
export function getFormerIds(paths: RuntimePaths, id: string): string[] {
	const path = paths.get(id) ?? [];
	return path.slice(1).map((_, at) => path.slice(at + 1).join('-'));
}
