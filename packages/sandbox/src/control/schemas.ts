/** JSON schemas of what the control API takes. Unknown keys are refused, so that a slip of the pen shows. */

interface ObjectSchema {
	type: 'object';
	properties: Record<string, object>;
	required?: readonly string[];
	additionalProperties: false;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const whole = { type: 'integer' } as const;
const wholeFrom0 = { type: 'integer', minimum: 0 } as const;
const wholeFrom1 = { type: 'integer', minimum: 1 } as const;
const number0 = { type: 'number', minimum: 0 } as const;

export function closed(properties: Record<string, object>, required: readonly string[] = []): ObjectSchema {
	return { type: 'object', properties, required, additionalProperties: false };
}

const oneOfTexts = (...choices: string[]): object => ({ type: 'string', enum: choices });

export const transactionSchema = closed(
	{
		amount: whole,
		memo: text,
		accountId: wholeFrom0,
		accountNumber: text,
		time: { anyOf: [text, { type: 'number' }] },
		bookingDate: text,
		reference: text,
		counterparty: closed({ name: text, accountNumber: text, bankId: text, bankName: text }),
		virtualAccount: closed({ number: text, name: text }, ['number']),
		paymentChannel: text,
		id: wholeFrom0,
		silent: flag,
	},
	['amount'],
);

export const transactionsSchema = closed(
	{ transactions: { type: 'array', minItems: 1, maxItems: 20_000, items: transactionSchema } },
	['transactions'],
);

export const limits = { skip: wholeFrom0, count: wholeFrom1, probability: { type: 'number', minimum: 0, maximum: 1 } };

/** A schema that depends on `kind`. */
export function byKind(
	common: Record<string, object>,
	kinds: Record<string, [own: Record<string, object>, required?: readonly string[]]>,
): object {
	return {
		type: 'object',
		required: ['kind'],
		discriminator: { propertyName: 'kind' },
		oneOf: Object.entries(kinds).map(([kind, [own, required = []]]) =>
			closed({ ...common, ...own, kind: { const: kind } }, ['kind', ...required]),
		),
	};
}

const errorFields = { error: whole, message: text, carriedOut: flag };
const httpStatus = { type: 'integer', minimum: 400, maximum: 599 } as const;

export const apiFaultSchema = byKind(
	{ ...limits, path: text, method: text },
	{
		httpError: [
			{ status: httpStatus, retryAfterSeconds: number0, retryAfterForm: oneOfTexts('seconds', 'date'), ...errorFields },
			['status'],
		],
		rateLimit: [
			{ requestsPerSecond: wholeFrom1, retryAfterForm: oneOfTexts('seconds', 'date', 'none') },
			['requestsPerSecond'],
		],
		html: [{ status: { type: 'integer', minimum: 200, maximum: 599 }, carriedOut: flag }],
		errorEnvelope: [errorFields],
		invalidJson: [{}],
		nullData: [{}],
		reset: [{ afterBytes: wholeFrom0 }],
		slow: [{ ms: number0 }, ['ms']],
		never: [{ carriedOut: flag }],
		repeatPage: [{ page: wholeFrom1, forever: flag }],
		endlessPages: [{ records: oneOfTexts('last', 'fresh', 'empty') }],
		insertWhilePaging: [{ transactions: { type: 'array', minItems: 1, items: transactionSchema } }, ['transactions']],
		deleteWhilePaging: [{ transactionId: wholeFrom0 }],
		shuffleTies: [{}],
	},
);

export const deliveryFaultSchema = byKind(
	{ ...limits, webhookId: wholeFrom0, attempt: wholeFrom1 },
	{
		drop: [{}],
		late: [{ delayMs: number0 }, ['delayMs']],
		outOfOrder: [{ group: { type: 'integer', minimum: 2 }, maxHoldMs: number0 }],
		parallel: [{ copies: { type: 'integer', minimum: 2, maximum: 100 } }, ['copies']],
		duplicate: [{ copies: wholeFrom1 }],
		replay: [{ afterMs: number0 }, ['afterMs']],
		tamper: [{}],
		badSignature: [{}],
		wrongKey: [{}],
		noSignature: [{}],
		staleTime: [{ ageMs: whole }, ['ageMs']],
		missingKeys: [{ keys: { type: 'array', items: text } }],
		errorBody: [{ error: whole }],
		memo: [{ form: oneOfTexts('long', 'vietnamese', 'html') }, ['form']],
	},
);

export const deliverySettingsSchema = closed({
	retryGapsMs: { type: 'array', maxItems: 100, items: number0 },
	deadlineMs: number0,
	maxParallel: wholeFrom1,
	strict: flag,
	signatureTime: oneOfTexts('fresh', 'reuse'),
	pauseWhenExhausted: flag,
	pauseAfterMs: number0,
	disableAfterMs: number0,
	allowRemoteTargets: flag,
});

export const dashboardWebhookSchema = closed(
	{
		url: text,
		dialect: oneOfTexts('legacy', 'v2'),
		secret: { type: 'string', minLength: 1, maxLength: 1000, pattern: '^[\\x20-\\x7e]*$' },
		incomeOnly: flag,
		accountIds: { type: 'array', nullable: true, items: wholeFrom0 },
		strict: flag,
		requireTestCall: flag,
	},
	['url'],
);

export const quirksSchema = { type: 'object' } as const;
export const pingSchema = closed({ form: oneOfTexts('missing', 'emptyArray') });
export const clockSchema = closed({ advanceMs: number0, wall: flag, speed: { type: 'number', exclusiveMinimum: 0 } });
