/** Control calls for deliveries: ledger, resending, settings, waiting until all is done. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { ControlFailure, readNumber } from './scope';
import type { CassoBank } from '../casso/bank';
import type { DeliveryFilter } from '../casso/webhooks/ledger';
import type { Delivery, DeliveryAttempt } from '../casso/webhooks/model';
import { deliverySettingsSchema, type DeliverySettings } from '../casso/webhooks/settings';
import { explainSignature } from '../casso/webhooks/signature';

const DEFAULT_LISTED = 100;
const DEFAULT_WAIT_MS = 30_000;

type Query<Names extends string> = { Querystring: Partial<Record<Names, string>> };

export function deliveryControl(scope: FastifyInstance, bank: CassoBank): void {
	scope.get<Query<'webhookId' | 'transactionId' | 'state' | 'kind' | 'afterId' | 'beforeId' | 'limit' | 'view'>>(
		'/deliveries',
		({ query }) => {
			const filter: DeliveryFilter = {
				webhookId: readNumber(query.webhookId, 'webhookId'),
				transactionId: readNumber(query.transactionId, 'transactionId'),
				afterId: readNumber(query.afterId, 'afterId'),
				beforeId: readNumber(query.beforeId, 'beforeId'),
				state: readChoice(query.state, 'state', ['pending', 'succeeded', 'failed', 'missed', 'dropped']),
				kind: readChoice(query.kind, 'kind', ['transactions', 'test', 'ping']),
				limit: readNumber(query.limit, 'limit') ?? DEFAULT_LISTED,
			};
			const summary = readChoice(query.view, 'view', ['full', 'summary']) === 'summary';
			const found = bank.webhooks.deliveries.list(filter);
			return { deliveries: summary ? found.map(toDeliverySummary) : found.map(showDelivery) };
		},
	);
	scope.get<{ Params: { id: string } }>('/deliveries/:id', (request) => {
		const delivery = bank.webhooks.deliveries.get(readNumber(request.params.id, 'id') ?? 0);
		if (delivery === undefined) throw new ControlFailure(404, `There is no delivery ${request.params.id}.`);
		return { delivery: showDelivery(delivery) };
	});
	/** How the signature of an attempt (0 is the first in the list) was computed, step by step. */
	scope.get<{ Params: { id: string; place: string } }>('/deliveries/:id/attempts/:place/proof', ({ params }) => {
		const delivery = bank.webhooks.deliveries.get(readNumber(params.id, 'id') ?? 0);
		const attempt = delivery?.attempts[readNumber(params.place, 'place') ?? 0];
		if (delivery === undefined || attempt === undefined)
			throw new ControlFailure(404, `Delivery ${params.id} has no attempt ${params.place}.`);
		return { proof: explainSignature(attempt, bank.webhooks.get(delivery.webhookId)) };
	});
	scope.post<{ Params: { id: string } }>('/deliveries/:id/resend', (request) => {
		if (!bank.webhooks.resend(readNumber(request.params.id, 'id') ?? 0)) {
			throw new ControlFailure(404, `There is no delivery ${request.params.id}, or its webhook is gone.`);
		}
		return { resent: true };
	});
	scope.get('/delivery-settings', () => ({ settings: bank.webhooks.settings, clockSpeed: bank.clock.speed }));
	scope.patch<{ Body: Partial<DeliverySettings> }>(
		'/delivery-settings',
		{ schema: { body: deliverySettingsSchema } },
		(request) => {
			bank.webhooks.changeSettings(request.body);
			return { settings: bank.webhooks.settings };
		},
	);
	/** Answers when every delivery that is due is done, or after `timeoutMs` (default 30 s) with `idle: false`. */
	scope.get<Query<'includeRetries' | 'timeoutMs'>>('/idle', async ({ query }) => {
		const done = bank.whenIdle(query.includeRetries === 'true').then(() => true);
		const late = sleep(readNumber(query.timeoutMs, 'timeoutMs') ?? DEFAULT_WAIT_MS, false, { ref: false });
		return { idle: await Promise.race([done, late]) };
	});
}

function readChoice<T extends string>(value: string | undefined, name: string, choices: readonly T[]): T | undefined {
	if (value === undefined || value === '') return undefined;
	const found = choices.find((choice) => choice === value);
	if (found === undefined) throw new ControlFailure(400, `${name} must be one of ${choices.join(', ')}.`);
	return found;
}

/** A delivery as the control API shows it: everything but the legacy token. */
export function showDelivery(delivery: Delivery): Delivery {
	return { ...delivery, attempts: delivery.attempts.map(showAttempt) };
}

function showAttempt(attempt: DeliveryAttempt): DeliveryAttempt {
	const { headers } = attempt.request;
	if (headers['secure-token'] === undefined) return attempt;
	return { ...attempt, request: { ...attempt.request, headers: { ...headers, 'secure-token': '***' } } };
}

/** A delivery in a list: its state, without bytes. */
export interface DeliverySummary extends Omit<Delivery, 'attempts'> {
	attempts: number;
	last:
		| (Pick<
				DeliveryAttempt,
				'number' | 'purpose' | 'startedAt' | 'durationMs' | 'success' | 'failure' | 'faults' | 'nextRetryAt'
		  > & { status: number | null })
		| null;
}

export function toDeliverySummary(delivery: Delivery): DeliverySummary {
	const { attempts, ...rest } = delivery;
	const last = attempts.at(-1);
	if (last === undefined) return { ...rest, attempts: 0, last: null };
	const { number, purpose, startedAt, durationMs, success, failure, faults, nextRetryAt, response } = last;
	return {
		...rest,
		attempts: attempts.length,
		last: {
			number,
			purpose,
			startedAt,
			durationMs,
			success,
			failure,
			faults,
			nextRetryAt,
			status: response?.status ?? null,
		},
	};
}
