/** A key that is unique to a node of a workflow within this process. */
import type { IPollFunctions } from 'n8n-workflow';

export function nodeKey(context: Pick<IPollFunctions, 'getWorkflow' | 'getNode'>): string {
	return JSON.stringify([context.getWorkflow().id, context.getNode().id]);
}
