/** The calls of n8n's own REST interface that the demo and the end-to-end tests need: what the editor does, by script. */

export interface N8nWorkflow {
	name: string;
	nodes: N8nNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface N8nNode {
	id?: string;
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[key: string]: unknown;
}

export interface StoredWorkflow extends N8nWorkflow {
	id: string;
	versionId: string;
	active: boolean;
	activeVersionId: string | null;
	isArchived?: boolean;
}

export interface TableColumn {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

export type TableRow = Record<string, unknown>;

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

interface PublicationStatus {
	status: string;
	triggers: { nodeId: string; status: string; errorMessage?: string | null }[];
}

const PUBLISH_WAIT_MS = 30_000;

export class N8nApi {
	private cookie = '';
	private projectId = '';
	/** Of n8n, e.g. `2.41.1`. */
	private version = '';

	constructor(readonly url: string) {}

	/** Signs in, after making the owner if there is none yet. */
	async signIn(owner: Owner): Promise<void> {
		const settings = (await this.call('GET', '/rest/settings')) as {
			userManagement?: { showSetupOnFirstLoad?: boolean };
		};
		if (settings.userManagement?.showSetupOnFirstLoad) await this.call('POST', '/rest/owner/setup', owner);
		else await this.call('POST', '/rest/login', { emailOrLdapLoginId: owner.email, password: owner.password });
		// Who is not signed in is not told.
		this.version = ((await this.call('GET', '/rest/settings')) as { versionCli: string }).versionCli;
		this.projectId = ((await this.call('GET', '/rest/projects/personal')) as { id: string }).id;
	}

	/** Makes a credential, or replaces the data of the one with this name and type. */
	async putCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<{ id: string; name: string }> {
		const all = (await this.call('GET', '/rest/credentials')) as { id: string; name: string; type: string }[];
		const existing = all.find((entry) => entry.name === name && entry.type === type);
		const body = { name, type, data };
		if (existing) await this.call('PATCH', `/rest/credentials/${existing.id}`, body);
		const { id } = existing ?? ((await this.call('POST', '/rest/credentials', body)) as { id: string });
		return { id, name };
	}

	/** What the Test button of a credential does. */
	async testCredential(
		id: string,
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<{ status: string; message: string }> {
		return (await this.call('POST', '/rest/credentials/test', { credentials: { id, name, type, data } })) as {
			status: string;
			message: string;
		};
	}

	async workflows(): Promise<StoredWorkflow[]> {
		return (await this.call('GET', '/rest/workflows?take=100')) as StoredWorkflow[];
	}

	async workflow(id: string): Promise<StoredWorkflow> {
		return (await this.call('GET', `/rest/workflows/${id}`)) as StoredWorkflow;
	}

	async createWorkflow(workflow: N8nWorkflow): Promise<StoredWorkflow> {
		const nodes = this.version.startsWith('1.') ? await this.withTablesById(workflow.nodes) : workflow.nodes;
		return (await this.call('POST', '/rest/workflows', { ...workflow, nodes, active: false })) as StoredWorkflow;
	}

	/** n8n 1 does not find a Data Table by its name: it is chosen from the list, as a user would. */
	private async withTablesById(nodes: N8nNode[]): Promise<N8nNode[]> {
		const tables = await this.tables();
		return nodes.map((node) => {
			const locator = node.parameters.dataTableId as { mode: string; value: string } | undefined;
			const table = tables.find(({ name }) => locator?.mode === 'name' && name === locator.value);
			return table
				? { ...node, parameters: { ...node.parameters, dataTableId: { ...locator, mode: 'list', value: table.id } } }
				: node;
		});
	}

	private async tables(): Promise<{ id: string; name: string }[]> {
		const { data } = (await this.call('GET', `/rest/projects/${this.projectId}/data-tables`)) as {
			data: { id: string; name: string }[];
		};
		return data;
	}

	/**
	 * Publishes and waits until n8n did so: it publishes in the background. n8n 2.8 and before answer when it is done.
	 *
	 * @throws Error with the trigger's own message when it could not be published
	 */
	async publish(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
		const deadline = Date.now() + PUBLISH_WAIT_MS;
		while (Date.now() < deadline) {
			const status = (await this.call(
				'GET',
				`/rest/workflows/${id}/publication-status`,
				undefined,
				'undefinedIfMissing',
			)) as PublicationStatus | undefined;
			if (status === undefined || status.status === 'published') return;
			if (status.status === 'failed' || status.status === 'partial') {
				const reasons = status.triggers.map((trigger) => trigger.errorMessage).filter((reason) => reason);
				throw new Error(`n8n could not publish the workflow: ${reasons.join('; ')}`);
			}
			await new Promise((resolve) => setTimeout(resolve, 25));
		}
		throw new Error('n8n did not publish the workflow within 30 s');
	}

	async unpublish(id: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** Starts a run by hand from the given trigger; resolves with the execution's id. */
	async runWorkflow(id: string, triggerName: string): Promise<string> {
		// n8n 1 wants the workflow along with it.
		const body = { triggerToStartFrom: { name: triggerName }, workflowData: await this.workflow(id) };
		return ((await this.call('POST', `/rest/workflows/${id}/run`, body)) as { executionId: string }).executionId;
	}

	/**
	 * Runs a workflow by hand and waits for its end.
	 *
	 * @returns how it ended, e.g. `success` or `error`, and n8n's stored data as text
	 * @throws Error when it does not end in time
	 */
	async runToEnd(id: string, triggerName: string, timeoutMs = 120_000): Promise<{ status: string; data: string }> {
		const executionId = await this.runWorkflow(id, triggerName);
		const deadline = Date.now() + timeoutMs;
		while (Date.now() < deadline) {
			const execution = await this.execution(executionId);
			if (!['new', 'running', 'waiting'].includes(execution.status)) return execution;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		throw new Error(`The execution did not end within ${timeoutMs / 1000} s`);
	}

	async execution(id: string): Promise<{ status: string; finished: boolean; data: string }> {
		return (await this.call('GET', `/rest/executions/${id}`)) as { status: string; finished: boolean; data: string };
	}

	async executions(
		workflowId: string,
	): Promise<{ results: { id: string; status: string; mode: string }[]; count: number }> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return (await this.call('GET', `/rest/executions?filter=${filter}&limit=100`)) as {
			results: { id: string; status: string; mode: string }[];
			count: number;
		};
	}

	/** Finds the table by its name, or makes it. @returns its id */
	async ensureTable(name: string, columns: TableColumn[]): Promise<string> {
		const existing = (await this.tables()).find((table) => table.name === name);
		return (
			existing?.id ??
			((await this.call('POST', `/rest/projects/${this.projectId}/data-tables`, { name, columns })) as { id: string })
				.id
		);
	}

	/** Rows of a table, at most 100, where a column has a given value. */
	async rows(
		tableId: string,
		where?: { column: string; value: string | number },
	): Promise<{ rows: TableRow[]; count: number }> {
		const filter = where
			? `&filter=${encodeURIComponent(JSON.stringify({ type: 'and', filters: [{ columnName: where.column, condition: 'eq', value: where.value }] }))}`
			: '';
		const answer = (await this.call(
			'GET',
			`/rest/projects/${this.projectId}/data-tables/${tableId}/rows?take=100${filter}`,
		)) as { data: TableRow[]; count: number };
		return { rows: answer.data, count: answer.count };
	}

	/**
	 * Any other call.
	 *
	 * @param missing `undefinedIfMissing` for an address that not every release has
	 * @returns `data` of the response if there is one, else the response
	 */
	async call(method: string, path: string, body?: unknown, missing?: 'undefinedIfMissing'): Promise<unknown> {
		const send = async (): Promise<Response> =>
			await fetch(this.url + path, {
				method,
				headers: {
					'browser-id': 'saoke-demo',
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
					...(this.cookie ? { cookie: this.cookie } : {}),
				},
				body: body === undefined ? undefined : JSON.stringify(body),
			});
		// n8n may close a connection that it left waiting while it loaded nodes: what only reads is sent once more.
		const response = await (method === 'GET' ? send().catch(send) : send());
		const session = response.headers.getSetCookie().find((entry) => entry.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';')[0] ?? '';
		const text = await response.text();
		if (response.status === 404 && missing) return undefined;
		if (!response.ok)
			throw new Error(
				`n8n answered ${response.status} to ${method} ${path.split('?')[0] ?? ''}: ${text.slice(0, 300)}`,
			);
		const parsed: unknown = text ? JSON.parse(text) : null;
		return parsed !== null &&
			typeof parsed === 'object' &&
			'data' in parsed &&
			!path.includes('/rows') &&
			!path.endsWith('/data-tables')
			? parsed.data
			: unwrapPage(parsed);
	}
}

/** Lists of tables and rows keep their count: only the outer envelope is opened. */
function unwrapPage(parsed: unknown): unknown {
	if (parsed === null || typeof parsed !== 'object' || !('data' in parsed)) return parsed;
	const { data } = parsed;
	return data !== null && typeof data === 'object' && !Array.isArray(data) ? data : parsed;
}
