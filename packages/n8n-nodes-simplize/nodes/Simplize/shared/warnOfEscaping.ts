/** A warning shown if an id has to be percent-encoded in the signed query. */
import { needsNoEscaping } from '@saoke/core/simplize';
import type { IExecuteFunctions } from 'n8n-workflow';

/** It is unknown whether the server signs the encoded or the decoded query; plain ids work with both. */
export function warnOfEscaping(context: IExecuteFunctions, externalUserId: string): void {
	if (needsNoEscaping(externalUserId)) return;
	context.addExecutionHints({
		message:
			'This external user ID contains characters that are percent-encoded in a URL. If Simplize rejects the signature only for this user, ask your contact there how to sign such IDs.',
		type: 'warning',
		location: 'outputPane',
	});
}
