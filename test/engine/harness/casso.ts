/** What the engine tests of node `casso` share: a sandbox, an engine with credentials for it, and shortcuts. */
import { startSandbox, type LoggedRequest, type Sandbox, type SandboxOptions } from '@saoke/sandbox';
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
		requests: () => sandbox.casso.requests.list(),
		withCredential: async (change) => await Engine.load('.', { cassoApi: { ...cassoApi, ...change }, cassoWebhookApi }),
	};
}

/** An account as the resource locator stores it. */
export function locator(value: string | number, mode: 'list' | 'id' = 'id'): IDataObject {
	return { __rl: true, mode, value };
}
