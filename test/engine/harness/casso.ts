/** What the engine tests of node `casso` share: a sandbox, an engine with credentials for it, and shortcuts. */
import {
	startSandbox,
	type LoggedRequest,
	type Sandbox,
	type SandboxAccount,
	type SandboxOptions,
} from '@saoke/sandbox';
import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';
import { Engine, type NodeUnderTest } from './engine';

/** Values that stand nowhere else, so that a search for them finds every leak. */
export const API_KEY = 'AK_CS.c0ffee00c0ffee00c0ffee00c0ffee00.engine';
export const SECURE_TOKEN = 'hook-5ec5e75ec5e75ec5e7-engine';

export interface CassoEngine {
	sandbox: Sandbox;
	engine: Engine;
	/** Node `casso` with these parameters. */
	casso: (parameters: IDataObject, more?: Partial<NodeUnderTest>) => NodeUnderTest;
	items: (parameters: IDataObject, input?: IDataObject[]) => Promise<INodeExecutionData[]>;
	json: (parameters: IDataObject, input?: IDataObject[]) => Promise<IDataObject[]>;
	/** The error that the node ends with. */
	failure: (
		parameters: IDataObject,
		input?: IDataObject[],
	) => Promise<{ message: string; description?: string | null; run: IRun }>;
	/** An account of the sandbox, the first by default. */
	account: (index?: number) => SandboxAccount;
	/** Adds a transaction without a delivery. @returns its id */
	add: (input: { amount: number; memo?: string; accountId?: number }) => number;
	/** Calls that reached the sandbox since it was reset. */
	requests: () => LoggedRequest[];
	/** Another engine at the same sandbox, with other values in the credential. */
	withCredential: (change: IDataObject) => Promise<Engine>;
}

export async function startCassoEngine(options: SandboxOptions = {}): Promise<CassoEngine> {
	const sandbox = await startSandbox({ apiKey: API_KEY, accounts: 3, transactions: 120, seed: 7, ...options });
	const cassoApi = { authentication: 'apiKey', apiKey: API_KEY, accessToken: '', baseUrl: sandbox.cassoUrl };
	const cassoWebhookApi = {
		securityKey: '',
		previousSecurityKey: '',
		secureToken: SECURE_TOKEN,
		previousSecureToken: '',
	};
	const engine = await Engine.load('.', { cassoApi, cassoWebhookApi });
	const casso: CassoEngine['casso'] = (parameters, more) => ({ type: 'n8n-nodes-casso.casso', parameters, ...more });
	const items: CassoEngine['items'] = async (parameters, input) => await engine.items(casso(parameters), input);
	return {
		sandbox,
		engine,
		casso,
		items,
		json: async (parameters, input) => (await items(parameters, input)).map((item) => item.json),
		failure: async (parameters, input) => {
			const run = await engine.run(casso(parameters), input);
			const { error } = run.data.resultData;
			if (!error) throw new Error('The node was expected to fail');
			return { message: error.message, description: error.description, run };
		},
		account: (index = 0) => {
			const found = sandbox.casso.data.accounts[index];
			if (!found) throw new Error('The sandbox has fewer accounts');
			return found;
		},
		add: (input) => sandbox.casso.addTransaction({ silent: true, ...input }).id,
		requests: () => sandbox.casso.requests.list(),
		withCredential: async (change) => await Engine.load('.', { cassoApi: { ...cassoApi, ...change }, cassoWebhookApi }),
	};
}

/** An account as the resource locator stores it. */
export function locator(value: string | number, mode: 'list' | 'id' = 'id'): IDataObject {
	return { __rl: true, mode, value };
}

/** Payment: Match with the orders on its second input, or as JSON text in the node. */
export function match(
	orders: IDataObject[] | string,
	more: Partial<NodeUnderTest> & { options?: IDataObject; orderFields?: IDataObject } = {},
): NodeUnderTest {
	const { options = {}, orderFields = {}, ...node } = more;
	const type = 'n8n-nodes-casso.casso';
	const parameters = { resource: 'payment', operation: 'match', options };
	return typeof orders === 'string'
		? { type, parameters: { ...parameters, ordersFrom: 'define', orders }, ...node }
		: { type, parameters: { ...parameters, orderFields }, secondInput: orders, ...node };
}

/** A transaction as Match takes it in. */
export function transaction(
	id: number,
	amount: number,
	description: string,
	transactedAt = '2026-03-10T09:00:00+07:00',
): IDataObject {
	return { id, reference: `FT${id}`, transactedAt, amount, description, accountNumber: '0071000888888' };
}

export type MatchOutputs = [
	orders: INodeExecutionData[],
	unmatched: INodeExecutionData[],
	proposals: INodeExecutionData[],
];

export async function matchOutputs(engine: Engine, node: NodeUnderTest, items: IDataObject[]): Promise<MatchOutputs> {
	const { data } = await engine.run(node, items);
	if (data.resultData.error) throw new Error(data.resultData.error.message);
	const [orders, unmatched, proposals] = data.resultData.runData['Under Test']?.[0]?.data?.main ?? [];
	return [orders ?? [], unmatched ?? [], proposals ?? []];
}

/** What the editor shows above the output. */
export async function outputHints(engine: Engine, node: NodeUnderTest, items: IDataObject[]): Promise<string[]> {
	const { data } = await engine.run(node, items);
	const shown = data.resultData.runData['Under Test']?.[0]?.hints ?? [];
	expect(shown.every(({ type, location }) => type === 'warning' && location === 'outputPane')).toBe(true);
	return shown.map(({ message }) => message);
}
