/** A chat model by script, behind the interface of OpenAI, on 127.0.0.1: it calls the tools that a test tells it to call. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ToolCall {
	/** Name of the tool, as n8n makes it from the name of the node. */
	tool: string;
	arguments: Record<string, unknown>;
}

/** What the model is told about a tool. */
export interface OfferedTool {
	name: string;
	description: string;
	parameters: { properties: Record<string, { type?: string; description?: string }> };
}

interface ChatMessage {
	role: string;
	content: unknown;
}

interface ChatRequest {
	messages: ChatMessage[];
	tools?: { function: OfferedTool }[];
}

export interface ScriptedModel {
	/** Base URL for n8n's OpenAI credential. */
	url: string;
	/** Every further request is answered with the next of these calls; then with a text. */
	script: (calls: readonly ToolCall[]) => void;
	/** The tools that the last request offered. */
	offered: () => OfferedTool[];
	/** What the tools answered since the script began, oldest first. */
	results: () => string[];
	/** The instructions that the last request began with. */
	system: () => string;
	/** What the last request brought of a person's messages, oldest first. */
	said: () => string[];
	close: () => Promise<void>;
}

export async function startScriptedModel(): Promise<ScriptedModel> {
	let pending: ToolCall[] = [];
	let last: ChatRequest = { messages: [] };
	const server = createServer((request, response) => {
		void readJson(request).then((body) => {
			response.setHeader('content-type', 'application/json');
			if (!request.url?.endsWith('/chat/completions')) {
				response.end(JSON.stringify({ object: 'list', data: [{ id: 'scripted', object: 'model' }] }));
				return;
			}
			last = body as ChatRequest;
			response.end(JSON.stringify(completion(pending.shift())));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		script: (calls) => {
			pending = [...calls];
			last = { messages: [] };
		},
		system: () => getTexts(last, 'system', 'developer').join('\n'),
		said: () => getTexts(last, 'user'),
		offered: () => (last.tools ?? []).map((tool) => tool.function),
		results: () => getTexts(last, 'tool'),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Texts of these roles; newer models get their instructions from a `developer`. */
function getTexts({ messages }: ChatRequest, ...wanted: string[]): string[] {
	return messages
		.filter(({ role }) => wanted.includes(role))
		.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)));
}

function completion(call: ToolCall | undefined): unknown {
	const message = call
		? {
				role: 'assistant',
				content: null,
				tool_calls: [
					{
						id: `call_${Math.random().toString(36).slice(2)}`,
						type: 'function',
						function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
					},
				],
			}
		: { role: 'assistant', content: 'Done.' };
	return {
		id: 'chatcmpl-scripted',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: call ? 'tool_calls' : 'stop' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

async function readJson(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString();
	return text === '' ? {} : (JSON.parse(text) as unknown);
}
