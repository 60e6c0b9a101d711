/** The calls of Node-RED's admin interface that the demo and the tests need: what the editor does, by script. */

/** A node of a flow, as it is in a flow file. */
export interface FlowNode {
	id: string;
	type: string;
	z?: string;
	wires?: string[][];
	/** Only on the way in. */
	credentials?: Record<string, string>;
	[property: string]: unknown;
}

export type DeploymentType = 'full' | 'flows' | 'nodes';

/** One set of nodes of a package. */
export interface NodeSet {
	id: string;
	module: string;
	types: string[];
	/** True if it lies in the user directory. */
	local: boolean;
	/** Why it failed to load; a failed set is still listed as enabled. */
	err?: unknown;
}

/** A user of the editor. */
export interface NodeRedLogin {
	username: string;
	password: string;
}

const STARTING_MS = 5_000;

export class NodeRedApi {
	private authorization: Record<string, string> = {};

	constructor(readonly url: string) {}

	/** @throws Error when Node-RED does not accept the login */
	async signIn({ username, password }: NodeRedLogin): Promise<void> {
		const asked = { client_id: 'node-red-admin', grant_type: 'password', scope: '*', username, password };
		const { access_token: token } = (await this.json('POST', '/auth/token', asked)) as { access_token: string };
		this.authorization = { authorization: `Bearer ${token}` };
	}

	async nodeSets(): Promise<NodeSet[]> {
		return (await this.json('GET', '/nodes')) as NodeSet[];
	}

	async flows(): Promise<FlowNode[]> {
		return (await this.json('GET', '/flows')) as FlowNode[];
	}

	/** Resolves when Node-RED has stored the flows and restarted what changed. */
	async deploy(flows: FlowNode[], type: DeploymentType = 'full'): Promise<void> {
		await this.call('POST', '/flows', flows.map(placed), { 'Node-RED-Deployment-Type': type });
	}

	/** Presses the button of an inject node. Node-RED 4 answers a deployment before its nodes have started. */
	async inject(id: string): Promise<void> {
		const deadline = Date.now() + STARTING_MS;
		for (;;) {
			const response = await fetch(`${this.url}/inject/${id}`, { method: 'POST', headers: this.authorization });
			if (response.ok) return;
			if (response.status !== 404 || Date.now() > deadline) throw new Error(`Inject ${id} answered ${response.status}`);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	async json(method: string, path: string, body?: unknown): Promise<unknown> {
		return await (await this.call(method, path, body)).json();
	}

	/** @throws Error for an answer that is no success */
	async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
		const response = await fetch(this.url + path, {
			method,
			headers: { accept: 'application/json', 'content-type': 'application/json', ...this.authorization, ...headers },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!response.ok)
			throw new Error(`${method} ${path} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
		return response;
	}
}

/** Node-RED takes a node without a place for a config node. */
function placed(node: FlowNode, at: number): FlowNode {
	return node.z === undefined || node.x !== undefined ? node : { x: 200, y: 60 + at * 40, ...node };
}
