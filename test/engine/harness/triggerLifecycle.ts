/** What the tests of the Casso Trigger's lifecycle have in common: a sandbox, an engine, and n8n's part around the node. */
import { startSandbox, type ApiFault, type Sandbox } from '@saoke/sandbox';
import type { IDataObject, Workflow, WorkflowActivateMode } from 'n8n-workflow';
import { Engine } from './engine';

/** Address of the trigger in the test engine. */
export const URL = 'http://127.0.0.1:5678/webhook/hook-id/casso';

/** What n8n does around the node: it keeps static data as JSON and gives every step a workflow made from it. */
export class TriggerHost {
	stored: IDataObject = {};

	constructor(
		private using: Engine,
		public parameters: IDataObject = {},
		private node: { name?: string; id?: string; webhookId?: string | null } = {},
	) {}

	/** As a user renames, copies or imports the node. */
	change(node: { name?: string; id?: string; webhookId?: string | null }): void {
		this.node = { ...this.node, ...node };
	}

	use(other: Engine): void {
		this.using = other;
	}

	/** Publishing on either path, and a start of n8n on the older one. On a throw n8n calls delete on a workflow of its own. */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.load();
		try {
			if (!(await this.using.lifecycle(workflow, 'checkExists', { activation })))
				await this.using.lifecycle(workflow, 'create', { activation });
		} catch (error) {
			await this.unpublish();
			throw error;
		}
		this.save(workflow);
	}

	async unpublish(): Promise<void> {
		const workflow = this.load();
		await this.using.lifecycle(workflow, 'delete', { mode: 'internal', activation: 'update' });
		this.save(workflow);
	}

	/** A workflow as n8n makes it for one step; with empty static data, for "Listen for test event". */
	load(staticData: IDataObject = JSON.parse(JSON.stringify(this.stored)) as IDataObject): Workflow {
		return this.using.workflow(
			{ ...this.node, type: 'n8n-nodes-casso.cassoTrigger', parameters: this.parameters },
			staticData,
		);
	}

	private save(workflow: Workflow): void {
		this.stored = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	}

	get state(): IDataObject {
		return (this.stored[`node:${this.node.name ?? 'Under Test'}`] ?? {}) as IDataObject;
	}
}

/** A sandbox of one test with an engine whose credentials fit it. */
export class LifecycleBench {
	private constructor(
		readonly sandbox: Sandbox,
		readonly engine: Engine,
	) {}

	static async start(): Promise<LifecycleBench> {
		const sandbox = await startSandbox({ port: 0, seed: 1 });
		return new LifecycleBench(sandbox, await LifecycleBench.load(sandbox));
	}

	async close(): Promise<void> {
		await this.sandbox.close();
	}

	/** @returns an engine whose API key is another one than the sandbox's */
	async engineWithKey(apiKey: string): Promise<Engine> {
		return await LifecycleBench.load(this.sandbox, apiKey);
	}

	host(parameters: IDataObject = {}): TriggerHost {
		return new TriggerHost(this.engine, parameters);
	}

	hooks(): { id: number; url: string; incomeOnly: boolean }[] {
		return this.sandbox.casso.webhooks.list().map(({ id, url, incomeOnly }) => ({ id, url, incomeOnly }));
	}

	calls(): string[] {
		return this.sandbox.casso.requests.list().map(({ method, path }) => `${method} ${path.replace(/\d+$/, 'N')}`);
	}

	fail(fault: ApiFault): void {
		this.sandbox.casso.faults.add(fault);
	}

	private static async load(at: Sandbox, apiKey = at.apiKey): Promise<Engine> {
		return await Engine.load('.', {
			cassoApi: { authentication: 'apiKey', apiKey, baseUrl: at.cassoUrl },
			cassoWebhookApi: {
				securityKey: 'K'.repeat(64),
				previousSecurityKey: '',
				secureToken: 'T'.repeat(32),
				previousSecureToken: '',
			},
		});
	}
}
