/** Our nodes in the test helper of Node-RED's makers: real runtime, real Catch and Status, no HTTP server of its own. */
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeRedFolder } from '../../../hosts/nodeRed';
import type { FlowMessage, HostNode, HttpApp, NodeRed } from '../../../packages/node-red-saoke/src/host/nodeRed';
import type { Services } from '../../../packages/node-red-saoke/src/host/services';
import { register } from '../../../packages/node-red-saoke/src/register';
import { makeFetchClient } from './fetchClient';
import { ManualTime } from './manualTime';

export type TestFlow = ({ id: string; type: string } & Record<string, unknown>)[];
export type TestCredentials = Record<string, Record<string, string>>;

/** What of the helper is used; its own types leave out the promises. */
interface TestHelper {
	init(runtime: string): void;
	settings(settings: Record<string, unknown>): void;
	startServer(done: () => void): void;
	stopServer(done: () => void): void;
	load(nodes: ((RED: NodeRed) => void)[], flow: TestFlow, credentials: TestCredentials): Promise<void>;
	unload(): Promise<void>;
	getNode(id: string):
		| (HostNode & {
				receive(message: FlowMessage): void;
				/** What the helper reports of a call, such as `call:warn`. */
				on(event: `call:${string}`, listener: (call: { args: unknown[] }) => void): void;
				on(event: string, listener: (message: FlowMessage) => void): void;
		  })
		| undefined;
	setFlows(flow: TestFlow, type: string, credentials?: TestCredentials): Promise<void>;
	clearFlows(): Promise<void>;
}

const fromNodeRed = createRequire(path.join(nodeRedFolder(5), 'package.json'));

export interface RuntimeOptions {
	/** Settings of Node-RED. */
	settings?: Record<string, unknown>;
	/** Longest wait for an answer, in ms. */
	longestMs?: number;
	/** Core nodes to load beside the usual ones, e.g. `network/21-httpin`. */
	coreNodes?: string[];
}

export class TestRuntime {
	readonly time = new ManualTime();
	readonly userDir = mkdtempSync(path.join(tmpdir(), 'saoke-helper-'));
	readonly unhandled: unknown[] = [];
	private readonly helper = fromNodeRed('node-red-node-test-helper') as TestHelper;
	private server: Server | undefined;
	private listening: Promise<string> | undefined;
	private app: HttpApp | undefined;
	private running = new AbortController();
	private starts = 0;
	private readonly onUnhandled = (reason: unknown): void => {
		this.unhandled.push(reason);
	};

	constructor(private readonly options: RuntimeOptions = {}) {}

	async start(flow: TestFlow, credentials: TestCredentials = {}): Promise<void> {
		process.on('unhandledRejection', this.onUnhandled);
		this.helper.init(fromNodeRed.resolve('node-red'));
		this.helper.settings({ userDir: this.userDir, logging: { console: { level: 'off' } }, ...this.options.settings });
		await new Promise<void>((resolve) => this.helper.startServer(resolve));
		const core = (this.options.coreNodes ?? []).map(
			(name) => fromNodeRed(`@node-red/nodes/core/${name}.js`) as (RED: NodeRed) => void,
		);
		const ours = (RED: NodeRed): void => {
			this.app = RED.httpNode;
			register({ ...RED, events: this.eventsOf(RED) }, this.services());
			RED.events.on('flows:started', () => this.starts++);
		};
		await this.helper.load([...core, ours], placed(flow), credentials);
	}

	/** Our listeners end with the runtime, as they do with a process: the helper's runtimes share one emitter. */
	private eventsOf({ events }: NodeRed): NodeRed['events'] {
		const { signal } = (this.running = new AbortController());
		return {
			on: (name, listener) =>
				events.on(name, () => {
					if (!signal.aborted) listener();
				}),
		};
	}

	private services(): Services {
		return {
			makeHttpClient: () => makeFetchClient(this.options.longestMs),
			now: () => this.time.now(),
			steadyNow: () => this.time.now(),
			random: () => 0.5,
			sleep: async (ms, signal) => await this.time.sleep(ms, signal),
		};
	}

	node(id: string): NonNullable<ReturnType<TestHelper['getNode']>> {
		const node = this.helper.getNode(id);
		if (!node) throw new Error(`There is no node ${id}`);
		return node;
	}

	/** Everything that reaches a helper node from now on. */
	collect(id: string): FlowMessage[] {
		const messages: FlowMessage[] = [];
		this.node(id).on('input', (message) => messages.push(message));
		return messages;
	}

	/** Sends a message in and waits for the next one at a helper node. */
	async ask(into: string, out: string, message: FlowMessage = {}): Promise<FlowMessage> {
		const answer = new Promise<FlowMessage>((resolve) => this.node(out).on('input', resolve));
		this.node(into).receive(message);
		return await answer;
	}

	/** Starts it again with the same user directory, as after the end of the process: no node is told that it was removed. */
	async restart(flow: TestFlow, credentials: TestCredentials = {}): Promise<void> {
		await this.helper.unload();
		this.running.abort();
		await new Promise<void>((resolve) => this.helper.stopServer(() => resolve()));
		process.off('unhandledRejection', this.onUnhandled);
		await this.start(flow, credentials);
	}

	async redeploy(flow: TestFlow, type: 'full' | 'flows' | 'nodes', credentials: TestCredentials = {}): Promise<void> {
		const { starts } = this;
		// The helper waits for 300 ms alone, which a busy machine may need.
		await this.helper.setFlows(placed(flow), type, credentials).catch((error: unknown) => {
			if (!(error instanceof Error) || error.message !== 'timeout waiting event') throw error;
		});
		await until('started', () => this.starts > starts);
	}

	/** Address of the public side; it listens from the first call on. */
	async url(): Promise<string> {
		this.listening ??= this.listen();
		return await this.listening;
	}

	private async listen(): Promise<string> {
		const { app } = this;
		if (typeof app !== 'function') throw new Error('The runtime has not started');
		const server = createServer(app as Parameters<typeof createServer>[1]);
		this.server = server;
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	/** Fails where a promise was left alone. */
	async stop(): Promise<void> {
		// What still wants to try again waits for good, instead of trying without a pause through the next test.
		this.time.isFree = false;
		await this.helper.unload();
		this.running.abort();
		await new Promise<void>((resolve) => this.helper.stopServer(() => resolve()));
		const { server } = this;
		if (server) {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
		await new Promise((resolve) => setImmediate(resolve));
		process.off('unhandledRejection', this.onUnhandled);
		// A state file may still be on its way to the disk.
		rmSync(this.userDir, { recursive: true, force: true, maxRetries: 10 });
		expect(this.unhandled).toEqual([]);
	}
}

/** Node-RED takes a node without a place for a config node, and Catch does not see those. */
function placed(flow: TestFlow): TestFlow {
	return flow.map((node, at) => (node.z === undefined ? node : { x: 100, y: 40 * at, ...node }));
}

/** A tab, a Catch and a Status node with a helper behind each: `caught` and `statuses`. */
export const LISTENERS: TestFlow = [
	{ id: 'tab', type: 'tab', label: 'Test' },
	{ id: 'catch', type: 'catch', z: 'tab', scope: null, uncaught: false, wires: [['caught']] },
	{ id: 'caught', type: 'helper', z: 'tab' },
	{ id: 'status', type: 'status', z: 'tab', scope: null, wires: [['statuses']] },
	{ id: 'statuses', type: 'helper', z: 'tab' },
];

/** Text of the newest status, as the Status node gets it. */
export function lastStatus(messages: FlowMessage[]): string | undefined {
	return (messages.at(-1)?.status as { text?: string } | undefined)?.text;
}

/** What Catch tells of an error. */
export function getError(message: FlowMessage | undefined): {
	message: string;
	code?: string;
	cause?: Record<string, unknown>;
} {
	return message?.error as { message: string; code?: string; cause?: Record<string, unknown> };
}

export async function until<T>(what: string, look: () => T | undefined | false, timeoutMs = 20_000): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = look();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
