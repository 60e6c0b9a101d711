/** One delivery to a trigger under test: what is sent, what comes of it, and the response that stands for Express's. */
import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import type { IWebhookResponseData, WorkflowExecuteMode } from 'n8n-workflow';

export interface DeliveredRequest {
	headers?: Record<string, string>;
	body: string | Buffer | undefined;
	/** n8n leaves a body unread where its content type is none that it parses. */
	isUnread?: boolean;
	/** `manual` is "Listen for test event"; default a published workflow. */
	mode?: WorkflowExecuteMode;
	n8nAnswers?: number | 'later';
	/** Its event `now` makes the caller hang up while the node is at work. */
	hangUp?: EventEmitter;
}

/** What came of a delivery. `answer.status` is undefined if the node left the answer to n8n. */
export interface Delivered {
	result: IWebhookResponseData;
	answer: { status?: number; body?: unknown; ended?: boolean };
	/** n8n's own answer, once it stored the execution or failed to. */
	finish: (status: number) => void;
	/** The caller hangs up before any answer. */
	disconnect: () => void;
}

function fakeResponse(answered: Delivered['answer']): Response {
	const res = Object.assign(new EventEmitter(), {
		statusCode: 200,
		closed: false,
		status: (status: number) => {
			answered.status = status;
			res.statusCode = status;
			return res;
		},
		json: (body: unknown) => {
			answered.body = body;
			return res.end();
		},
		end: () => {
			answered.ended = true;
			// Node discards what is written to a caller who has hung up.
			if (!res.closed) res.emit('finish');
			return res.destroy();
		},
		destroy: () => {
			const isOpen = !res.closed;
			res.closed = true;
			if (isOpen) res.emit('close');
			return res;
		},
	});
	return res as unknown as Response;
}

/** The delivery as Express gives it to n8n, what the node answers to it, and n8n's own answer. */
export function incoming(request: DeliveredRequest): {
	req: Request;
	res: Response;
	answer: Delivered['answer'];
	finish: Delivered['finish'];
} {
	const rawBody = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
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
	const answer: Delivered['answer'] = {};
	const res = fakeResponse(answer);
	request.hangUp?.once('now', () => res.destroy());
	const finish = (status: number): void => {
		if (!answer.ended) res.status(status).json({});
	};
	return { req, res, answer, finish };
}
