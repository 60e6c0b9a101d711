/** What the engine tests of Simplize share: the built package, a sandbox, and parameters of its operations. */
import { startSandbox, type Sandbox, type SimplizePartnerOptions } from '@saoke/sandbox';
import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Engine, type NodeUnderTest } from '../harness/engine';

export interface Bench {
	sandbox: Sandbox;
	engine: Engine;
	/** The credential's data; may be changed before a run. */
	credential: ICredentialDataDecryptedObject;
}

const open: Sandbox[] = [];

export async function start(
	simplize: SimplizePartnerOptions = {},
	changes: ICredentialDataDecryptedObject = {},
): Promise<Bench> {
	const sandbox = await startSandbox({ transactions: 0, simplize });
	open.push(sandbox);
	const credential: ICredentialDataDecryptedObject = {
		baseUrl: `${sandbox.simplizeUrl}/`,
		apiKey: sandbox.simplize.apiKey,
		apiSecret: sandbox.simplize.apiSecret,
		recvWindow: 5000,
		signaturePayload: 'query+body',
		signatureEncoding: 'hex',
		...changes,
	};
	return {
		sandbox,
		credential,
		engine: await Engine.load('packages/n8n-nodes-simplize', { simplizePartnerApi: credential }),
	};
}

export async function closeAll(): Promise<void> {
	await Promise.all(open.splice(0).map(async (sandbox) => await sandbox.close()));
}

export function node(
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	more: Partial<NodeUnderTest> = {},
): NodeUnderTest {
	return { type: 'n8n-nodes-simplize.simplize', parameters: { resource, operation, ...parameters }, ...more };
}

export const ids = { externalUserId: 'USER015', portfolioId: '862' };

/** Cash History: Get Many, one movement of them. */
export function cashHistory(parameters: IDataObject): NodeUnderTest {
	return node('cashHistory', 'getAll', { ...ids, returnAll: false, limit: 1, ...parameters });
}

/** What the node says when it refuses to go on. */
export async function refusal({ engine }: Bench, under: NodeUnderTest, input?: IDataObject[]): Promise<string> {
	return (await toFailure(engine.items(under, input))).message;
}

export const getJson = (items: readonly INodeExecutionData[]): IDataObject[] => items.map(({ json }) => json);

/** What n8n stores of a failure: a plain object, as it would be read from the database. */
export interface Failure {
	name: string;
	message: string;
	description: string;
	httpCode?: string;
}

/** The failure of a run; fails where there is none. */
export async function toFailure(running: Promise<unknown>): Promise<Failure> {
	try {
		await running;
	} catch (error) {
		return error as Failure;
	}
	throw new Error('Nothing failed');
}
