/** A delivery as the control API shows it: everything but the legacy token. */
import type { Delivery, DeliveryAttempt } from '../casso/webhooks/model';

export function showDelivery(delivery: Delivery): Delivery {
	return { ...delivery, attempts: delivery.attempts.map(showAttempt) };
}

function showAttempt(attempt: DeliveryAttempt): DeliveryAttempt {
	const { headers } = attempt.request;
	if (headers['secure-token'] === undefined) return attempt;
	return { ...attempt, request: { ...attempt.request, headers: { ...headers, 'secure-token': '***' } } };
}

/** A delivery in a list: how it stands, without bytes. */
export interface DeliverySummary extends Omit<Delivery, 'attempts'> {
	attempts: number;
	last:
		| (Pick<
				DeliveryAttempt,
				'number' | 'purpose' | 'startedAt' | 'durationMs' | 'success' | 'failure' | 'faults' | 'nextRetryAt'
		  > & { status: number | null })
		| null;
}

export function summaryOfDelivery(delivery: Delivery): DeliverySummary {
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
