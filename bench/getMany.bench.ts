/**
 * 20,000 transactions in a real n8n, each answer 30 ms late, pages of 100: Casso Get Many against n8n's HTTP Request node
 * with its own pagination, and against a bare Node script with as many pages in flight. Median of five, in turn.
 */
import type { Sandbox } from '@saoke/sandbox';
import type { RunningN8n } from '../hosts/n8n';
import { startScratch } from '../test/e2e/harness/scratchN8n';
import { httpRequestWorkflow, oursWorkflow, runBare, runOnce } from './getMany/contenders';
import { forgetPeak, peakMb } from './getMany/peakMemory';
import { median } from './median';
import type { BenchResult } from './result';

const TRANSACTIONS = 20_000;
const LATENCY_MS = 30;
const ROUNDS = 5;
const GOAL_PEER = 1 / 3;
const GOAL_BARE = 1.5;

interface Figures {
	ms: number[];
	requests: number[];
	mb: number[];
}

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
		const figures = { ours: emptyFigures(), peer: emptyFigures(), bare: emptyFigures() };
		for (let round = 0; round <= ROUNDS; round++) {
			// The first round warms up.
			const isCounted = round > 0;
			await measure(sandbox, n8n, ours, isCounted ? figures.ours : emptyFigures());
			await measure(sandbox, n8n, peer, isCounted ? figures.peer : emptyFigures());
			await measureBare(sandbox, isCounted ? figures.bare : emptyFigures());
		}
		return toResults(figures);
	} finally {
		await close();
	}
}

function emptyFigures(): Figures {
	return { ms: [], requests: [], mb: [] };
}

async function measure(sandbox: Sandbox, n8n: RunningN8n, workflowId: string, figures: Figures): Promise<void> {
	sandbox.casso.requests.clear();
	forgetPeak(n8n.pid);
	const { status, ms } = await runOnce(n8n.api, workflowId);
	if (status !== 'success') throw new Error(`The workflow ended with ${status}`);
	figures.ms.push(ms);
	figures.requests.push(sandbox.casso.requests.list().length);
	figures.mb.push(peakMb(n8n.pid));
}

async function measureBare(sandbox: Sandbox, figures: Figures): Promise<void> {
	sandbox.casso.requests.clear();
	const { ms, rows } = await runBare(sandbox);
	if (rows !== TRANSACTIONS) throw new Error(`The bare script found ${rows} rows`);
	figures.ms.push(ms);
	figures.requests.push(sandbox.casso.requests.list().length);
}

function toResults({ ours, peer, bare }: Record<'ours' | 'peer' | 'bare', Figures>): BenchResult[] {
	const name = `${TRANSACTIONS} transactions, ${LATENCY_MS} ms latency`;
	const compare = (
		what: string,
		mine: number[],
		theirs: number[],
		unit: string,
		goal: number,
		words: string,
	): BenchResult => {
		const ratio = median(mine) / median(theirs);
		return {
			name: `${name}: ${what}`,
			ours: median(mine),
			peer: median(theirs),
			unit,
			ratio,
			goal: words,
			pass: words === '' || ratio <= goal,
		};
	};
	return [
		compare('time, against the HTTP Request node', ours.ms, peer.ms, 'ms', GOAL_PEER, 'at least 3 times as fast'),
		compare('time, against a bare script', ours.ms, bare.ms, 'ms', GOAL_BARE, `at most ${GOAL_BARE} times`),
		compare('requests, against the HTTP Request node', ours.requests, peer.requests, 'requests', NaN, ''),
		compare('peak memory of n8n, against the HTTP Request node', ours.mb, peer.mb, 'MB', NaN, ''),
	];
}
