/** Brings the example workflows into n8n as a user would: import the file, pick the credential, publish. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { N8nApi, N8nWorkflow, TableColumn } from '../../hosts/n8nApi';
import { ROOT } from '../../hosts/paths';

/** Credential type → the stored credential that stands for it. */
export type ChosenCredentials = Record<string, { id: string; name: string }>;

/** Node type prefix → credential types its nodes take. */
const CREDENTIALS_OF: Record<string, string[]> = {
	'n8n-nodes-casso.': ['cassoApi'],
	'n8n-nodes-simplize.': ['simplizePartnerApi'],
};

/** @param file name below examples/n8n */
export function readExample(file: string): N8nWorkflow {
	return JSON.parse(readFileSync(path.join(ROOT, 'examples', 'n8n', file), 'utf8')) as N8nWorkflow;
}

/**
 * Makes the Data Table that an example writes to, with the columns that its node names.
 *
 * @returns the table's id
 */
export async function ensureLedger(api: N8nApi, file: string): Promise<string> {
	const node = readExample(file).nodes.find((candidate) => candidate.type === 'n8n-nodes-base.dataTable');
	if (!node) throw new Error(`${file} writes to no Data Table`);
	const { value } = node.parameters.dataTableId as { value: string };
	const { schema } = node.parameters.columns as { schema: { id: string; type: TableColumn['type'] }[] };
	return await api.ensureTable(
		value,
		schema.map(({ id, type }) => ({ name: id, type })),
	);
}

/**
 * Imports an example unless a workflow with its name is there already: what a user changed stays as it is.
 *
 * @returns the workflow's id
 */
export async function importExample(api: N8nApi, file: string, credentials: ChosenCredentials): Promise<string> {
	const example = readExample(file);
	const existing = (await api.workflows()).find((workflow) => workflow.name === example.name);
	if (existing) return existing.id;
	return (await api.createWorkflow(withCredentials(example, credentials))).id;
}

export function withCredentials(workflow: N8nWorkflow, credentials: ChosenCredentials): N8nWorkflow {
	const nodes = workflow.nodes.map((node) => {
		const prefix = Object.keys(CREDENTIALS_OF).find((candidate) => node.type.startsWith(candidate));
		const types = (prefix ? (CREDENTIALS_OF[prefix] ?? []) : []).filter((type) => credentials[type]);
		if (types.length === 0) return node;
		return {
			...node,
			credentials: Object.fromEntries(types.map((type) => [type, credentials[type]])) as ChosenCredentials,
		};
	});
	return { ...workflow, nodes };
}
