/** A node's state could not be read or written. Nothing is lost while Node-RED runs; a restart would lose the state. */
import { SaokeError } from '@saoke/core/common';

export class StateError extends SaokeError {
	/** @param doing what failed, e.g. `written to /data/saoke-state` @param cause as thrown; only its code is shown */
	constructor(doing: string, cause: unknown, hint: string) {
		const { code } = (cause ?? {}) as { code?: unknown };
		super('STATE', `The state cannot be ${doing}${typeof code === 'string' ? ` (${code})` : ''}`, hint);
	}
}
