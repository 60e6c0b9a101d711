/** Casso's envelope (spec 1) and the failures that are answered with one (spec 3). */
import type { CassoEnvelope } from '@saoke/core';

/** What the two account calls say; every other call says `success` (spec 1). */
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
