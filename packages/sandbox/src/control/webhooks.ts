/** Control calls for webhooks: what a person does on Casso's dashboard. */
import type { FastifyInstance } from 'fastify';
import { showDelivery } from './deliveries';
import { ControlFailure, readNumber } from './scope';
import type { CassoBank } from '../casso/bank';
import { dashboardWebhookSchema, type DashboardWebhookInput, type RegisteredWebhook } from '../casso/webhooks/model';
import { visibleWebhook } from '../casso/webhooks/registry';
import { closed, oneOf } from '../engine/schema';

const pingSchema = closed({ form: oneOf('missing', 'emptyArray') });

interface ById {
	Params: { id: string };
}

export function webhookControl(scope: FastifyInstance, bank: CassoBank): void {
	scope.get('/webhooks', () => ({ webhooks: bank.webhooks.list().map(visibleWebhook) }));
	/** The only answer that holds the secret. */
	scope.post<{ Body: DashboardWebhookInput }>(
		'/webhooks',
		{ schema: { body: dashboardWebhookSchema } },
		async (request, reply) => {
			const webhook = await bank.webhooks.createByDashboard(request.body);
			void reply.code(201);
			return { webhook: visibleWebhook(webhook), secret: webhook.secret };
		},
	);
	scope.delete<ById>('/webhooks/:id', (request) => {
		const webhook = required(request.params.id, bank);
		bank.webhooks.remove(webhook);
		return { deleted: webhook.id };
	});
	scope.post<ById>('/webhooks/:id/test', async (request) => ({
		delivery: showDelivery(await bank.webhooks.testCall(required(request.params.id, bank).id)),
	}));
	scope.post<ById & { Body: { form?: 'missing' | 'emptyArray' } }>(
		'/webhooks/:id/ping',
		{ schema: { body: pingSchema } },
		async (request) => ({
			delivery: showDelivery(await bank.webhooks.ping(required(request.params.id, bank).id, request.body.form)),
		}),
	);
	scope.post<ById>('/webhooks/:id/reactivate', (request) => {
		const webhook = required(request.params.id, bank);
		bank.webhooks.reactivate(webhook);
		return { webhook: visibleWebhook(webhook) };
	});
	scope.post<ById>('/webhooks/:id/resend-missed', (request) => ({
		resent: bank.webhooks.resendMissed(required(request.params.id, bank).id),
	}));
}

function required(idText: string, bank: CassoBank): RegisteredWebhook {
	const id = readNumber(idText, 'id') ?? 0;
	const webhook = bank.webhooks.get(id);
	if (webhook === undefined) throw new ControlFailure(404, `There is no webhook ${String(id)}.`);
	return webhook;
}
