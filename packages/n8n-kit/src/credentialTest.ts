/**
 * What the test of a credential says. For an answer with an error status, n8n's server looks for a rule for that status, and
 * otherwise shows its own words, such as "Unauthorized"; the rule for the body counts only after a success.
 */
import type { ICredentialTestRequest } from 'n8n-workflow';

export interface CredentialTestTexts {
	/** For 401. */
	rejected: string;
	/** For 404. */
	noApi: string;
	/** For a success without the field that every answer of the service has. */
	unreadable: { field: string; message: string };
}

/** @param service name for the other texts */
export function credentialTestRules(service: string, texts: CredentialTestTexts): ICredentialTestRequest['rules'] {
	const byStatus: [message: string, ...statuses: number[]][] = [
		['This base URL redirects to another address. Enter the address that it leads to', 301, 302, 303, 307, 308],
		[texts.rejected, 401],
		[`${service} accepted the key but does not allow this. Check the permissions of the key`, 403],
		[texts.noApi, 404],
		['Too many requests. Wait a minute and test again', 429],
		[`${service} is unavailable, which says nothing about the key. Try again in a few minutes`, 500, 502, 503, 504],
	];
	const { field, message } = texts.unreadable;
	const rules = [
		...byStatus.flatMap(([message, ...statuses]) =>
			statuses.map((value) => ({ type: 'responseCode', properties: { value, message } })),
		),
		{ type: 'responseSuccessBody', properties: { key: field, value: undefined, message } },
	];
	// n8n's type allows rules of one kind only; its server reads both kinds.
	return rules as ICredentialTestRequest['rules'];
}
