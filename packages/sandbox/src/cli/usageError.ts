/** A mistake on the command line; its message says what is expected. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}
