/**
 * An n8n with one of our packages and credentials, before anything runs. n8n-core loads dist/; what n8n's server would add,
 * credentials and addresses, is the one shim of the engine tests, and gains members between versions.
 */
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

process.env.N8N_USER_FOLDER = mkdtempSync(path.join(tmpdir(), 'saoke-engine-'));
process.env.N8N_LOG_LEVEL = 'silent';

import { resolveOutputSchemaPath, type PackageDirectoryLoader } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

export const ROOT = path.resolve(__dirname, '..', '..', '..');

export type Credentials = Record<string, ICredentialDataDecryptedObject>;

/**
 * Where n8n looks for the output schema of an operation, in version 1 of the node.
 *
 * @param nodeDir folder of the built node
 */
export function outputSchemaFile(nodeDir: string, resource: string, operation: string): string | undefined {
	// In n8n 2.8 and before it is n8n's server that looks, in the same place, and n8n-core has nothing for it.
	if (resolveOutputSchemaPath === undefined)
		return path.join(nodeDir, '__schema__', 'v1.0.0', resource, `${operation}.json`);
	return resolveOutputSchemaPath({ nodeDir, version: '1', resource, operation });
}

/** Node parameters and settings of the node under test. */
export interface NodeUnderTest {
	/** Full type name, e.g. `n8n-nodes-casso.casso`. */
	type: string;
	/** Default "Under Test"; n8n keeps the static data of a node under its name. */
	name?: string;
	/** Default "under-test". */
	id?: string;
	/** Default "hook-id"; null for a workflow that the command line imported without one. */
	webhookId?: string | null;
	parameters: IDataObject;
	onError?: INode['onError'];
	continueOnFail?: boolean;
	/** Items of a second input; without them it is not connected. */
	secondInput?: IDataObject[];
}

/** One loaded package with credentials. */
export class Installation {
	private static nextInstance = 1;

	/** Address under which this n8n is reached. */
	baseUrl = 'http://127.0.0.1:5678/';

	/** As in n8n, no two credentials have the same id, whichever installation they belong to. */
	private readonly instance = Installation.nextInstance++;

	protected constructor(
		private readonly loader: PackageDirectoryLoader,
		private readonly credentials: Credentials,
	) {}

	/** For a name that ends in `Tool`, the node as n8n hands it to an agent: under that name. */
	nodeType(type: string): INodeType {
		const name = type.replace(/^.*\./, '');
		const found = this.loader.getNode(name.replace(/Tool$/, '')).type as INodeType;
		if (!name.endsWith('Tool')) return found;
		return Object.assign(Object.create(found) as INodeType, { description: { ...found.description, name } });
	}

	credentialType(name: string): ICredentialType {
		return this.loader.getCredential(name).type;
	}

	/** Static data that n8n would keep in its database; survives over the contexts made with the same workflow. */
	workflow(under: NodeUnderTest, staticData: IDataObject = {}): Workflow {
		const node: INode = {
			id: under.id ?? 'under-test',
			name: under.name ?? 'Under Test',
			type: under.type,
			typeVersion: 1,
			position: [0, 0],
			parameters: under.parameters as INode['parameters'],
			credentials: Object.fromEntries(
				Object.keys(this.credentials).map((name) => [name, { id: `${name}-${this.instance}`, name }]),
			),
			onError: under.onError,
			continueOnFail: under.continueOnFail,
			...(under.webhookId === null ? {} : { webhookId: under.webhookId ?? 'hook-id' }),
		};
		return new Workflow({
			id: 'workflow-under-test',
			name: 'Test',
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: this.nodeTypes(),
			staticData,
			settings: { executionOrder: 'v1' },
		});
	}

	protected nodeTypes(): INodeTypes {
		const get = (type: string): INodeType => this.nodeType(type);
		return {
			getByName: (type): INodeType | IVersionedNodeType => get(type),
			getByNameAndVersion: get,
			getKnownTypes: () => ({}),
		};
	}

	additionalData(): IWorkflowExecuteAdditionalData {
		return additionalData(this.loader, this.credentials, this.baseUrl);
	}
}

/** @param baseUrl address under which this n8n is reached */
export function additionalData(
	loader: PackageDirectoryLoader,
	credentials: Credentials,
	baseUrl: string,
): IWorkflowExecuteAdditionalData {
	const unused = (): never => {
		throw new Error('not part of the test engine');
	};
	return {
		credentialsHelper: credentialsHelper(loader, credentials),
		executeWorkflow: unused,
		getRunExecutionData: unused,
		getRuntimeCredential: unused,
		startRunnerTask: unused,
		logAiEvent: () => undefined,
		currentNodeExecutionIndex: 0,
		restApiUrl: '',
		instanceBaseUrl: baseUrl,
		formBaseUrl: 'http://127.0.0.1:5678/form',
		formWaitingBaseUrl: 'http://127.0.0.1:5678/form-waiting',
		formTestBaseUrl: 'http://127.0.0.1:5678/form-test',
		webhookBaseUrl: `${baseUrl}webhook`,
		webhookWaitingBaseUrl: 'http://127.0.0.1:5678/webhook-waiting',
		webhookTestBaseUrl: `${baseUrl}webhook-test`,
		mcpBaseUrl: '',
		mcpTestBaseUrl: '',
		variables: {},
		externalSecretsProxy: {
			getSecret: () => undefined,
			hasSecret: () => false,
			hasProvider: () => false,
			listProviders: () => [],
			listSecrets: () => [],
		},
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** What n8n's server does for credentials: hands out the data, and lets the credential type authenticate. */
function credentialsHelper(loader: PackageDirectoryLoader, credentials: Credentials): ICredentialsHelper {
	const dataOf = (name: string): ICredentialDataDecryptedObject => {
		const data = credentials[name];
		if (!data) throw new Error(`No credential ${name} in this test`);
		return { ...data };
	};
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getDecrypted: async (
			...[, , type, mode, executeData, , resolve]: Parameters<ICredentialsHelper['getDecrypted']>
		) => {
			const data = dataOf(type);
			// As n8n does: an expression in a credential is resolved with the item that it is read for.
			if (!resolve) return await Promise.resolve(data);
			return resolve.workflow.expression.getParameterValue(
				data as INodeParameters,
				resolve.runExecutionData,
				resolve.runIndex,
				resolve.itemIndex,
				resolve.node.name,
				resolve.connectionInputData,
				mode,
				{},
				executeData,
			) as ICredentialDataDecryptedObject;
		},
		preAuthentication: async () => await Promise.resolve(undefined),
		runPreAuthentication: async () => await Promise.resolve(undefined),
		getCredentialsProperties: (type: string) => loader.getCredential(type).type.properties,
		authenticate: async (data: ICredentialDataDecryptedObject, type: string, options: IHttpRequestOptions) => {
			const { authenticate } = loader.getCredential(type).type;
			if (typeof authenticate === 'function') return await authenticate(data, options);
			return options;
		},
	} as unknown as ICredentialsHelper;
}
