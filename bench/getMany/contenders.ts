/** Ways to get 20,000 transactions: our Get Many and n8n's HTTP Request node, both as workflows, and a bare script. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Sandbox } from '@saoke/sandbox';
import { node24 } from '../../hosts/paths';
import type { N8nApi, N8nNode, N8nWorkflow } from '../../hosts/n8nApi';

export const PAGE_SIZE = 100;
const PARALLEL = 4;
/** Everything in the sandbox's book lies after this day. */
const FROM_DATE = '2020-01-01';

interface Stored {
	id: string;
	name: string;
}

/** Our node, with everything at its default but page size and dates. */
export function oursWorkflow(cassoApi: Stored, returnAs: 'items' | 'csv' = 'items'): N8nWorkflow {
	const parameters = {
		resource: 'transaction',
		operation: 'getAll',
		returnAll: true,
		period: 'custom',
		fromDate: FROM_DATE,
		toDate: '2099-12-31',
		returnAs,
		options: { pageSize: PAGE_SIZE },
	};
	return workflow('Get Many', [
		{
			name: 'Read',
			type: 'n8n-nodes-casso.casso',
			typeVersion: 1,
			position: [200, 0],
			parameters,
			credentials: { cassoApi },
		},
	]);
}

/** n8n's own node with its pagination, as its documentation advises, and Split Out to get one item a transaction. */
export function httpRequestWorkflow(cassoApi: Stored, cassoUrl: string): N8nWorkflow {
	const query = [
		{ name: 'fromDate', value: FROM_DATE },
		{ name: 'pageSize', value: String(PAGE_SIZE) },
		{ name: 'sort', value: 'ASC' },
	];
	const pagination = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
		paginationCompleteWhen: 'other',
		completeExpression: '={{ !$response.body.data.nextPage }}',
		limitPagesFetched: false,
	};
	const parameters = {
		url: `${cassoUrl}/v2/transactions`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'cassoApi',
		sendQuery: true,
		queryParameters: { parameters: query },
		options: { pagination: { pagination } },
	};
	return workflow('HTTP Request', [
		{
			name: 'Read',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [200, 0],
			parameters,
			credentials: { cassoApi },
		},
		{
			name: 'Split Out',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			position: [400, 0],
			parameters: { fieldToSplitOut: 'data.records', options: {} },
		},
	]);
}

function workflow(name: string, nodes: N8nNode[]): N8nWorkflow {
	const all = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		...nodes,
	];
	const connections = Object.fromEntries(
		all.slice(1).map((node, at) => [all[at]?.name ?? '', { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes: all, connections, settings: { executionOrder: 'v1' } };
}

export interface Ran {
	status: string;
	/** From the start of the execution to its end, by n8n's own clock. */
	ms: number;
}

/** Runs a stored workflow and waits for its end, without fetching what it produced. */
export async function runOnce(api: N8nApi, workflowId: string): Promise<Ran> {
	const id = await api.runWorkflow(workflowId, 'Start');
	for (;;) {
		await new Promise((resolve) => setTimeout(resolve, 100));
		const { results } = await api.executions(workflowId);
		const ran = results.find((one) => one.id === id) as
			| { status: string; startedAt?: string; stoppedAt?: string }
			| undefined;
		if (ran?.stoppedAt && ran.startedAt && ran.status !== 'running' && ran.status !== 'new') {
			return { status: ran.status, ms: Date.parse(ran.stoppedAt) - Date.parse(ran.startedAt) };
		}
	}
}

/** A script of its own process that only fetches and parses, several pages at a time. */
const BARE_SCRIPT = `
const [url, key, pageSize, parallel, fromDate] = process.argv.slice(1);
const get = async (page) => (await (await fetch(url + '/v2/transactions?sort=ASC&fromDate=' + fromDate + '&pageSize=' + pageSize + '&page=' + page, { headers: { authorization: 'Apikey ' + key } })).json()).data;
const started = performance.now();
const first = await get(1);
const pages = [first.records];
let next = 2;
const worker = async () => { while (next <= first.totalPages) { const page = next++; pages[page - 1] = (await get(page)).records; } };
await Promise.all(Array.from({ length: Number(parallel) }, worker));
console.log(JSON.stringify({ ms: performance.now() - started, rows: pages.flat().length }));
`;

export async function runBare(sandbox: Pick<Sandbox, 'cassoUrl' | 'apiKey'>): Promise<{ ms: number; rows: number }> {
	const args = [
		'--input-type=module',
		'-e',
		BARE_SCRIPT,
		sandbox.cassoUrl,
		sandbox.apiKey,
		String(PAGE_SIZE),
		String(PARALLEL),
		FROM_DATE,
	];
	const { stdout } = await promisify(execFile)(node24(), args, { timeout: 120_000 });
	return JSON.parse(stdout) as { ms: number; rows: number };
}
