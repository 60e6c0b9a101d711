/** A refusal as the Sheets API words it: HTTP status, canonical status name, message. */

const STATUS_NAMES: Record<number, string> = {
	400: 'INVALID_ARGUMENT',
	401: 'UNAUTHENTICATED',
	404: 'NOT_FOUND',
	429: 'RESOURCE_EXHAUSTED',
	503: 'UNAVAILABLE',
};

export class GoogleError extends Error {
	constructor(
		readonly httpStatus: number,
		message: string,
	) {
		super(message);
		this.name = 'GoogleError';
	}

	/** The JSON body that goes with it. */
	body(): { error: { code: number; message: string; status: string } } {
		return {
			error: { code: this.httpStatus, message: this.message, status: STATUS_NAMES[this.httpStatus] ?? 'UNKNOWN' },
		};
	}
}
