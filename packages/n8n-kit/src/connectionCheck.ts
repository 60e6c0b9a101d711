/** Resource Connection of a node: asks the service whether it works as the node expects (docs/unknowns.md). */
import type { AskOptions, Report } from '@saoke/core/doctor';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemContext } from './operation';

/** @param service its name, for people */
export function connectionOperations(service: string): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['connection'] } },
		default: 'check',
		options: [
			{
				name: 'Check',
				value: 'check',
				action: 'Check connection',
				description: `Find out whether ${service} works as this node expects, and which options to set. Only reads; takes up to a minute.`,
			},
		],
	};
}

/** Items of one run that have the same credential share a connection. */
const checked = new WeakSet<object>();

/**
 * Checks a connection once in a run, however many items there are.
 *
 * @returns one record for each finding, those that need something first; the conclusion is shown above the output
 */
export async function checkConnection<Connection extends object>(
	{ context, connection }: Pick<ItemContext<Connection>, 'context' | 'connection'>,
	run: (options: AskOptions) => Promise<Report>,
): Promise<IDataObject[]> {
	if (checked.has(connection)) return [];
	checked.add(connection);
	const { checks, rows, conclusion, exitCode } = await run({ signal: context.getExecutionCancelSignal() });
	context.addExecutionHints({
		message: conclusion,
		type: exitCode === 0 ? 'info' : 'warning',
		location: 'outputPane',
	});
	const found = [...checks, ...rows];
	return [...found.filter(({ todo }) => todo !== 'nothing'), ...found.filter(({ todo }) => todo === 'nothing')].map(
		// In n8n's table, what a person needs is on the left.
		({ question, verdict, consequence, option, todo, evidence, id }) => ({
			question,
			verdict,
			consequence,
			option,
			todo,
			evidence,
			id,
		}),
	);
}
