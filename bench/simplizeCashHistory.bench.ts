/**
 * A portfolio's cash history of 10,000 movements in a real n8n, 30 ms latency, one page of 100 at a time: our node
 * against what users wire today, a loop of Code node (signs), HTTP Request and If, with a Code node that collects.
 */
import type { Sandbox } from '@saoke/sandbox';
import type { N8nApi, N8nNode, N8nWorkflow } from '../hosts/n8nApi';
import { startScratch } from '../test/e2e/harness/scratchN8n';
import type { BenchResult } from './result';

const MOVEMENTS = 10_000;
const LATENCY_MS = 30;
const PAGE_SIZE = 100;
/** Both ways in turn, so that a busy moment of the machine meets both. */
const ROUNDS = 3;
const TRIGGER = 'Start';
const CASH = '/api/personalize/v1/partner/portfolio/cash-histories';

export async function run(): Promise<BenchResult[]> {
	const { sandbox, n8n, close } = await startScratch({
		packages: ['n8n-nodes-simplize'],
		sandbox: { transactions: 0, simplize: { cashMovements: MOVEMENTS, quirks: { latencyMs: LATENCY_MS } } },
		env: { NODE_FUNCTION_ALLOW_BUILTIN: 'crypto' },
	});
	try {
		const { apiKey, apiSecret } = sandbox.simplize;
		const credential = await n8n.api.putCredential('Simplize', 'simplizePartnerApi', {
			baseUrl: sandbox.simplizeUrl,
			apiKey,
			apiSecret,
			recvWindow: 5000,
		});
		const ours = await n8n.api.createWorkflow(withNode(credential));
		const peer = await n8n.api.createWorkflow(handWired(sandbox));
		const times: Record<'ours' | 'peer', number[]> = { ours: [], peer: [] };
		for (let round = 0; round <= ROUNDS; round += 1) {
			const measured = {
				ours: await measure(n8n.api, ours.id, sandbox),
				peer: await measure(n8n.api, peer.id, sandbox),
			};
			// The first round is not counted: n8n compiles and opens connections in it.
			if (round > 0) for (const way of ['ours', 'peer'] as const) times[way].push(measured[way]);
		}
		return [toResult(median(times.ours), median(times.peer))];
	} finally {
		await close();
	}
}

function toResult(ours: number, peer: number): BenchResult {
	const ratio = ours / peer;
	return {
		name: 'Simplize: 10,000 cash movements against Code + HTTP Request loop',
		ours,
		peer,
		unit: 's',
		ratio,
		goal: 'at most 1',
		pass: ratio <= 1,
	};
}

/** @returns seconds that n8n took for one run @throws Error if a movement is missing, doubled or changed */
async function measure(api: N8nApi, workflowId: string, sandbox: Sandbox): Promise<number> {
	const executionId = await api.runWorkflow(workflowId, TRIGGER);
	for (let attempt = 0; attempt < 2_000; attempt += 1) {
		const execution = (await api.call('GET', `/rest/executions/${executionId}`)) as {
			status: string;
			startedAt: string;
			stoppedAt: string;
			data: string;
		};
		if (execution.status === 'success') {
			checkRows(execution.data, sandbox);
			return (Date.parse(execution.stoppedAt) - Date.parse(execution.startedAt)) / 1000;
		}
		if (execution.status !== 'running' && execution.status !== 'new')
			throw new Error(`The run ended with ${execution.status}: ${execution.data.slice(0, 500)}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('The run did not end');
}

/** The last node says how many rows and what sum it saw; a run that holds another set of ids is wrong. */
function checkRows(data: string, sandbox: Sandbox): void {
	const book = sandbox.simplize.data.getCash(862);
	const ids = new Set([...data.matchAll(/"transactionId":(\d+)/g)].map(([, id]) => Number(id)));
	const sum = book.reduce((total, row) => total + row.amount, 0);
	const told = `"count":${book.length},"distinct":${book.length},"sum":${sum}`;
	if (ids.size !== book.length || !book.every((row) => ids.has(row.transactionId)) || !data.includes(told)) {
		throw new Error(`The run does not hold the ${book.length} movements, row by row`);
	}
}

const trigger: N8nNode = node(TRIGGER, 'n8n-nodes-base.manualTrigger', 1, {});

/** Counts what arrived; the same in both workflows. */
const check: N8nNode = node('Check', 'n8n-nodes-base.code', 2, {
	mode: 'runOnceForAllItems',
	jsCode: [
		'const rows = $input.all().map((item) => item.json);',
		'return [{ json: { count: rows.length, distinct: new Set(rows.map((row) => row.transactionId)).size, sum: rows.reduce((total, row) => total + row.amount, 0) } }];',
	].join('\n'),
});

function withNode(credential: { id: string; name: string }): N8nWorkflow {
	const simplize = node('Cash history', 'n8n-nodes-simplize.simplize', 1, {
		resource: 'cashHistory',
		operation: 'getAll',
		externalUserId: 'USER015',
		portfolioId: '862',
		returnAll: true,
		period: 'custom',
		fromDate: '2000-01-01',
		toDate: '2099-12-31',
		options: { pageSize: PAGE_SIZE },
	});
	return {
		name: 'Simplize node',
		nodes: [trigger, { ...simplize, credentials: { simplizePartnerApi: credential } }, check],
		connections: chain([TRIGGER, 'Cash history'], ['Cash history', 'Check']),
		settings: { executionOrder: 'v1' },
	};
}

/** Signing in a Code node, one request, and round again while a page is full. */
function handWired({ simplizeUrl, simplize }: Sandbox): N8nWorkflow {
	const sign = node('Sign', 'n8n-nodes-base.code', 2, {
		mode: 'runOnceForAllItems',
		jsCode: [
			"const crypto = require('crypto');",
			`const body = JSON.stringify({ ticker: null, transactionTypes: null, fromDate: '01/01/2000', toDate: '31/12/2099', page: $runIndex, size: ${PAGE_SIZE}, portfolioId: 862 });`,
			'const query = `externalUserId=USER015&recvWindow=5000&timestamp=${Date.now()}`;',
			`const signature = crypto.createHmac('sha256', '${simplize.apiSecret}').update(query + body).digest('hex');`,
			'return [{ json: { query: `${query}&signature=${signature}`, body } }];',
		].join('\n'),
	});
	const request = node('Request', 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url: `=${simplizeUrl}${CASH}?{{ $json.query }}`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'X-Api-Key', value: simplize.apiKey }] },
		sendBody: true,
		contentType: 'raw',
		rawContentType: 'application/json',
		body: '={{ $json.body }}',
		options: {},
	});
	const more = node('More?', 'n8n-nodes-base.if', 2.2, {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: 'full',
					leftValue: '={{ $json.data.length }}',
					rightValue: PAGE_SIZE,
					operator: { type: 'number', operation: 'equals' },
				},
			],
			combinator: 'and',
		},
		options: {},
	});
	const collect = node('Collect', 'n8n-nodes-base.code', 2, {
		mode: 'runOnceForAllItems',
		jsCode: [
			'const rows = [];',
			'for (let run = 0; ; run += 1) {',
			'  let items;',
			"  try { items = $('Request').all(0, run); } catch { break; }",
			'  if (!items || items.length === 0) break;',
			'  for (const item of items) for (const row of item.json.data) rows.push({ json: row });',
			'}',
			'return rows;',
		].join('\n'),
	});
	return {
		name: 'Hand-wired',
		nodes: [trigger, sign, request, more, collect, check],
		connections: {
			...chain([TRIGGER, 'Sign'], ['Sign', 'Request'], ['Request', 'More?'], ['Collect', 'Check']),
			'More?': { main: [[{ node: 'Sign', type: 'main', index: 0 }], [{ node: 'Collect', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>): N8nNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

function chain(...links: [from: string, to: string][]): Record<string, unknown> {
	return Object.fromEntries(links.map(([from, to]) => [from, { main: [[{ node: to, type: 'main', index: 0 }]] }]));
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
