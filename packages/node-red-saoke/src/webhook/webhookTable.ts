/**
 * All webhooks of one Node-RED behind a single layer and a table from path to handler. A route for each node would stay
 * behind when its node is deleted, and would be removed by an `http in` node on the same path.
 */
import type { ServerResponse } from 'node:http';
import { MAX_SIGNED_BODY_BYTES } from '@saoke/core';
import { runInBackground } from '../host/runInBackground';
import type { HttpApp, HttpRequestIn, Middleware, Next, NodeRed } from '../host/nodeRed';
import { readBytes, type Bytes } from './readBytes';
import { normalisePath, requestPath } from './routePath';

export interface HookCall {
	/** The body exactly as it came. */
	bytes: Buffer;
	headers: HttpRequestIn['headers'];
	/** Answers; further calls do nothing. */
	respond: (status: number, body: Record<string, unknown>) => void;
}

export interface HookHandler {
	/**
	 * Checks only the headers, before the body is read: a request without valid credentials uses no memory.
	 *
	 * @returns how many bytes the body may have; undefined to refuse the request with 401
	 */
	admit: (headers: HttpRequestIn['headers']) => number | undefined;
	take: (call: HookCall) => void;
}

export interface WebhookTable {
	/**
	 * Claims the path, or waits for it. Its owner keeps it across redeploys; if a deployment removes the owner, the next
	 * node takes over.
	 *
	 * @param onTakeOver called if the handler waited and now has the path
	 * @returns false if another node has the path
	 */
	add(path: string, handler: HookHandler, onTakeOver?: () => void): boolean;
	/** Gives the path up, or stops waiting for it. */
	remove(path: string, handler: HookHandler): void;
	/** The path as seen from outside, with Node-RED's own root. */
	publicPath(path: string): string;
}

const byApp = new WeakMap<HttpApp, WebhookTable>();

/** @returns the table of this Node-RED; undefined if it has no public side */
export function getWebhookTable(RED: NodeRed): WebhookTable | undefined {
	const app = RED.httpNode;
	if (typeof app !== 'function' || RED.settings.httpNodeRoot === false) return undefined;
	let hooks = byApp.get(app);
	if (!hooks) byApp.set(app, (hooks = install(RED, app)));
	return hooks;
}

function install(RED: NodeRed, app: HttpApp): WebhookTable {
	const handlers = new Map<string, HookHandler>();
	const waiting: { key: string; handler: HookHandler; onTakeOver: () => void }[] = [];
	const raw = new WeakMap<HttpRequestIn, Bytes>();
	const find = (request: HttpRequestIn): HookHandler | undefined => {
		if (request.method !== 'POST' || handlers.size === 0) return undefined;
		// As a rule the address is written as Casso was told it.
		return handlers.get(request.originalUrl ?? request.url ?? '') ?? handlers.get(requestPath(request));
	};
	const publicPath = (path: string): string => normalisePath(`${app.path()}/${path}`);
	putFirst(getRoot(app), makeCapture(find, raw));
	app.use(makeDispatch(RED, find, raw));
	// Only when a deployment is over: before that, a node that is restarted would lose its path to one that waits.
	RED.events.on('flows:started', () => {
		for (const claim of [...waiting]) {
			if (handlers.has(claim.key)) continue;
			waiting.splice(waiting.indexOf(claim), 1);
			handlers.set(claim.key, claim.handler);
			claim.onTakeOver();
		}
	});
	return {
		add: (path, handler, onTakeOver = () => undefined) => {
			const key = publicPath(path);
			if (handlers.has(key)) {
				waiting.push({ key, handler, onTakeOver });
				return false;
			}
			handlers.set(key, handler);
			return true;
		},
		remove: (path, handler) => {
			const key = publicPath(path);
			if (handlers.get(key) === handler) handlers.delete(key);
			const at = waiting.findIndex((claim) => claim.handler === handler);
			if (at >= 0) waiting.splice(at, 1);
		},
		publicPath,
	};
}

function getRoot(app: HttpApp): HttpApp {
	let root = app;
	while (root.parent) root = root.parent;
	return root;
}

/** The editor's parsers are in front of the public side and read every body: ours must come before them. */
function putFirst(root: HttpApp, middleware: Middleware): void {
	root.use(middleware);
	// express 4 has `_router` and throws at `router`; express 5 has only `router`.
	const stack = (root._router ?? root.router)?.stack;
	const at = stack?.findIndex(({ handle }) => handle === middleware) ?? -1;
	if (stack && at > 0) stack.unshift(...stack.splice(at, 1));
}

function makeCapture(
	find: (request: HttpRequestIn) => HookHandler | undefined,
	raw: WeakMap<HttpRequestIn, Bytes>,
): Middleware {
	return (request, response, next) => {
		const handler = find(request);
		if (!handler || request._body || request.readableEnded) {
			next();
			return;
		}
		const limit = handler.admit(request.headers);
		if (limit === undefined) {
			refuseUnproven(request, response);
			return;
		}
		runInBackground(
			readBytes(request, limit).then((bytes) => {
				raw.set(request, bytes);
				if (bytes.kind === 'tooLarge') answer(response, 413, { success: false });
				if (bytes.kind !== 'bytes') return;
				request.body = bytes.bytes;
				request._body = true;
				next();
			}),
			next,
		);
	};
}

function makeDispatch(
	RED: NodeRed,
	find: (request: HttpRequestIn) => HookHandler | undefined,
	raw: WeakMap<HttpRequestIn, Bytes>,
): Middleware {
	const own = RED.settings.httpNodeMiddleware;
	const chain = own === undefined ? [] : Array.isArray(own) ? own : [own];
	const serve = (bytes: Bytes, request: HttpRequestIn, response: ServerResponse, next: Next): void => {
		// Looked up again: the node may have been deleted while the body came in.
		const handler = find(request);
		if (!handler) next();
		else if (bytes.kind === 'tooLarge') answer(response, 413, { success: false });
		else if (bytes.kind === 'broken') refuseUnread(RED, response);
		else
			handler.take({
				bytes: bytes.bytes,
				headers: request.headers,
				respond: (status, body) => answer(response, status, body),
			});
	};
	return (request, response, next) => {
		const handler = find(request);
		if (!handler) {
			next();
			return;
		}
		runChain(chain, request, response, next, () => {
			const captured = raw.get(request);
			const limit = captured ? 0 : handler.admit(request.headers);
			if (captured) serve(captured, request, response, next);
			else if (limit === undefined) refuseUnproven(request, response);
			else
				runInBackground(
					readBytesOf(request, limit).then((bytes) => serve(bytes, request, response, next)),
					next,
				);
		});
	};
}

/** Middleware in front of Node-RED's routes, such as logging or allow-lists, also applies to webhooks. */
function runChain(
	chain: Middleware[],
	request: HttpRequestIn,
	response: ServerResponse,
	next: Next,
	done: () => void,
): void {
	const [first, ...rest] = chain;
	if (!first) {
		done();
		return;
	}
	first(request, response, (error) => {
		if (error === undefined) runChain(rest, request, response, next, done);
		else next(error);
	});
}

/** If Node-RED is embedded and our layer is not first, the body is still unread, or a parser has left its result. */
async function readBytesOf(request: HttpRequestIn, limit: number): Promise<Bytes> {
	const { body } = request;
	if (Buffer.isBuffer(body)) return { kind: 'bytes', bytes: body };
	if (typeof body === 'string' && request._body) return { kind: 'bytes', bytes: Buffer.from(body) };
	// Both dialects survive being written again: the signature is over the sorted values, the token is in a header.
	if (typeof body === 'object' && body !== null && request._body)
		return { kind: 'bytes', bytes: Buffer.from(JSON.stringify(body)) };
	return request.readableEnded ? { kind: 'broken' } : await readBytes(request, limit);
}

/** Does not wait for a body that is long or of unknown length. */
function refuseUnproven(request: HttpRequestIn, response: ServerResponse): void {
	request.resume();
	const isShort = Number(request.headers['content-length']) <= MAX_SIGNED_BODY_BYTES;
	answer(response, 401, { success: false }, !isShort);
}

function refuseUnread(RED: NodeRed, response: ServerResponse): void {
	RED.log.warn('[saoke] A webhook delivery had lost its body before it came here: another middleware reads it first.');
	answer(response, 500, { success: false });
}

function answer(
	response: ServerResponse,
	status: number,
	body: Record<string, unknown>,
	isLast = status === 413,
): void {
	if (response.headersSent || response.writableEnded) return;
	const text = JSON.stringify(body);
	const headers: Record<string, string | number> = {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(text),
	};
	if (isLast) headers.connection = 'close';
	response.writeHead(status, headers);
	response.end(text);
}
