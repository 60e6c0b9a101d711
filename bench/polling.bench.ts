/**
 * What a poll costs with 10,000 transactions in the window: 1,000 polls in which nothing changed and 100 with 1 to 50 new
 * transactions, through n8n's own poll context, against reading the whole window each time, as a workflow of a Schedule
 * Trigger and Get Many would.
 */
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { Engine } from '../test/engine/harness/engine';
import { median } from './median';
import type { BenchResult } from './result';

const IN_WINDOW = 10_000;
const IDLE_POLLS = 1_000;
const BUSY_POLLS = 100;
const MOST_NEW = 50;
const PEER_READS = 5;
const DAY_MS = 86_400_000;

interface Cost {
	requests: number;
	ms: number;
}

export async function run(): Promise<BenchResult[]> {
	const sandbox = await startSandbox({ accounts: 3, transactions: 0 });
	try {
		fillWindow(sandbox);
		const engine = await Engine.load('.', {
			cassoApi: { authentication: 'apiKey', apiKey: sandbox.apiKey, accessToken: '', baseUrl: sandbox.cassoUrl },
		});
		const parameters = { resource: 'transaction', operation: 'getAll', returnAll: true };
		const peer = await repeat(PEER_READS, sandbox, async () => {
			await engine.items({ type: 'n8n-nodes-casso.casso', parameters });
		});
		const workflow = engine.workflow({ type: 'n8n-nodes-casso.cassoPollingTrigger', parameters: {} });
		await engine.poll(workflow);
		const idle = await repeat(IDLE_POLLS, sandbox, async () => {
			if ((await engine.poll(workflow)) !== null) throw new Error('An idle poll found something');
		});
		let round = 0;
		const busy = await repeat(BUSY_POLLS, sandbox, async () => {
			const count = 1 + ((round++ * 7) % MOST_NEW);
			sandbox.casso.addTransactions(Array.from({ length: count }, () => ({ amount: 1000 })));
			const found = (await engine.poll(workflow))?.length ?? 0;
			if (found !== count) throw new Error(`A poll found ${found} of ${count} new transactions`);
		});
		return [...compare('idle poll', idle, peer, 1), ...compare(`poll with 1 to ${MOST_NEW} new`, busy, peer)];
	} finally {
		await sandbox.close();
	}
}

/** Spread over the last two days, so that all of them stay in the window of three. */
function fillWindow(sandbox: Sandbox): void {
	const { accounts } = sandbox.casso.data;
	const startMs = Date.now() - 2 * DAY_MS;
	const inputs = Array.from({ length: IN_WINDOW }, (_, at) => ({
		amount: at % 3 ? 1000 : -500,
		time: startMs + Math.floor((at / IN_WINDOW) * 2 * DAY_MS),
		accountId: accounts[at % accounts.length]?.id,
	}));
	sandbox.casso.addTransactions(inputs);
}

async function repeat(times: number, sandbox: Sandbox, work: () => Promise<void>): Promise<Cost> {
	const all: number[] = [];
	const requests: number[] = [];
	for (let time = 0; time < times; time++) {
		sandbox.casso.requests.clear();
		const startedMs = performance.now();
		await work();
		all.push(performance.now() - startedMs);
		requests.push(sandbox.casso.requests.list().length);
	}
	return { ms: median(all), requests: median(requests) };
}

function compare(what: string, ours: Cost, peer: Cost, goalRequests?: number): BenchResult[] {
	const name = `${what}, ${IN_WINDOW} in the window, against reading it whole`;
	return [
		{
			name: `${name}: requests`,
			ours: ours.requests,
			peer: peer.requests,
			unit: 'requests',
			ratio: ours.requests / peer.requests,
			goal: goalRequests === undefined ? '' : `${goalRequests}`,
			pass: goalRequests === undefined || ours.requests === goalRequests,
		},
		{ name: `${name}: time`, ours: ours.ms, peer: peer.ms, unit: 'ms', ratio: ours.ms / peer.ms, goal: '', pass: true },
	];
}
