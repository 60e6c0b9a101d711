/** Switches for everything that the vendor's pages leave open and that a client can notice. */
import type { AcceptedEncoding, SignaturePayload } from './signature';

export interface SimplizeQuirks {
	/** Which text the server expects to be signed. */
	signaturePayload: SignaturePayload;
	/** `hex` takes either case, the others one form only. */
	signatureEncoding: AcceptedEncoding;
	/** How far the server's clock is ahead of this machine's, in ms; negative: behind. */
	clockSkewMs: number;
	/** The same signed request twice is refused. */
	rejectReplays: boolean;
	/** Delay of every answer, in ms. */
	latencyMs: number;
	/** Larger pages are cut to this; 0: no cap. */
	maxPageSize: number;
	/** Paged lists leave `total` out. */
	omitTotal: boolean;
	/** On which of the two dates the day filter of cash histories acts. */
	dateFilterOn: 'date' | 'createdDate';
	/** Which form of `transactionTypes` stock transactions accept. */
	stockTransactionTypes: 'any' | 'array' | 'comma';
	/** `always200`: refusals come with HTTP 200 and the status in the body alone. */
	errorStatus: 'mirrored' | 'always200';
}

export const DEFAULT_QUIRKS: SimplizeQuirks = {
	signaturePayload: 'query+body',
	signatureEncoding: 'hex',
	clockSkewMs: 0,
	rejectReplays: false,
	latencyMs: 0,
	maxPageSize: 0,
	omitTotal: false,
	dateFilterOn: 'date',
	stockTransactionTypes: 'any',
	errorStatus: 'mirrored',
};

export const SIMPLIZE_QUIRK_CHOICES = {
	signaturePayload: ['query+body', 'query', 'query&body', 'body'],
	signatureEncoding: ['hex', 'hex-lower', 'hex-upper', 'base64'],
	dateFilterOn: ['date', 'createdDate'],
	stockTransactionTypes: ['any', 'array', 'comma'],
	errorStatus: ['mirrored', 'always200'],
} as const;

export class SimplizeQuirkSet {
	private current: SimplizeQuirks;
	private readonly initial: SimplizeQuirks;

	constructor(initial: Partial<SimplizeQuirks> = {}) {
		this.initial = { ...DEFAULT_QUIRKS, ...checked(initial) };
		this.current = this.initial;
	}

	get values(): Readonly<SimplizeQuirks> {
		return this.current;
	}

	/** @throws RangeError for an unknown name or value */
	set(changes: Partial<SimplizeQuirks>): void {
		this.current = { ...this.current, ...checked(changes) };
	}

	/** Back to what the sandbox was started with. */
	reset(): void {
		this.current = this.initial;
	}
}

function checked(changes: Partial<SimplizeQuirks>): Partial<SimplizeQuirks> {
	for (const [name, value] of Object.entries(changes)) {
		if (!Object.hasOwn(DEFAULT_QUIRKS, name)) throw new RangeError(`There is no switch ${name}.`);
		const key = name as keyof SimplizeQuirks;
		const choices: readonly unknown[] | undefined =
			key in SIMPLIZE_QUIRK_CHOICES ? SIMPLIZE_QUIRK_CHOICES[key as keyof typeof SIMPLIZE_QUIRK_CHOICES] : undefined;
		if (choices && !choices.includes(value)) throw new RangeError(`${name} must be one of ${choices.join(', ')}.`);
		if (typeof value !== typeof DEFAULT_QUIRKS[key])
			throw new RangeError(`${name} must be a ${typeof DEFAULT_QUIRKS[key]}.`);
		if (typeof value === 'number' && (!Number.isInteger(value) || (value < 0 && key !== 'clockSkewMs'))) {
			throw new RangeError(`${name} must be a whole number${key === 'clockSkewMs' ? '' : ', 0 or more'}.`);
		}
	}
	return changes;
}
