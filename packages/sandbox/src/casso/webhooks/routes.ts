/** Webhook registration (spec 4.8). There is no call that lists them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RegisteredWebhook } from './model';
import type { ApiWebhookInput } from './registry';
import { getSchemaCheck, routePath } from '../../engine/operation';
import { parseWebhookUrl } from '../../engine/targets';
import type { CassoBank } from '../bank';
import { contract, parameters, type CassoWebhook } from '../contract';
import { failures, success } from '../failures';
import type { CassoQuirks } from '../quirks';
import { readId } from '../readRequest';

interface ById {
	Params: { id: string };
}

type WebhookBody = Partial<ApiWebhookInput>;

export function webhookRoutes(scope: FastifyInstance, bank: CassoBank): void {
	const print = (webhook: RegisteredWebhook): CassoWebhook => toWebhookObject(webhook, bank.quirks.values);
	scope.post<{ Body: WebhookBody & { webhook: string } }>(
		routePath(contract.createWebhook),
		{ schema: { body: contract.createWebhook.body } },
		(request, reply) => {
			const { webhook: url, secure_token = '', income_only = false } = request.body;
			checkUrl(url);
			const { duplicateWebhook, createdStatus } = bank.quirks.values;
			if (duplicateWebhook === 'reject' && bank.webhooks.withUrl(url).length > 0) throw failures.duplicateWebhook();
			void reply.code(createdStatus);
			return success(print(bank.webhooks.createByApi({ webhook: url, secure_token, income_only })));
		},
	);
	scope.get<ById>(routePath(contract.getWebhook), (request) => success(print(required(request, bank))));
	scope.put<ById & { Body: WebhookBody }>(
		routePath(contract.updateWebhook),
		{ schema: { body: contract.updateWebhook.body } },
		(request) => {
			const webhook = required(request, bank);
			if (request.body.webhook !== undefined) checkUrl(request.body.webhook);
			bank.webhooks.update(webhook, request.body);
			return success(print(webhook));
		},
	);
	deleteRoutes(scope, bank, print);
}

function deleteRoutes(
	scope: FastifyInstance,
	bank: CassoBank,
	print: (webhook: RegisteredWebhook) => CassoWebhook,
): void {
	scope.delete<ById>(routePath(contract.deleteWebhook), (request, reply) => {
		const webhook = required(request, bank);
		bank.webhooks.remove(webhook);
		const form = bank.quirks.values.deleteByIdBody;
		return form === 'emptyBody' ? emptyBody(reply) : success(form === 'null' ? null : print(webhook));
	});
	scope.delete<{ Querystring: { webhook?: unknown } }>(routePath(contract.deleteWebhooksByUrl), (request, reply) => {
		const url = request.query.webhook;
		if (typeof url !== 'string' || !getSchemaCheck(request)(url, parameters.webhook.schema))
			throw failures.badRequest('The query needs webhook, the URL to remove');
		const { deleteByUrlBody, webhookNotExistsStatus } = bank.quirks.values;
		const webhooks = bank.webhooks.withUrl(url);
		if (webhooks.length === 0) throw failures.webhookNotExists(webhookNotExistsStatus);
		for (const webhook of webhooks) bank.webhooks.remove(webhook);
		return deleteByUrlBody === 'emptyBody'
			? emptyBody(reply)
			: success(deleteByUrlBody === 'null' ? null : webhooks.map(print));
	});
}

function required(request: FastifyRequest, bank: CassoBank): RegisteredWebhook {
	const webhook = bank.webhooks.get(readId(request, parameters.id));
	if (webhook === undefined) throw failures.unknownWebhook();
	return webhook;
}

function checkUrl(url: string): void {
	if (parseWebhookUrl(url) === null) throw failures.badRequest('webhook must be an http or https URL');
}

function emptyBody(reply: FastifyReply): FastifyReply {
	return reply.code(200).send('');
}

/** `param2` never holds the key of a V2 webhook. */
function toWebhookObject(webhook: RegisteredWebhook, quirks: CassoQuirks): CassoWebhook {
	return {
		id: webhook.id,
		channel: 'webhook',
		param1: webhook.url,
		param2: quirks.param2 === 'token' && webhook.dialect === 'legacy' ? webhook.secret : '',
		send_only_income: webhook.incomeOnly ? 1 : 0,
	};
}
