/**
 * Casso's envelope (spec 1), and every failure that the API answers with. Only the two marked CONFIRMED are documented;
 * the rest is assumed (spec 11 and 12) and is in this one table, so that real answers can replace it.
 */

/** Every answer of the API: success is `error: 0`. */
export interface CassoEnvelope<T> {
	error: number;
	message: string;
	data: T | null;
}

export const failures = {
	/** CONFIRMED (spec 3). */
	unauthorized: () => new ApiFailure(401, 401, 'Unauthorized Access'),
	/** Body CONFIRMED, status unknown: a quirk. */
	webhookNotExists: (status: number) => new ApiFailure(status, 12, 'Webhook not exists'),
	unknownPath: (method: string, path: string) => new ApiFailure(404, 404, `No such call: ${method} ${path}`),
	unknownAccount: () => new ApiFailure(404, 404, 'Bank account not found'),
	unknownTransaction: () => new ApiFailure(404, 404, 'Transaction not found'),
	unknownWebhook: () => new ApiFailure(404, 404, 'Webhook not found'),
	duplicateWebhook: () => new ApiFailure(400, 400, 'Webhook exists already'),
	badRequest: (reason: string) => new ApiFailure(400, 400, reason),
	tooLarge: () => new ApiFailure(413, 413, 'Request body too large'),
	tooManyRequests: () => new ApiFailure(429, 429, 'Too Many Requests'),
	internal: () => new ApiFailure(500, 500, 'Internal Server Error'),
} as const;

/** Message of the two account calls; every other call has `success` (spec 1). */
export const SUCCESSFUL = 'Successful';

export function success<T>(data: T | null, message = 'success'): CassoEnvelope<T> {
	return { error: 0, message, data };
}

/** Thrown by a handler: the call is answered with this status and envelope. */
export class ApiFailure extends Error {
	override readonly name = 'ApiFailure';

	constructor(
		readonly status: number,
		readonly error: number,
		message: string,
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(message);
	}

	toEnvelope(): CassoEnvelope<never> {
		return { error: this.error, message: this.message, data: null };
	}
}
