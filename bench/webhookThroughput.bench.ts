/**
 * Requests a second of the Casso Trigger in a real n8n: POST, JSON, 10 at a time, all with the same empty follow-up, in
 * turn, median of five rounds. Signed (Webhook V2, secrets from a credential) and by token (automatic registration).
 *
 * Peers: n8n's own Webhook node, which checks nothing, and a bare trigger that does nothing but start the workflow, once
 * with a credential, since n8n asks its database for the rights to one before every execution. By default n8n makes a fresh expression sandbox for every delivery to any trigger but its own Webhook node, and for every
 * credential read, used or not: the bare trigger shows what that costs. With N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE n8n makes
 * one only if an expression is evaluated, so both settings are measured.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signWebhook } from '@saoke/core';
import type { N8nApi, N8nNode, N8nWorkflow } from '../hosts/n8nApi';
import { postAll, type Post } from '../test/e2e/harness/post';
import { startScratch } from '../test/e2e/harness/scratchN8n';
import { apiCredential, SECURITY_KEY, triggerWorkflow, webhookCredential } from '../test/e2e/harness/triggerWorkflow';
import type { BenchResult } from './result';

/** Of a round, which then takes some seconds: shorter ones differ by more than what is to be told apart. */
const REQUESTS = { lazy: 450, plain: 150 };
const PARALLEL = 10;
const ROUNDS = 5;
const GOAL = 0.95;

const CONTENDERS = ['webhook node', 'bare trigger', 'bare trigger, credential', 'signed', 'token'] as const;
type Contender = (typeof CONTENDERS)[number];
type Rates = Record<Contender, number[]>;

let nextId = 1;

export async function run(): Promise<BenchResult[]> {
	const lazy = await measureAll({ N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' }, REQUESTS.lazy);
	const plain = await measureAll({ N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'false' }, REQUESTS.plain);
	return [
		...(['signed', 'token'] as const).map((kind) =>
			compare(
				`deliveries, ${kind}, against n8n's Webhook node, sandboxes as needed`,
				lazy[kind],
				lazy['webhook node'],
				GOAL,
			),
		),
		...(['signed', 'token'] as const).map((kind) =>
			compare(
				`deliveries, ${kind}, against a bare trigger with a credential, sandboxes as needed`,
				lazy[kind],
				lazy['bare trigger, credential'],
				GOAL,
			),
		),
		compare(
			"a bare trigger against n8n's Webhook node, sandboxes as needed",
			lazy['bare trigger'],
			lazy['webhook node'],
		),
		compare(
			"a bare trigger with a credential against n8n's Webhook node, sandboxes as needed",
			lazy['bare trigger, credential'],
			lazy['webhook node'],
		),
		...(['signed', 'token'] as const).map((kind) =>
			compare(
				`deliveries, ${kind}, against n8n's Webhook node, n8n's defaults`,
				plain[kind],
				plain['webhook node'],
				GOAL,
			),
		),
		compare("deliveries, token, against a bare trigger, n8n's defaults", plain.token, plain['bare trigger'], GOAL),
		compare("a bare trigger against n8n's Webhook node, n8n's defaults", plain['bare trigger'], plain['webhook node']),
	];
}

async function measureAll(env: Record<string, string>, requests: number): Promise<Rates> {
	const customNodes = writeBareTrigger();
	const { sandbox, n8n, close } = await startScratch({ env: { ...env, N8N_CUSTOM_EXTENSIONS: customNodes } });
	try {
		const cassoApi = await apiCredential(n8n.api, sandbox.apiKey, sandbox.cassoUrl);
		const urls: Record<Contender, string> = {
			'webhook node': await publish(
				n8n.api,
				n8n.url,
				startingWith('n8n-nodes-base.webhook', 2.1, { httpMethod: 'POST', path: 'peer', options: {} }, 'peer'),
			),
			'bare trigger': await publish(n8n.api, n8n.url, startingWith('CUSTOM.bareTrigger', 1.1, {}, 'bare')),
			'bare trigger, credential': await publish(
				n8n.api,
				n8n.url,
				startingWith('CUSTOM.bareTrigger', 1.1, {}, 'credential', cassoApi),
			),
			signed: await publish(
				n8n.api,
				n8n.url,
				triggerWorkflow({ registration: 'manual' }, await webhookCredential(n8n.api)),
			),
			token: await publish(n8n.api, n8n.url, triggerWorkflow({}, cassoApi)),
		};
		return await measureInTurn(n8n.api, urls, sandbox.casso.webhooks.list()[0]?.secret ?? '', requests);
	} finally {
		await close();
		rmSync(customNodes, { recursive: true, force: true });
	}
}

async function measureInTurn(
	api: N8nApi,
	urls: Record<Contender, string>,
	token: string,
	requests: number,
): Promise<Rates> {
	const rates = Object.fromEntries(CONTENDERS.map((contender) => [contender, [] as number[]])) as Rates;
	for (let round = 0; round <= ROUNDS; round++) {
		const first = round % CONTENDERS.length;
		// Another one begins each time; the first round warms up.
		for (const contender of [...CONTENDERS.slice(first), ...CONTENDERS.slice(0, first)]) {
			const rate = await measure(api, urls[contender], token, requests);
			if (round > 0) rates[contender].push(rate);
		}
	}
	return rates;
}

function compare(name: string, ours: number[], peer: number[], goal?: number): BenchResult {
	const ratio = median(ours) / median(peer);
	return {
		name,
		ours: median(ours),
		peer: median(peer),
		unit: 'requests/s',
		ratio,
		goal: goal ? `at least ${goal}` : '',
		pass: goal === undefined || ratio >= goal,
	};
}

/** The least that a trigger can do; n8n loads it from a folder. */
function writeBareTrigger(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'saoke-bare-'));
	writeFileSync(
		path.join(folder, 'BareTrigger.node.js'),
		`class BareTrigger {
	description = {
		displayName: 'Bare Trigger', name: 'bareTrigger', group: ['trigger'], version: [1, 1.1], description: '', defaults: { name: 'Bare Trigger' },
		inputs: [], outputs: ['main'], properties: [], credentials: [{ name: 'cassoApi' }],
		webhooks: [{ name: 'default', httpMethod: 'POST', path: 'bare', responseMode: 'onReceived', responseData: '' }],
	};
	async webhook() {
		return { workflowData: [[{ json: JSON.parse(this.getRequestObject().rawBody.toString()) }]], webhookResponse: { success: true } };
	}
}
exports.BareTrigger = BareTrigger;
`,
	);
	return folder;
}

/** Every request with both proofs, so that all contenders read the same bytes. */
function makePost(token: string): Post {
	const id = nextId++;
	const data = {
		id,
		tid: 'FT24277001',
		reference: 'FT24277001',
		description: `DH${id} thanh toán đơn hàng`,
		amount: 599_000,
		runningBalance: 25_000_000,
		transactionDateTime: '2024-10-03 15:06:37',
		accountNumber: '0071000888888',
		bankName: 'VPBank',
		bankAbbreviation: 'VPB',
		virtualAccountNumber: '',
		virtualAccountName: '',
		counterAccountName: 'NGUYEN VAN A',
		counterAccountNumber: '8888888888',
		counterAccountBankId: '970415',
		counterAccountBankName: 'VietinBank',
	};
	const body = JSON.stringify({ error: 0, data });
	return {
		body,
		headers: { ...signWebhook(body, { securityKey: SECURITY_KEY, signedAtMs: Date.now() }), 'secure-token': token },
	};
}

async function measure(api: N8nApi, url: string, token: string, requests: number): Promise<number> {
	const posts = Array.from({ length: requests }, () => makePost(token));
	const startedMs = performance.now();
	const answers = await postAll(url, posts, PARALLEL);
	const tookMs = performance.now() - startedMs;
	const failed = answers.filter(({ status }) => status !== 200).length;
	if (failed > 0) throw new Error(`${failed} of ${requests} requests failed at ${new URL(url).pathname}`);
	await whenNothingRuns(api);
	return requests / (tookMs / 1_000);
}

/** The executions of one round must not slow the next. */
async function whenNothingRuns(api: N8nApi): Promise<void> {
	for (;;) {
		const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
		const { results } = (await api.call('GET', `/rest/executions?filter=${filter}&limit=1`)) as {
			results: { status: string }[];
		};
		if (!results.some(({ status }) => status === 'new' || status === 'running')) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

async function publish(api: N8nApi, n8nUrl: string, workflow: N8nWorkflow & { path: string }): Promise<string> {
	const { id } = await api.createWorkflow(workflow);
	await api.publish(id);
	return `${n8nUrl}/webhook/${workflow.path}`;
}

/** @returns a workflow; n8n's Webhook node answers under its own path, any other under that below its id */
function startingWith(
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	name: string,
	credentials?: N8nNode['credentials'],
): N8nWorkflow & { path: string } {
	const webhookId = `peer-${name}`;
	const trigger: N8nNode = {
		id: name,
		name: 'Start',
		type,
		typeVersion,
		position: [0, 0],
		webhookId,
		parameters,
		credentials,
	};
	const end: N8nNode = {
		id: `${name}-end`,
		name: 'End',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [200, 0],
		parameters: {},
	};
	return {
		name,
		nodes: [trigger, end],
		connections: { Start: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		path: type === 'CUSTOM.bareTrigger' ? `${webhookId}/bare` : name,
	};
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
