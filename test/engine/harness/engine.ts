/**
 * Runs our built nodes through n8n's real engine: n8n-core loads dist/ as n8n does, and its own contexts and
 * executor call them. What n8n's server adds is in installation.ts.
 */
import path from 'node:path';
// Before n8n-core, which reads its environment.
import { Installation, ROOT, type Credentials, type NodeUnderTest } from './installation';

import { vietnamDay } from '@saoke/core';
import {
	ExecutionLifecycleHooks,
	HookContext,
	LoadOptionsContext,
	PackageDirectoryLoader,
	PollContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	NodeConnectionTypes,
	type IConnections,
	type IDataObject,
	type IExecuteData,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IRun,
	type IRunData,
	type ITaskData,
	type IWebhookData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { incoming, type Delivered, type DeliveredRequest } from './delivery';

export type { Delivered, DeliveredRequest } from './delivery';
export type { NodeUnderTest } from './installation';

export interface PollOptions {
	/** `manual` is what the editor's button does. */
	mode?: WorkflowExecuteMode;
	/** For the poll that n8n makes when it activates a workflow; undefined for a regular poll. */
	activation?: WorkflowActivateMode;
}

/** What n8n's durable scheduler gives a poll by default. */
const DURABLE_BUDGET_MS = 36_000;

/** Runs the nodes of one package. */
export class Engine extends Installation {
	/** Lines that nodes logged in hooks and deliveries, with their level in front. */
	readonly logs: string[] = [];

	/** @param packageDir folder of the package with its dist/, relative to the repository */
	static async load(packageDir: string, credentials: Credentials): Promise<Engine> {
		const loader = new PackageDirectoryLoader(path.join(ROOT, packageDir));
		await loader.loadAll();
		return new Engine(loader, credentials);
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
		const { req, res, answer, finish } = incoming(request);
		const http = { ...this.additionalData(), httpRequest: req, httpResponse: res };
		const mode = request.mode ?? 'webhook';
		const context = this.withLog(
			new WebhookContext(workflow, getNode(workflow), http, mode, this.webhookData(workflow, false), [], null),
		);
		const result = await this.nodeType(getNode(workflow).type).webhook?.call(context);
		if (!result) throw new Error('The node takes no webhooks');
		if (!result.noWebhookResponse && request.n8nAnswers !== 'later') finish(request.n8nAnswers ?? 200);
		return {
			result,
			answer: result.noWebhookResponse ? answer : {},
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
