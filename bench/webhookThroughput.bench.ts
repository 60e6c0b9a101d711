/**
 * Requests a second of the Casso Trigger in a real n8n, against n8n's own Webhook node, which checks nothing: POST, JSON,
 * 10 at a time, both with the same empty follow-up, in turn, median of five rounds. Signed (Webhook V2, secrets from a
 * credential) and by token (automatic registration).
 */
import { signWebhook } from '@saoke/core';
import type { N8nApi, N8nWorkflow } from '../demo/host/n8nApi';
import { postAll, type Post } from '../test/e2e/harness/post';
import { startScratch } from '../test/e2e/harness/scratchN8n';
import { apiCredential, SECURITY_KEY, triggerWorkflow, webhookCredential } from '../test/e2e/harness/triggerWorkflow';
import type { BenchResult } from './result';

const REQUESTS = 150;
const PARALLEL = 10;
const ROUNDS = 5;
const GOAL = 0.95;

type Contender = 'webhook node' | 'signed' | 'token';

let nextId = 1;

export async function run(): Promise<BenchResult[]> {
	const { sandbox, n8n, close } = await startScratch();
	try {
		const urls: Record<Contender, string> = {
			'webhook node': await publishWebhookNode(n8n.api, n8n.url),
			signed: await publishTrigger(n8n.api, n8n.url, triggerWorkflow({ registration: 'manual' }, await webhookCredential(n8n.api))),
			token: await publishTrigger(n8n.api, n8n.url, triggerWorkflow({}, await apiCredential(n8n.api, sandbox.apiKey, sandbox.cassoUrl))),
		};
		const token = sandbox.casso.webhooks.list()[0]?.secret ?? '';
		const contenders: Contender[] = ['webhook node', 'signed', 'token'];
		const rates: Record<Contender, number[]> = { 'webhook node': [], signed: [], token: [] };
		for (let round = 0; round <= ROUNDS; round++) {
			// Another one begins each time; the first round warms up.
			for (const contender of [...contenders.slice(round % 3), ...contenders.slice(0, round % 3)]) {
				const rate = await measure(n8n.api, urls[contender], token);
				if (round > 0) rates[contender].push(rate);
			}
		}
		return (['signed', 'token'] as const).map((kind) => compare(kind, rates[kind], rates['webhook node']));
	} finally {
		await close();
	}
}

function compare(kind: string, ours: number[], peer: number[]): BenchResult {
	const ratio = median(ours) / median(peer);
	const name = `deliveries a second, ${kind}, against n8n's Webhook node`;
	return { name, ours: median(ours), peer: median(peer), unit: 'requests/s', ratio, goal: `at least ${GOAL}`, pass: ratio >= GOAL };
}

/** Every request with both proofs, so that all contenders read the same bytes. */
function makePost(token: string): Post {
	const id = nextId++;
	const data = {
		id, tid: 'FT24277001', reference: 'FT24277001', description: `DH${id} thanh toán đơn hàng`, amount: 599_000, runningBalance: 25_000_000,
		transactionDateTime: '2024-10-03 15:06:37', accountNumber: '0071000888888', bankName: 'VPBank', bankAbbreviation: 'VPB',
		virtualAccountNumber: '', virtualAccountName: '', counterAccountName: 'NGUYEN VAN A', counterAccountNumber: '8888888888',
		counterAccountBankId: '970415', counterAccountBankName: 'VietinBank',
	};
	const body = JSON.stringify({ error: 0, data });
	return { body, headers: { ...signWebhook(body, { securityKey: SECURITY_KEY, signedAtMs: Date.now() }), 'secure-token': token } };
}

async function measure(api: N8nApi, url: string, token: string): Promise<number> {
	const posts = Array.from({ length: REQUESTS }, () => makePost(token));
	const startedMs = performance.now();
	const answers = await postAll(url, posts, PARALLEL);
	const tookMs = performance.now() - startedMs;
	const failed = answers.filter(({ status }) => status !== 200).length;
	if (failed > 0) throw new Error(`${failed} of ${REQUESTS} requests failed at ${new URL(url).pathname}`);
	await whenNothingRuns(api);
	return REQUESTS / (tookMs / 1_000);
}

/** The executions of one round must not slow the next. */
async function whenNothingRuns(api: N8nApi): Promise<void> {
	for (;;) {
		const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
		const { results } = (await api.call('GET', `/rest/executions?filter=${filter}&limit=1`)) as { results: { status: string }[] };
		if (!results.some(({ status }) => status === 'new' || status === 'running')) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

async function publishTrigger(api: N8nApi, n8nUrl: string, workflow: ReturnType<typeof triggerWorkflow>): Promise<string> {
	const { id } = await api.createWorkflow(workflow);
	await api.publish(id);
	return `${n8nUrl}/webhook/${workflow.path}`;
}

async function publishWebhookNode(api: N8nApi, n8nUrl: string): Promise<string> {
	const workflow: N8nWorkflow = {
		name: 'Webhook node',
		nodes: [
			{ id: 'webhook', name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2.1, position: [0, 0], webhookId: '00000000-0000-4000-8000-0000000000ff', parameters: { httpMethod: 'POST', path: 'peer', options: {} } },
			{ id: 'end', name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 0], parameters: {} },
		],
		connections: { Webhook: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
	const { id } = await api.createWorkflow(workflow);
	await api.publish(id);
	return `${n8nUrl}/webhook/peer`;
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
