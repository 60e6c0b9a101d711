/** JSON schemas of what the control API of the Simplize half takes. */
import { byKind, closed, limits } from './schemas';

const text = { type: 'string' } as const;
const whole = { type: 'integer' } as const;
const wholeFrom0 = { type: 'integer', minimum: 0 } as const;
const moment = { anyOf: [text, { type: 'number' }] };
const status = (least: number): object => ({ type: 'integer', minimum: least, maximum: 599 });

export const cashMovementsSchema = closed(
	{
		movements: {
			type: 'array',
			minItems: 1,
			maxItems: 20_000,
			items: closed(
				{
					portfolioId: wholeFrom0,
					amount: whole,
					type: text,
					typeName: text,
					ticker: text,
					date: moment,
					createdAt: moment,
					note: text,
					description: text,
					transactionId: wholeFrom0,
				},
				['portfolioId', 'amount'],
			),
		},
	},
	['movements'],
);

export const simplizeFaultSchema = byKind(
	{ ...limits, path: text },
	{
		httpError: [{ status: status(400), message: text, retryAfterSeconds: { type: 'number', minimum: 0 } }, ['status']],
		html: [{ status: status(200) }],
		errorEnvelope: [{ status: status(201), message: text }],
		heldUp: [{ ms: wholeFrom0 }, ['ms']],
		slow: [{ ms: wholeFrom0 }, ['ms']],
		reset: [{ ms: wholeFrom0 }],
		invalidJson: [{}],
		emptyData: [{}],
		wrongTotal: [{ by: whole }, ['by']],
		repeatPage: [{ page: wholeFrom0, forever: { type: 'boolean' } }],
	},
);
