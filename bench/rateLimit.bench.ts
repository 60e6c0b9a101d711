/**
 * The same 20,000 transactions where the service lets 10 requests a second through and answers 429 to the rest: Casso
 * Get Many against the bound that the limit sets, and what becomes of n8n's HTTP Request node.
 */
import type { Sandbox } from '@saoke/sandbox';
import type { N8nApi } from '../hosts/n8nApi';
import { startScratch } from '../test/e2e/harness/scratchN8n';
import { httpRequestWorkflow, oursWorkflow, PAGE_SIZE, runOnce } from './getMany/contenders';
import { median } from './median';
import type { BenchResult } from './result';

const TRANSACTIONS = 20_000;
const LATENCY_MS = 30;
const PER_SECOND = 10;
const ROUNDS = 5;
const GOAL = 1.2;

export async function run(): Promise<BenchResult[]> {
	const { sandbox, n8n, close } = await startScratch({
		sandbox: { transactions: TRANSACTIONS, historyDays: 365, quirks: { latencyMs: LATENCY_MS } },
	});
	try {
		const cassoApi = await n8n.api.putCredential('Casso', 'cassoApi', {
			authentication: 'apiKey',
			apiKey: sandbox.apiKey,
			baseUrl: sandbox.cassoUrl,
		});
		const ours = (await n8n.api.createWorkflow(oursWorkflow(cassoApi))).id;
		const peer = (await n8n.api.createWorkflow(httpRequestWorkflow(cassoApi, sandbox.cassoUrl))).id;
		const times: number[] = [];
		const rows: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const ran = await runLimited(sandbox, n8n.api, ours);
			times.push(ran.ms);
			rows.push(ran.status === 'success' ? ran.rows : 0);
		}
		const theirs = await runLimited(sandbox, n8n.api, peer);
		return [timeResult(median(times)), rowsResult(median(rows), theirs)];
	} finally {
		await close();
	}
}

interface LimitedRun {
	status: string;
	ms: number;
	/** Transactions on the pages that were answered. */
	rows: number;
}

/** The limit starts over, so that each run finds all its places free. */
async function runLimited(sandbox: Sandbox, api: N8nApi, workflowId: string): Promise<LimitedRun> {
	sandbox.casso.faults.clear();
	sandbox.casso.faults.add({ kind: 'rateLimit', requestsPerSecond: PER_SECOND, path: '/v2/transactions' });
	sandbox.casso.requests.clear();
	const { status, ms } = await runOnce(api, workflowId);
	return {
		status,
		ms,
		rows: sandbox.casso.requests.list().filter((request) => request.status === 200).length * PAGE_SIZE,
	};
}

function timeResult(ms: number): BenchResult {
	// The first second's places are free at once.
	const boundMs = (TRANSACTIONS / PAGE_SIZE / PER_SECOND - 1) * 1000;
	const name = `${TRANSACTIONS} transactions at ${PER_SECOND} requests a second, against the bound of the limit`;
	return {
		name,
		ours: ms,
		peer: boundMs,
		unit: 'ms',
		ratio: ms / boundMs,
		goal: `at most ${GOAL} times`,
		pass: ms / boundMs <= GOAL,
	};
}

/** The HTTP Request node takes an answer 429, which has no next page, for the end of the list. */
function rowsResult(rows: number, peer: LimitedRun): BenchResult {
	const name = `transactions read at ${PER_SECOND} requests a second; HTTP Request node: ${peer.status} after ${(peer.ms / 1000).toFixed(1)} s`;
	return {
		name,
		ours: rows,
		peer: peer.rows,
		unit: 'transactions',
		ratio: rows / Math.max(1, peer.rows),
		goal: `all ${TRANSACTIONS}`,
		pass: rows === TRANSACTIONS,
	};
}
