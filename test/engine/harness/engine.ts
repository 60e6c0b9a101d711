/**
 * Runs our built nodes through n8n's real engine: n8n-core loads dist/ as n8n does, and its own contexts and
 * executor call them. The one shim is the credentials helper, which n8n keeps in its server; it gains members between
 * versions, so it lives in this file alone.
 */
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

process.env.N8N_USER_FOLDER = mkdtempSync(path.join(tmpdir(), 'saoke-engine-'));
process.env.N8N_LOG_LEVEL = 'silent';

import { vietnamDay } from '@saoke/core';
import {
	ExecutionLifecycleHooks,
	HookContext,
	LoadOptionsContext,
	PackageDirectoryLoader,
	PollContext,
	WebhookContext,
	WorkflowExecute,
	resolveOutputSchemaPath,
} from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	NodeConnectionTypes,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type ICredentialType,
	type IDataObject,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunData,
	type ITaskData,
	type IVersionedNodeType,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { Request } from 'express';
import { fakeResponse, type Delivered, type DeliveredRequest } from './delivery';

export type { Delivered, DeliveredRequest } from './delivery';

export const ROOT = path.resolve(__dirname, '..', '..', '..');

export type Credentials = Record<string, ICredentialDataDecryptedObject>;

export interface PollOptions {
	/** `manual` is what the editor's button does. */
	mode?: WorkflowExecuteMode;
	/** For the poll that n8n makes when it activates a workflow; undefined for a regular poll. */
	activation?: WorkflowActivateMode;
}

/** What n8n's durable scheduler gives a poll by default. */
const DURABLE_BUDGET_MS = 36_000;

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

/** One loaded package with credentials, ready to run its nodes. */
export class Engine {
	private static nextInstance = 1;

	/** Lines that nodes logged in hooks and deliveries, with their level in front. */
	readonly logs: string[] = [];

	/** Address under which this n8n is reached. */
	baseUrl = 'http://127.0.0.1:5678/';

	/** As in n8n, no two credentials have the same id, whichever engine they belong to. */
	private readonly instance = Engine.nextInstance++;

	private constructor(
		private readonly loader: PackageDirectoryLoader,
		private readonly credentials: Credentials,
	) {}

	/** @param packageDir folder of the package with its dist/, relative to the repository */
	static async load(packageDir: string, credentials: Credentials): Promise<Engine> {
		const loader = new PackageDirectoryLoader(path.join(ROOT, packageDir));
		await loader.loadAll();
		return new Engine(loader, credentials);
	}

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

	/** Executes the node with the given items and returns n8n's whole run. */
	async run(under: NodeUnderTest, items: IDataObject[] = [{}]): Promise<IRun> {
		const workflow = this.workflow(under);
		const inputs = under.secondInput ? [items, under.secondInput] : [items];
		const main: INodeExecutionData[][] = inputs.map((input) =>
			input.map((json, item) => ({ json, pairedItem: { item } })),
		);
		const source = under.secondInput ? { main: inputs.map(() => null) } : null;
		return await this.execute(workflow, { node: getNode(workflow), data: { main }, source });
	}

	/** As `run`, behind a node "Before" that gave the items, so that n8n itself links results and error items to them. */
	async runBehind(under: NodeUnderTest, items: IDataObject[]): Promise<IRun> {
		const node = getNode(this.workflow(under));
		const before: INode = { ...node, id: 'before', name: 'Before', parameters: {}, onError: undefined };
		const connections: IConnections = {
			Before: { main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] },
		};
		const workflow = new Workflow({
			id: 'workflow-under-test',
			nodes: [before, node],
			connections,
			active: false,
			nodeTypes: this.nodeTypes(),
		});
		const main: INodeExecutionData[][] = [items.map((json) => ({ json }))];
		const earlier: ITaskData = {
			startTime: 0,
			executionTime: 0,
			executionIndex: 0,
			source: [],
			executionStatus: 'success',
			data: { main },
		};
		const stacked = {
			node: getNode(workflow),
			data: { main: structuredClone(main) },
			source: { main: [{ previousNode: 'Before' }] },
		};
		return await this.execute(workflow, stacked, { Before: [earlier] });
	}

	private async execute(workflow: Workflow, stacked: IExecuteData, earlier: IRunData = {}): Promise<IRun> {
		const runData = createRunExecutionData({
			executionData: { nodeExecutionStack: [stacked] },
			resultData: { runData: earlier },
		});
		const additionalData = this.additionalData();
		additionalData.hooks = new ExecutionLifecycleHooks('manual', 'execution-under-test', {
			id: 'workflow-under-test',
			name: 'Test',
			active: false,
			isArchived: false,
			createdAt: new Date(0),
			updatedAt: new Date(0),
			activeVersionId: null,
			nodes: [stacked.node],
			connections: {},
		});
		return await new WorkflowExecute(additionalData, 'manual', runData).processRunExecutionData(workflow);
	}

	/** Executes and returns the items of one output; throws what the node threw. */
	async items(under: NodeUnderTest, items: IDataObject[] = [{}], output = 0): Promise<INodeExecutionData[]> {
		const { data } = await this.run(under, items);
		if (data.resultData.error) throw data.resultData.error;
		return data.resultData.runData['Under Test']?.[0]?.data?.main?.[output] ?? [];
	}

	hook(
		workflow: Workflow,
		options: { activation?: WorkflowActivateMode; mode?: WorkflowExecuteMode; isTest?: boolean } = {},
	): HookContext {
		const data = this.webhookData(workflow, options.isTest ?? false);
		return this.withLog(
			new HookContext(
				workflow,
				getNode(workflow),
				this.additionalData(),
				options.mode ?? 'trigger',
				options.activation ?? 'activate',
				data,
			),
		);
	}

	/** Puts a recorder in the place of n8n's logger. */
	private withLog<T extends object>(context: T): T {
		const record = (level: string) => (text: string) => void this.logs.push(`${level} ${text}`);
		const logger = { debug: record('debug'), info: record('info'), warn: record('warn'), error: record('error') };
		return Object.defineProperty(context, 'logger', { value: logger });
	}

	/** Calls one lifecycle step of a trigger, as n8n does on publish and unpublish. */
	async lifecycle(
		workflow: Workflow,
		step: 'checkExists' | 'create' | 'delete',
		options: { activation?: WorkflowActivateMode; mode?: WorkflowExecuteMode; isTest?: boolean } = {},
	): Promise<boolean> {
		const methods = this.nodeType(getNode(workflow).type).webhookMethods?.default;
		const method = methods?.[step];
		if (!method) throw new Error(`The node has no ${step}`);
		return await method.call(this.hook(workflow, options));
	}

	/**
	 * Delivers one request to the trigger and tells what the node answered by hand and what it hands to the workflow.
	 * Where a workflow starts, n8n answers: with 200, or with `n8nAnswers`; `'later'` leaves that to `finish`.
	 */
	async deliver(workflow: Workflow, request: DeliveredRequest): Promise<Delivered> {
		const rawBody = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
		const answered: Delivered['answer'] = {};
		const read = {
			rawBody: request.isUnread ? undefined : rawBody,
			readRawBody: async () => {
				read.rawBody = await Promise.resolve(rawBody);
			},
		};
		const req = Object.assign(read, {
			headers: request.headers ?? {},
			body: {},
			query: {},
			params: {},
			method: 'POST',
		}) as unknown as Request;
		const res = fakeResponse(answered);
		request.hangUp?.once('now', () => res.destroy());
		const additionalData = { ...this.additionalData(), httpRequest: req, httpResponse: res };
		const mode = request.mode ?? 'webhook';
		const context = this.withLog(
			new WebhookContext(
				workflow,
				getNode(workflow),
				additionalData,
				mode,
				this.webhookData(workflow, false),
				[],
				null,
			),
		);
		const result = await this.nodeType(getNode(workflow).type).webhook?.call(context);
		if (!result) throw new Error('The node takes no webhooks');
		const finish = (status: number): void => {
			if (!answered.ended) res.status(status).json({});
		};
		if (!result.noWebhookResponse && request.n8nAnswers !== 'later') finish(request.n8nAnswers ?? 200);
		return {
			result,
			answer: result.noWebhookResponse ? answered : {},
			finish,
			disconnect: () => void res.destroy(),
		};
	}

	pollContext(workflow: Workflow, options: PollOptions = {}): PollContext {
		const { mode = 'trigger', activation } = options;
		const context = this.withLog(
			new PollContext(workflow, getNode(workflow), this.additionalData(), mode, activation ?? 'update'),
		);
		return activation === undefined
			? Object.defineProperty(context, 'getPollBudgetMs', { value: () => DURABLE_BUDGET_MS })
			: context;
	}

	/** One poll, as n8n makes it when it activates a workflow, or else as its durable scheduler does. */
	async poll(workflow: Workflow, options: PollOptions = {}): Promise<INodeExecutionData[] | null> {
		return await this.pollAgain(this.pollContext(workflow, options));
	}

	/** A poll of n8n's classic scheduler, which keeps one context from the activation on. */
	async pollAgain(context: PollContext): Promise<INodeExecutionData[] | null> {
		const type = this.nodeType(context.getNode().type);
		if (!type.poll) throw new Error('The node does not poll');
		const result = await type.poll.call(context);
		return result?.[0] ?? null;
	}

	/**
	 * @param path of the field whose list is opened
	 * @param currentNodeParameters what the form holds
	 */
	loadOptions(workflow: Workflow, path = '', currentNodeParameters: INodeParameters = {}): LoadOptionsContext {
		return new LoadOptionsContext(
			workflow,
			getNode(workflow),
			{ ...this.additionalData(), currentNodeParameters },
			path,
		);
	}

	private webhookData(workflow: Workflow, isTest: boolean): IWebhookData {
		const node = getNode(workflow);
		const description = this.nodeType(node.type).description.webhooks?.[0];
		if (!description) return {} as IWebhookData;
		return {
			httpMethod: 'POST',
			node: node.name,
			path: 'hook-id/casso',
			workflowId: workflow.id,
			webhookId: 'hook-id',
			isTest,
			webhookDescription: { ...description, path: 'casso' },
			workflowExecuteAdditionalData: this.additionalData(),
		} as IWebhookData;
	}

	private nodeTypes(): INodeTypes {
		const get = (type: string): INodeType => this.nodeType(type);
		return {
			getByName: (type): INodeType | IVersionedNodeType => get(type),
			getByNameAndVersion: get,
			getKnownTypes: () => ({}),
		};
	}

	additionalData(): IWorkflowExecuteAdditionalData {
		const unused = (): never => {
			throw new Error('not part of the test engine');
		};
		return {
			credentialsHelper: this.credentialsHelper(),
			executeWorkflow: unused,
			getRunExecutionData: unused,
			getRuntimeCredential: unused,
			startRunnerTask: unused,
			logAiEvent: () => undefined,
			currentNodeExecutionIndex: 0,
			restApiUrl: '',
			instanceBaseUrl: this.baseUrl,
			formBaseUrl: 'http://127.0.0.1:5678/form',
			formWaitingBaseUrl: 'http://127.0.0.1:5678/form-waiting',
			formTestBaseUrl: 'http://127.0.0.1:5678/form-test',
			webhookBaseUrl: `${this.baseUrl}webhook`,
			webhookWaitingBaseUrl: 'http://127.0.0.1:5678/webhook-waiting',
			webhookTestBaseUrl: `${this.baseUrl}webhook-test`,
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
	private credentialsHelper(): ICredentialsHelper {
		const dataOf = (name: string): ICredentialDataDecryptedObject => {
			const data = this.credentials[name];
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
			getCredentialsProperties: (type: string) => this.loader.getCredential(type).type.properties,
			authenticate: async (data: ICredentialDataDecryptedObject, type: string, options: IHttpRequestOptions) => {
				const { authenticate } = this.loader.getCredential(type).type;
				if (typeof authenticate === 'function') return await authenticate(data, options);
				return options;
			},
		} as unknown as ICredentialsHelper;
	}
}

function getNode(workflow: Workflow): INode {
	// Behind "Before", where there is one.
	const node = Object.values(workflow.nodes).at(-1);
	if (!node) throw new Error('The workflow lost its node');
	return node;
}

/** The period Custom. */
export function custom(fromDate: unknown, toDate: unknown = vietnamDay(Date.now())): IDataObject {
	return { period: 'custom', fromDate, toDate } as IDataObject;
}
