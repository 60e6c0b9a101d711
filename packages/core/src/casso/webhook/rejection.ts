/** Why a webhook delivery is rejected (casso-api 6.3), with its log text and HTTP status. */

/** One word a reason; hosts may branch on it. */
export type RefusalReason =
	/** Nothing is configured that this delivery could be checked with. */
	| 'noSecret'
	/** A signing key is configured, and the delivery carries no signature. */
	| 'noSignature'
	/** The signature header is not exactly one `t` and one `v1`. */
	| 'malformedSignature'
	| 'badSignature'
	/** A token is expected, and the delivery carries none. */
	| 'noToken'
	| 'badToken'
	/** `t` lies further in the past than the replay window. */
	| 'tooOld'
	/** `t` lies further in the future than the replay window: one of the two clocks is wrong. */
	| 'clock'
	| 'notJson'
	/** Compressed, and nothing in its headers proves that it is from Casso: only reading it all would tell. */
	| 'compressed'
	| 'tooLarge'
	| 'tooDeep'
	| 'numberTooLarge';

const WORDS: Record<RefusalReason, string> = {
	noSecret: 'no secret is configured for this kind of delivery',
	noSignature: 'no signature, although a security key is configured',
	malformedSignature: 'the signature header is malformed',
	badSignature: 'bad signature: neither the current nor the previous security key fits',
	noToken: 'no secure token',
	badToken: 'wrong secure token',
	tooOld: 'too old: signed before the replay window',
	clock: 'clock: signed in the future, beyond the replay window; check the clock of this machine',
	notJson: 'the body is not JSON',
	compressed: 'the body is compressed (Content-Encoding), which Casso does not do',
	tooLarge: 'the body is too large',
	tooDeep: 'the body is nested too deeply',
	numberTooLarge: 'the body holds a number that is too large',
};

const UNREADABLE: ReadonlySet<RefusalReason> = new Set(['notJson', 'tooLarge', 'tooDeep', 'numberTooLarge']);

/** @returns a phrase for a log line; it never holds anything of the delivery */
export function describeRefusal(reason: RefusalReason): string {
	return WORDS[reason];
}

/** @returns 400 if the body cannot be read, 401 if the delivery is not proven to come from Casso */
export function refusalStatus(reason: RefusalReason): 400 | 401 {
	return UNREADABLE.has(reason) ? 400 : 401;
}
