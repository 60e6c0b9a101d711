/**
 * The part of Node-RED that these nodes use, 4.1 and 5.0 alike. The published types describe an express that Node-RED
 * does not run and leave out `_router`, so the few members are written down here.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface FlowMessage {
	_msgid?: string;
	payload?: unknown;
	topic?: unknown;
	parts?: MessageParts;
	[property: string]: unknown;
}

/** Sequence information for Node-RED's Join and Batch. */
export interface MessageParts {
	id: string;
	type: 'array';
	index: number;
	/** Known at the last message of the sequence, or from the start. */
	count?: number;
	/** Elements in each message: 1, or the maximum page size. */
	len?: number;
}

export interface NodeStatus {
	fill?: 'red' | 'green' | 'yellow' | 'blue' | 'grey';
	shape?: 'ring' | 'dot';
	/** Plain text, or the key of a text that the editor translates. */
	text?: string;
}

export type Send = (message: FlowMessage | (FlowMessage | FlowMessage[] | null)[]) => void;
type Done = (error?: Error) => void;
type InputListener = (message: FlowMessage, send: Send, done: Done) => void;

export interface HostNode {
	id: string;
	type: string;
	name?: string;
	/** Id of the node in the template, for a node of a subflow. */
	_alias?: string;
	credentials?: Record<string, string | undefined>;
	on(event: 'input', listener: InputListener): void;
	on(event: 'close', listener: (removed: boolean, done: () => void) => void): void;
	send: Send;
	status(status: NodeStatus): void;
	/** Reaches Catch only if a message is given, an empty one included. */
	error(error: Error, message?: FlowMessage): void;
	warn(text: string): void;
	log(text: string): void;
	context(): NodeContext;
}

/** Context with callbacks, since a store may be asynchronous. */
interface NodeContext {
	get(key: string, store: string | undefined, callback: (error: unknown, value: unknown) => void): void;
	set(key: string, value: unknown, store: string | undefined, callback: (error: unknown) => void): void;
	global: Pick<NodeContext, 'get' | 'set'>;
}

/** What every node is stored with; further properties are the node's own. */
export interface NodeProperties {
	id: string;
	type: string;
	name?: string;
	z?: string;
	/** Version of this node's settings; see migrate.ts. */
	configVersion?: number;
}

export type HttpRequestIn = IncomingMessage & {
	originalUrl?: string;
	body?: unknown;
	/** Set once the body has been read; parsers then skip it. */
	_body?: boolean;
};

export type Next = (error?: unknown) => void;
export type Middleware = (request: HttpRequestIn, response: ServerResponse, next: Next) => void;

/** An express application, 4 or 5. */
export interface HttpApp {
	use(middleware: Middleware): unknown;
	get(path: string, ...handlers: Middleware[]): unknown;
	post(path: string, ...handlers: Middleware[]): unknown;
	/** Mount path; with a trailing slash if the user entered one. */
	path(): string;
	parent?: HttpApp;
	_router?: { stack: { handle: unknown }[] };
	router?: { stack?: { handle: unknown }[] };
}

interface HostSettings {
	userDir?: string;
	httpNodeRoot?: string | false;
	httpAdminRoot?: string | false;
	/** Password for the public routes; only whether it is set matters here. */
	httpNodeAuth?: unknown;
	httpNodeMiddleware?: Middleware | Middleware[];
	contextStorage?: Record<string, unknown>;
}

type NodeConstructor<N extends HostNode, P extends NodeProperties> = (this: N, properties: P) => void;

export interface NodeRed {
	nodes: {
		createNode(node: HostNode, properties: NodeProperties): void;
		registerType<N extends HostNode, P extends NodeProperties>(
			type: string,
			constructor: NodeConstructor<N, P>,
			options?: {
				credentials?: Record<string, { type: 'password' }>;
				/** Shown to the editor as `RED.settings.<name>`; a name begins with the type in camel case. */
				settings?: Record<string, { value: unknown; exportable: boolean }>;
			},
		): void;
		getNode(id: string | undefined): HostNode | null | undefined;
		/** Credentials as they were entered, before variables were filled in. */
		getCredentials(id: string): Record<string, string | undefined> | undefined;
		/** Properties as they were entered, before variables were filled in. */
		eachNode(callback: (properties: NodeProperties & Record<string, unknown>) => void): void;
	};
	util: {
		generateId(): string;
		cloneMessage<T>(message: T): T;
		evaluateNodeProperty(
			value: string,
			type: string,
			node: HostNode,
			message: FlowMessage,
			callback: (error: unknown, value: unknown) => void,
		): void;
	};
	/** `flows:stopping` and `flows:started` come with every deployment of any kind, and at a start and a stop. */
	events: { on(name: 'flows:stopping' | 'flows:started', listener: () => void): unknown };
	auth: { needsPermission(permission: string): Middleware };
	log: { warn(text: string): void; info(text: string): void };
	settings: HostSettings;
	httpNode?: HttpApp;
	httpAdmin?: HttpApp;
}
