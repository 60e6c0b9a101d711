/**
 * Every failure that the API answers with. Only the two marked CONFIRMED are documented; the rest is assumed
 * (spec 11 and 12) and stands here in one place, so that real answers can replace it.
 */
import { ApiFailure } from './envelope';

export const answers = {
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
