/** A visible warning where an id has to be escaped in the signed query. */
import { needsNoEscaping } from '@saoke/core/simplize';
import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether a server checks the signature over the encoded or the decoded query is not known: plain ids work with both. */
export function warnOfEscaping(context: IExecuteFunctions, externalUserId: string): void {
	if (needsNoEscaping(externalUserId)) return;
	context.addExecutionHints({
		message:
			'This external user ID holds characters that are escaped in an address. If Simplize refuses the signature for this user alone, ask there how such IDs are signed.',
		type: 'warning',
		location: 'outputPane',
	});
}
