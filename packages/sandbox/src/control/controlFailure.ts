/** A control call that cannot be done: answered with this status and a message that says what to do. */
export class ControlFailure extends Error {
	override readonly name = 'ControlFailure';

	constructor(
		readonly statusCode: number,
		message: string,
	) {
		super(message);
	}
}
