/** The package's own example flows, with the keys and addresses of the sandbox filled in. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Sandbox } from '@saoke/sandbox';
import { ROOT } from '../../hosts/paths';
import type { RunningNodeRed } from '../../hosts/nodeRed';
import type { FlowNode } from '../../hosts/nodeRedApi';
import type { NodeRedSecrets } from './secrets';

export const EXAMPLES_DIR = path.join(ROOT, 'packages', 'node-red-saoke', 'examples');

/** The one whose webhook the demo calls. */
const MAIN = 'new-transaction-to-csv.json';

/** Examples that need nothing but the sandbox; the others want a broker or settings of their own. */
const SHOWN = [
	MAIN,
	'accounts-and-balances.json',
	'transactions-of-yesterday-by-e-mail.json',
	'simplize-cash-history-to-csv.json',
];

export interface DeployedExamples {
	webhookPath: string;
	/** Where new transactions are written. */
	file: string;
}

export function exampleNames(): string[] {
	return readdirSync(EXAMPLES_DIR).filter((name) => name.endsWith('.json'));
}

export function readExample(name: string): FlowNode[] {
	return JSON.parse(readFileSync(path.join(EXAMPLES_DIR, name), 'utf8')) as FlowNode[];
}

/** What an example needs to run here. */
export interface Wiring {
	sandbox: Sandbox;
	secrets: Pick<NodeRedSecrets, 'securityKey'>;
	/** Folder for the files that flows write. */
	folder: string;
}

/** Fills in what a user would fill in by hand: keys, addresses, a portfolio, and absolute file names. */
export function wired(nodes: FlowNode[], { sandbox, secrets, folder }: Wiring): FlowNode[] {
	const { data, apiKey, apiSecret } = sandbox.simplize;
	const [portfolio] = data.portfolios;
	return nodes.map((node) => {
		if (node.type === 'casso-config')
			return { ...node, baseUrl: sandbox.cassoUrl, credentials: { apiKey: sandbox.apiKey } };
		if (node.type === 'simplize-config')
			return { ...node, baseUrl: sandbox.simplizeUrl, credentials: { apiKey, apiSecret } };
		if (node.type === 'casso-webhook') return { ...node, credentials: { securityKey: secrets.securityKey } };
		if (node.type === 'simplize')
			return { ...node, externalUserId: portfolio?.externalUserId, portfolioId: String(portfolio?.id) };
		if (node.type === 'file') return { ...node, filename: path.join(folder, String(node.filename)) };
		// Debug messages are printed as well, so that the start script can see them.
		return node.type === 'debug' ? { ...node, console: true } : node;
	});
}

/** Flows that are there already belong to the user: they stay as they are. */
export async function deployExamples(
	nodeRed: RunningNodeRed,
	sandbox: Sandbox,
	secrets: Pick<NodeRedSecrets, 'securityKey'>,
): Promise<DeployedExamples> {
	const main = wired(readExample(MAIN), { sandbox, secrets, folder: nodeRed.userDir });
	const webhook = main.find(({ type }) => type === 'casso-webhook');
	const file = main.find(({ type }) => type === 'file');
	const deployed = existsSync(path.join(nodeRed.userDir, 'flows.json')) ? await nodeRed.api.flows() : [];
	if (!deployed.some(({ id }) => id === webhook?.id)) {
		const all = SHOWN.flatMap((name) => wired(readExample(name), { sandbox, secrets, folder: nodeRed.userDir }));
		await nodeRed.api.deploy([...deployed, ...all]);
	}
	return { webhookPath: String(webhook?.path), file: String(file?.filename) };
}
