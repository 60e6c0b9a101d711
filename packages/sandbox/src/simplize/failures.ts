/**
 * Every failure that this service answers with. ALL OF IT IS INVENTED: Simplize shows no error body, no code and no status
 * anywhere (spec 4 and 10). It is all in this one table, so that real answers can replace it.
 */

/** A refused call: HTTP status, and the body `{"status", "message"}` without `data`. */
export class ApiFailure extends Error {
	override readonly name = 'Refusal';

	constructor(
		readonly status: number,
		message: string,
		/** Sandbox-only header with what would have been right; never a signature. */
		readonly hint?: string,
	) {
		super(message);
	}
}

export const failures = {
	missingParameter: (name: string) => new ApiFailure(400, `Missing parameter: ${name}`),
	duplicateParameter: (name: string) => new ApiFailure(400, `Duplicate parameter: ${name}`),
	invalidParameter: (name: string, reason: string) => new ApiFailure(400, `Invalid parameter ${name}: ${reason}`),
	brokenQuery: () => new ApiFailure(400, 'The query is not valid percent-encoding'),
	invalidBody: () => new ApiFailure(400, 'The request body is not a JSON object'),
	badRequest: (reason: string) => new ApiFailure(400, reason),
	unknownKey: () => new ApiFailure(401, 'Invalid API key'),
	outsideWindow: (hint: string) => new ApiFailure(401, 'Timestamp for this request is outside of the recvWindow', hint),
	badSignature: (hint?: string) => new ApiFailure(401, 'Signature for this request is not valid', hint),
	replayed: () => new ApiFailure(401, 'This request was received before'),
	userNotLinked: () => new ApiFailure(403, 'The user is not linked to this partner'),
	portfolioNotOwned: () => new ApiFailure(403, 'The portfolio does not belong to this user'),
	unknownPath: (method: string, path: string) => new ApiFailure(404, `No such call: ${method} ${path}`),
	unknownPortfolio: () => new ApiFailure(404, 'Portfolio not found'),
	wrongMethod: (allowed: string) => new ApiFailure(405, `Method not allowed, use ${allowed}`),
	wrongContentType: () => new ApiFailure(415, 'Content type must be application/json'),
	tooLarge: () => new ApiFailure(413, 'Request body too large'),
	internal: () => new ApiFailure(500, 'Internal server error'),
} as const;

/** Texts of the statuses that a fault answers with. */
export const FAULT_MESSAGES: Readonly<Record<number, string>> = {
	400: 'Bad request',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not found',
	429: 'Too many requests',
	500: 'Internal server error',
	502: 'Bad gateway',
	503: 'Service unavailable',
	504: 'Gateway timeout',
};
