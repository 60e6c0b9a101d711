/** The workflow of one cell of the matrix: a trigger, a poller or both, before a table in which every item is a row. */
import type { N8nApi, N8nNode, N8nWorkflow, StoredWorkflow } from '../../../../hosts/n8nApi';
import { everySeconds } from '../pollTimes';
import { triggerWorkflow } from '../triggerWorkflow';

export const NODE_SETS = ['trigger', 'poller', 'both'] as const;
export type NodeSet = (typeof NODE_SETS)[number];

const POLLER = 'n8n-nodes-casso.cassoPollingTrigger';

export function cellWorkflow(nodeSet: NodeSet, credentials: N8nNode['credentials'], table: string): N8nWorkflow {
	const { name, nodes, settings } = triggerWorkflow({}, credentials ?? {}, 'append', table);
	const [trigger, sink] = nodes as [N8nNode, N8nNode];
	const poller: N8nNode = {
		id: `poll-${name}`,
		name: 'Poll',
		type: POLLER,
		typeVersion: 1,
		position: [0, 200],
		parameters: { pollTimes: everySeconds(20) },
		credentials,
	};
	const starts = { trigger: [trigger], poller: [poller], both: [trigger, poller] }[nodeSet];
	const toSink = { main: [[{ node: sink.name, type: 'main', index: 0 }]] };
	return {
		name: table,
		nodes: [...starts, sink],
		connections: Object.fromEntries(starts.map((node) => [node.name, toSink])),
		settings,
	};
}

/** As a user renames trigger and poller in the editor, changes when the poller polls, and saves. */
export async function renameAndChange(api: N8nApi, workflowId: string): Promise<void> {
	const { nodes, connections, name, settings, versionId } = await api.workflow(workflowId);
	const renamed: StoredWorkflow['connections'] = {};
	for (const node of nodes) {
		if (!(node.name in connections)) continue;
		const target = connections[node.name];
		node.name = `Tiền về ${node.name}`;
		renamed[node.name] = target;
		if (node.type === POLLER) node.parameters = { ...node.parameters, pollTimes: everySeconds(15) };
		else node.parameters = { ...node.parameters, output: 'simplified' };
	}
	await api.call('PATCH', `/rest/workflows/${workflowId}`, {
		id: workflowId,
		name,
		nodes,
		connections: renamed,
		settings,
		versionId,
	});
}
