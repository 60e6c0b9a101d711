/** Brings a recipe for Node-RED into a real Node-RED as a user does: install what it names, import, fill in what it asks for. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sandbox } from '@saoke/sandbox';
import { installOnce } from '../../../hosts/install';
import { ROOT } from '../../../hosts/paths';
import { Progress } from '../../../hosts/progress';
import { EXAMPLES_DIR } from '../../../demo/nodeRed/exampleFlows';
import type { NodeRedOptions } from '../../../hosts/nodeRed';
import type { FlowNode } from '../../../hosts/nodeRedApi';
import type { ServiceAccount } from './googleSheets/tokens';
import { eventually, startTestHost, type TestHost } from './nodeRedHost';

export const SECURITY_KEY = 'key-of-the-recipes-'.repeat(4);
export const TEAM = 'team@example.com';
export const TELEGRAM_CHAT = '-1001';

const RECIPES = path.join(EXAMPLES_DIR, 'recipes');
const INSTALLED = path.join(ROOT, 'hosts', 'node-red-recipes');
const MODULES = ['node-red-contrib-google-sheets', 'node-red-contrib-telegrambot', 'node-red-node-email'];

/** The context store that the recipes ask for. */
export const DISK =
	"settings.contextStorage = { default: { module: 'memory' }, disk: { module: 'localfilesystem', config: { cache: false } } };";

export const MAIL_NODE = path.join(INSTALLED, 'node_modules', 'node-red-node-email');

/** Installs the nodes of others from their lock file, the first time only. */
export async function installRecipeNodes(): Promise<void> {
	await installOnce(INSTALLED, 'the nodes that the recipes for Node-RED use', new Progress());
}

/** A Node-RED with the nodes that the recipes name, and with their context store. */
export async function startRecipeHost(options: Partial<NodeRedOptions> = {}): Promise<TestHost> {
	const userDir = mkdtempSync(path.join(tmpdir(), 'saoke-recipes-'));
	mkdirSync(path.join(userDir, 'node_modules'));
	for (const name of MODULES)
		symlinkSync(path.join(INSTALLED, 'node_modules', name), path.join(userDir, 'node_modules', name), 'junction');
	return await startTestHost(5, { settingsCode: DISK, ...options, userDir });
}

export function nodeRedRecipes(): string[] {
	return readdirSync(RECIPES)
		.filter((name) => name.endsWith('.json'))
		.sort();
}

export function readNodeRedRecipe(file: string): FlowNode[] {
	return JSON.parse(readFileSync(path.join(RECIPES, file), 'utf8')) as FlowNode[];
}

/** What a user types into a recipe. */
export interface Filling {
	sandbox: Sandbox;
	mailPort: number;
	/** Address of the spreadsheet, and the account that may write it. */
	spreadsheet?: string;
	account?: ServiceAccount;
	/** Base URL of Telegram's API. */
	telegramUrl?: string;
}

/** @param edit further changes that the recipe's page tells a user to make */
export function filledIn(
	nodes: FlowNode[],
	filling: Filling,
	edit: (node: FlowNode) => FlowNode = (node) => node,
): FlowNode[] {
	return nodes.map((node) => edit(fillIn(node, filling)));
}

function fillIn(node: FlowNode, { sandbox, mailPort, spreadsheet = '', account, telegramUrl = '' }: Filling): FlowNode {
	switch (node.type) {
		case 'casso-config':
			return { ...node, baseUrl: sandbox.cassoUrl, credentials: { apiKey: sandbox.apiKey } };
		case 'casso-webhook':
			return { ...node, credentials: { securityKey: SECURITY_KEY } };
		case 'casso-poll':
			return { ...node, interval: '5' };
		case 'gauth':
			return account
				? {
						...node,
						credentials: { creds: JSON.stringify({ client_email: account.email, private_key: account.privateKey }) },
					}
				: node;
		case 'change':
			return {
				...node,
				rules: (node.rules as { p: string; to: string }[]).map((rule) => ({
					...rule,
					to: { spreadsheet, telegramChat: TELEGRAM_CHAT }[rule.p] ?? rule.to,
				})),
			};
		case 'telegram bot':
			return { ...node, baseapiurl: telegramUrl, credentials: { token: '1:stand-in' } };
		case 'e-mail':
			return {
				...node,
				name: TEAM,
				server: '127.0.0.1',
				port: String(mailPort),
				secure: false,
				tls: false,
				credentials: { userid: 'till@example.com', password: 'p' },
			};
		case 'debug':
			// Printed as well, so that a test can see it.
			return { ...node, console: true };
		default:
			return node;
	}
}

/** Tells the sandbox the address of the recipe's webhook, once it answers. */
export async function connectWebhook(host: TestHost, sandbox: Sandbox, place: string): Promise<void> {
	await eventually(
		'the webhook answers',
		async () => {
			try {
				await sandbox.casso.webhooks.createByDashboard({
					url: `${host.url}${place}`,
					dialect: 'v2',
					secret: SECURITY_KEY,
					strict: true,
					requireTestCall: true,
				});
				return true;
			} catch {
				return false;
			}
		},
		30_000,
	);
}

/** Waits until casso-poll has noted what is there: from then on it sends what is new. */
export async function firstPoll(sandbox: Sandbox): Promise<void> {
	await morePolls(sandbox, 1);
}

/** Waits for this many polls to begin from now on; all but the last of them have then ended. */
export async function morePolls(sandbox: Sandbox, more: number): Promise<void> {
	const polls = (): number => sandbox.casso.requests.list({ path: '/v2/transactions' }).length;
	const before = polls();
	await eventually(`${more} polls`, () => polls() >= before + more, 60_000);
}

/** What the recipe keeps in its store on disk. */
export function keptOnDisk(host: TestHost, nodes: FlowNode[]): Record<string, unknown> {
	const tab = nodes.find(({ type }) => type === 'tab');
	const file = path.join(host.userDir, 'context', tab?.id ?? '', 'flow.json');
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
}

export function disconnectWebhooks(sandbox: Sandbox): void {
	for (const webhook of sandbox.casso.webhooks.list()) sandbox.casso.webhooks.remove(webhook);
}

export function getId(nodes: FlowNode[], name: string): string {
	const node = nodes.find((candidate) => candidate.name === name);
	if (!node) throw new Error(`The recipe has no node "${name}"`);
	return node.id;
}
