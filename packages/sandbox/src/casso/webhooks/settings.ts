/** How deliveries are made: schedule, deadline, parallelism, pausing (spec 7 and 12). All of it can be changed while running. */
import type { FromSchema } from 'json-schema-to-ts';
import { closed, flag, numberFrom0, oneOf, wholeFrom1 } from '../../engine/schema';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Assumed: fits the sister product's table, 22.7 h in all, 17 deliveries with the first (spec 12). */
const ASSUMED_GAPS_MINUTES = [0.5, 1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90, 135, 202, 303, 453];

export const deliverySettingsSchema = closed({
	/** Schedule ms before each retry; their number is the number of retries. */
	retryGapsMs: { type: 'array', maxItems: 100, items: numberFrom0 },
	/** Real ms in which the target must have answered. */
	deadlineMs: numberFrom0,
	/** Requests at once. */
	maxParallel: wholeFrom1,
	/** Assess every webhook strictly, also one that does not ask for it (those made through the API cannot). */
	strict: flag,
	/** Whether each attempt is signed with its own `t`, or with that of the first. */
	signatureTime: oneOf('fresh', 'reuse'),
	/** Whether a webhook becomes PAUSED when an event used up its retries and nothing succeeded meanwhile. */
	pauseWhenExhausted: flag,
	/** Schedule ms of failures only after which a webhook becomes PAUSED. */
	pauseAfterMs: numberFrom0,
	/** Schedule ms of failures only after which it becomes DISABLE. */
	disableAfterMs: numberFrom0,
	/** Whether targets outside loopback are called. */
	allowRemoteTargets: flag,
});

export type DeliverySettings = Required<FromSchema<typeof deliverySettingsSchema>>;

export function defaultDeliverySettings(): DeliverySettings {
	return {
		retryGapsMs: ASSUMED_GAPS_MINUTES.map((minutes) => minutes * MINUTE_MS),
		deadlineMs: 5_000,
		maxParallel: 50,
		strict: false,
		signatureTime: 'fresh',
		pauseWhenExhausted: true,
		pauseAfterMs: 24 * HOUR_MS,
		disableAfterMs: 7 * 24 * HOUR_MS,
		allowRemoteTargets: false,
	};
}

/** The settings with a change put in. @throws RangeError that names the setting */
export function changedSettings(current: DeliverySettings, change: Partial<DeliverySettings>): DeliverySettings {
	const next = { ...current, ...change };
	const notNegative = (name: string, value: number): void => {
		if (!Number.isFinite(value) || value < 0)
			throw new RangeError(`${name} must be a number of ms, 0 or more; got ${String(value)}.`);
	};
	for (const gap of next.retryGapsMs) notNegative('retryGapsMs', gap);
	notNegative('deadlineMs', next.deadlineMs);
	notNegative('pauseAfterMs', next.pauseAfterMs);
	notNegative('disableAfterMs', next.disableAfterMs);
	if (!Number.isInteger(next.maxParallel) || next.maxParallel < 1)
		throw new RangeError('maxParallel must be a whole number above 0.');
	if (!['fresh', 'reuse'].includes(next.signatureTime)) throw new RangeError('signatureTime must be fresh or reuse.');
	return { ...next, retryGapsMs: [...next.retryGapsMs] };
}
