/** Whether an answer counts as success (spec 7 and 12): HTTP 200, and in strict mode JSON with `success` true or 1. */

/** @returns null for success, otherwise why it is none */
export function failureOfAnswer(status: number, body: string, strict: boolean): string | null {
	if (status !== 200) return `HTTP status ${String(status)} instead of 200`;
	if (!strict) return null;
	const answer = parseJson(body);
	if (answer === undefined) return 'strict mode: the body is not JSON';
	const success = typeof answer === 'object' && answer !== null && 'success' in answer ? answer.success : undefined;
	if (success === true || success === 1) return null;
	return 'strict mode: the body does not carry "success": true';
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
