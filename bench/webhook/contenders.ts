/**
 * What receives webhooks in one n8n, all with the same empty follow-up: the Casso Trigger, signed (Webhook V2, secrets from
 * a credential) and by token (automatic registration), each also grouped, and its peers.
 *
 * Peers: n8n's own Webhook node, alone, with a secret header that it checks (*Header Auth*: the fair peer), and with a Code
 * node behind it that checks the signature, as a user would write it; and a bare trigger that does nothing but start the
 * workflow, once with a credential, since n8n asks its database for the rights to one before every execution.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signWebhook } from '@saoke/core';
import type { N8nApi, N8nNode, N8nWorkflow } from '../../hosts/n8nApi';
import type { Post } from '../../test/e2e/harness/post';
import { startScratch, type Scratch } from '../../test/e2e/harness/scratchN8n';
import {
	apiCredential,
	SECURITY_KEY,
	triggerWorkflow,
	webhookCredential,
} from '../../test/e2e/harness/triggerWorkflow';
import { deliveryBody } from '../longRun/contender';

const CONTENDERS = [
	'webhook node',
	'header auth',
	'code node',
	'bare trigger',
	'bare trigger, credential',
	'signed',
	'token',
	'signed, grouped',
	'token, grouped',
] as const;
export type Contender = (typeof CONTENDERS)[number];

/** Whether n8n makes a sandbox for expressions only if one is evaluated, or, its default, for every delivery. */
export const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };
export const DEFAULTS = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'false' };

const HEADER_VALUE = 'a-secret-that-is-as-long-as-a-token-of-casso-0000000000000000000';

export interface Contest {
	scratch: Scratch;
	urls: Record<Contender, string>;
	/** A delivery with every proof, so that all contenders read as many bytes. */
	makePost: (contender: Contender) => Post;
	close: () => Promise<void>;
}

export async function startContest(env: Record<string, string>): Promise<Contest> {
	const customNodes = writeBareTrigger();
	const scratch = await startScratch({
		env: { NODE_FUNCTION_ALLOW_BUILTIN: 'crypto', ...env, N8N_CUSTOM_EXTENSIONS: customNodes },
	});
	const urls = await publishAll(scratch);
	const webhooks = scratch.sandbox.casso.webhooks.list();
	const tokenOf = (contender: Contender): string =>
		(webhooks.find(({ url }) => url === urls[contender]) ?? webhooks[0])?.secret ?? '';
	return {
		scratch,
		urls,
		makePost: (contender) => makePost(tokenOf(contender)),
		close: async () => {
			await scratch.close();
			rmSync(customNodes, { recursive: true, force: true });
		},
	};
}

async function publishAll({ n8n, sandbox }: Scratch): Promise<Record<Contender, string>> {
	const { api, url } = n8n;
	const cassoApi = await apiCredential(api, sandbox.apiKey, sandbox.cassoUrl);
	const secrets = await webhookCredential(api);
	const header = await api.putCredential('Header', 'httpHeaderAuth', { name: 'x-secret', value: HEADER_VALUE });
	const webhookNode = { httpMethod: 'POST', options: {} };
	const manual = { registration: 'manual' };
	const grouped = { options: { groupDeliveries: true } };
	const bare = 'CUSTOM.bareTrigger';
	const workflows: Record<Contender, N8nWorkflow & { path: string }> = {
		'webhook node': startingWith('n8n-nodes-base.webhook', 2.1, { ...webhookNode, path: 'plain' }, 'plain'),
		'header auth': startingWith(
			'n8n-nodes-base.webhook',
			2.1,
			{ ...webhookNode, path: 'header', authentication: 'headerAuth' },
			'header',
			{ httpHeaderAuth: header },
		),
		'code node': withCodeNode(startingWith('n8n-nodes-base.webhook', 2.1, { ...webhookNode, path: 'code' }, 'code')),
		'bare trigger': startingWith(bare, 1.1, {}, 'bare'),
		'bare trigger, credential': startingWith(bare, 1.1, {}, 'credential', cassoApi),
		signed: triggerWorkflow(manual, secrets),
		token: triggerWorkflow({}, cassoApi),
		'signed, grouped': triggerWorkflow({ ...manual, ...grouped }, secrets),
		'token, grouped': triggerWorkflow(grouped, cassoApi),
	};
	const urls: Partial<Record<Contender, string>> = {};
	for (const contender of CONTENDERS) urls[contender] = await publish(api, url, workflows[contender]);
	return urls as Record<Contender, string>;
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

let nextId = 1;

function makePost(token: string): Post {
	const body = deliveryBody(nextId++);
	return {
		body,
		headers: {
			...signWebhook(body, { securityKey: SECURITY_KEY, signedAtMs: Date.now() }),
			'x-secret': HEADER_VALUE,
			'secure-token': token,
		},
	};
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
		position: [400, 0],
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

/** Puts a Code node behind the trigger that checks the signature of Webhook V2. */
function withCodeNode(workflow: N8nWorkflow & { path: string }): N8nWorkflow & { path: string } {
	const jsCode = `
const { createHmac, timingSafeEqual } = require('crypto');
const sorted = (value) => Array.isArray(value) ? value.map(sorted)
	: value && typeof value === 'object' ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
	: value;
const { headers, body } = $input.first().json;
const [, t, v1] = /^t=(\\d+),v1=([0-9a-f]{128})$/.exec(headers['x-casso-signature'] ?? '') ?? [];
const expected = createHmac('sha512', '${SECURITY_KEY}').update(t + '.' + JSON.stringify(sorted(body))).digest('hex');
if (!v1 || !timingSafeEqual(Buffer.from(v1), Buffer.from(expected))) throw new Error('Bad signature');
return [{ json: body.data }];`;
	const verify: N8nNode = {
		id: 'verify',
		name: 'Verify',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		position: [200, 0],
		parameters: { jsCode },
	};
	const [start, end] = workflow.nodes as [N8nNode, N8nNode];
	return {
		...workflow,
		nodes: [start, verify, end],
		connections: {
			Start: { main: [[{ node: 'Verify', type: 'main', index: 0 }]] },
			Verify: { main: [[{ node: 'End', type: 'main', index: 0 }]] },
		},
	};
}

/** The executions of one round must not slow the next. */
export async function whenNothingRuns(api: N8nApi): Promise<void> {
	for (;;) {
		const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
		const { results } = (await api.call('GET', `/rest/executions?filter=${filter}&limit=1`)) as {
			results: { status: string }[];
		};
		if (!results.some(({ status }) => status === 'new' || status === 'running')) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
