/** Root of every error that core throws on purpose: a message for people, a code for programs, a next step. */

export class SaokeError extends Error {
	/** Stable, upper-case, e.g. `CASSO_API`; hosts and flows may branch on it. */
	readonly code: string;

	/** What the reader can do next, one sentence. */
	readonly hint: string;

	constructor(code: string, message: string, hint: string, options?: ErrorOptions) {
		super(message, options);
		this.name = new.target.name;
		this.code = code;
		this.hint = hint;
	}
}
