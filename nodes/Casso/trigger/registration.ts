/** Automatic registration: checks, creates and removes the webhook at Casso. */
import {
	createWebhook,
	deleteOwnWebhook,
	deleteWebhooksByUrl,
	getWebhook,
	type CassoConnection,
	type RegisteredWebhook,
} from '@saoke/core/casso';
import { isNotFound, isOutage } from '@saoke/core/common';
import { hashSecureToken, makeSecureToken } from '@saoke/core/webhook';
import { isStartOfN8n, withTimeLimit } from '@saoke/n8n-kit';
import type { IHookFunctions } from 'n8n-workflow';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/nodeError';
import {
	lastChange,
	noteRegistered,
	noteRemovalFailed,
	noteRemoved,
	ownRegistration,
	publishedRegistration,
} from '../shared/registrationState';
import type { OutputSettings } from './settings';

/** For calls that block n8n: publishing, unpublishing and startup. */
const LIMITS = { totalMs: 10_000, callMs: 4_000 };

/**
 * False if the webhook is gone or differs. True if Casso does not answer and the stored registration is unchanged, since
 * throwing would make n8n remove a working webhook; during n8n's startup, that applies to every failure. Otherwise throws.
 */
export async function isRegistered(
	context: IHookFunctions,
	url: string,
	{ direction }: OutputSettings,
): Promise<boolean> {
	const stored = publishedRegistration(context);
	const { webhookId, tokenHash } = stored;
	if (webhookId === undefined || !tokenHash) return false;
	if (stored.url !== url) {
		warn(
			context,
			`registers again, because the address of this workflow changed. Webhook ${stored.webhookId} at Casso points to another address and is not removed; delete it there if nothing else uses it`,
		);
		return false;
	}
	const changeBefore = lastChange(context);
	// Unpublished while an outage holds up the check at a start of n8n: registered now, the webhook would stay for ever.
	const isOvertaken = (): boolean => lastChange(context) !== changeBefore;
	try {
		const webhook = await getWebhook(await connectInTime(context), stored.webhookId);
		if (isOvertaken()) return true;
		const isUnchanged = fits(webhook, url, direction === 'in');
		if (!isUnchanged)
			warn(context, `registers again, because webhook ${stored.webhookId} at Casso differs from this node`);
		else if (stored.isRemovalOpen) noteRegistered(context, { webhookId, tokenHash, url });
		return isUnchanged;
	} catch (error) {
		if (isOvertaken()) return true;
		if (isNotFound(error)) {
			warn(context, `registers again, because webhook ${stored.webhookId} no longer exists at Casso`);
			return false;
		}
		if (stored.isRemovalOpen || !(isOutage(error) || isStartOfN8n(context)))
			throw toNodeError(context.getNode(), error);
		warn(
			context,
			`keeps its registration and continues to receive deliveries; the registration could not be checked: ${getMessage(error)}`,
		);
		return true;
	}
}

/** Registers with a new token. Webhooks with other addresses are never touched. */
export async function register(context: IHookFunctions, url: string, { direction }: OutputSettings): Promise<boolean> {
	const token = makeSecureToken();
	try {
		const connection = await connectInTime(context);
		// If the response to an earlier attempt was lost, its webhook must not remain.
		await deleteWebhooksByUrl(connection, url);
		const webhook = await createWebhook(connection, { url, secureToken: token, incomeOnly: direction === 'in' });
		noteRegistered(context, { webhookId: webhook.id, tokenHash: hashSecureToken(token), url });
		return true;
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** True if this node has a stored webhook, which may be receiving deliveries. */
export function isRegistrationKnown(context: IHookFunctions, url: string): boolean {
	const { webhookId, tokenHash, isRemovalOpen, url: known } = ownRegistration(context);
	return webhookId !== undefined && Boolean(tokenHash) && known === url && !isRemovalOpen;
}

/**
 * Removes the webhook by id, or else by its URL. A failure is logged, not thrown: n8n would keep parts of an unpublished
 * workflow. The stored state is cleared only with the webhook, because n8n may retry with state that it read before.
 */
export async function unregister(context: IHookFunctions, url: string): Promise<boolean> {
	const stored = ownRegistration(context);
	try {
		// Also by URL: another node's save may have restored the id of an earlier webhook.
		const other = await deleteOwnWebhook(await connectInTime(context), stored.webhookId, url);
		if (other)
			warn(
				context,
				`leaves webhook ${other.id} at Casso unchanged, because it points to another address. It may belong to the installation that this one was copied from; delete it at Casso if nothing uses it`,
			);
	} catch (error) {
		noteRemovalFailed(context);
		const which = stored.webhookId === undefined ? 'its webhook' : `webhook ${stored.webhookId}`;
		warn(
			context,
			`could not remove ${which} at Casso: ${getMessage(error)} Publish and unpublish the workflow again, or delete the webhook at Casso`,
		);
		return false;
	}
	noteRemoved(context, url);
	return true;
}

/** @throws ParameterError when the base URL or the key in the credential is unusable */
async function connectInTime(context: IHookFunctions): Promise<CassoConnection> {
	return withTimeLimit(await connect(context, LIMITS.callMs), LIMITS);
}

/** A field missing from Casso's response counts as equal, to avoid a new registration at every start. */
function fits(webhook: RegisteredWebhook, url: string, incomeOnly: boolean): boolean {
	const isDirectionKnown = webhook.raw.send_only_income !== undefined && webhook.raw.send_only_income !== null;
	return (webhook.url === '' || webhook.url === url) && (!isDirectionKnown || webhook.incomeOnly === incomeOnly);
}

export function getMessage(error: unknown): string {
	return error instanceof Error ? `${error.message}.` : 'unknown reason.';
}

export function warn(context: IHookFunctions, text: string): void {
	context.logger.warn(`Casso Trigger ${text}`, {
		nodeName: context.getNode().name,
		workflowId: context.getWorkflow().id,
	});
}
