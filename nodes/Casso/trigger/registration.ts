/** Automatic registration: the three steps in which n8n publishes and unpublishes the trigger. */
import {
	createWebhook,
	deleteOwnWebhook,
	deleteWebhooksByUrl,
	getWebhook,
	type RegisteredWebhook,
} from '@saoke/core/casso';
import { isNotFound, isOutage } from '@saoke/core/common';
import { hashSecureToken, makeSecureToken } from '@saoke/core/webhook';
import { isStartOfN8n } from '@saoke/n8n-kit';
import type { IHookFunctions } from 'n8n-workflow';
import { toNodeError } from '../shared/nodeError';
import {
	lastChange,
	noteRegistered,
	noteRemovalFailed,
	noteRemoved,
	ownRegistration,
	publishedRegistration,
} from '../shared/registrationState';
import { connectForLifecycle } from './lifecycleConnection';
import type { OutputSettings } from './settings';

/**
 * Gone or different: false. Casso not answering, while the registration is known and unchanged: true, since a throw
 * would make n8n remove a webhook that works. While n8n starts, that holds for every failure. Anything else throws.
 */
export async function isRegistered(this: IHookFunctions, url: string, { direction }: OutputSettings): Promise<boolean> {
	const stored = publishedRegistration.call(this);
	const { webhookId, tokenHash } = stored;
	if (webhookId === undefined || !tokenHash) return false;
	if (stored.url !== url) {
		warn.call(
			this,
			`registers anew, because the address of this workflow changed. Webhook ${stored.webhookId} at Casso points to another address and is left alone; delete it there if nothing else uses it`,
		);
		return false;
	}
	const changeBefore = lastChange.call(this);
	// Unpublished while an outage holds up the check at a start of n8n: registered now, the webhook would stay for ever.
	const isOvertaken = (): boolean => lastChange.call(this) !== changeBefore;
	try {
		const webhook = await getWebhook(await connectForLifecycle(this), stored.webhookId);
		if (isOvertaken()) return true;
		const isUnchanged = fits(webhook, url, direction === 'in');
		if (!isUnchanged)
			warn.call(this, `registers anew, because webhook ${stored.webhookId} at Casso differs from this node`);
		else if (stored.isRemovalOpen) noteRegistered.call(this, { webhookId, tokenHash, url });
		return isUnchanged;
	} catch (error) {
		if (isOvertaken()) return true;
		if (isNotFound(error)) {
			warn.call(this, `registers anew, because webhook ${stored.webhookId} no longer exists at Casso`);
			return false;
		}
		if (stored.isRemovalOpen || !(isOutage(error) || isStartOfN8n(this))) throw toNodeError(this.getNode(), error);
		warn.call(this, `keeps its registration and goes on receiving; it could not be checked: ${messageOf(error)}`);
		return true;
	}
}

/** Registers with a new token. Webhooks with other addresses are never touched. */
export async function register(this: IHookFunctions, url: string, { direction }: OutputSettings): Promise<boolean> {
	const token = makeSecureToken();
	try {
		const connection = await connectForLifecycle(this);
		// A lost answer of an earlier attempt must not leave a second webhook behind.
		await deleteWebhooksByUrl(connection, url);
		const webhook = await createWebhook(connection, { url, secureToken: token, incomeOnly: direction === 'in' });
		noteRegistered.call(this, { webhookId: webhook.id, tokenHash: hashSecureToken(token), url });
		return true;
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** True if a webhook of this node is known: whatever else is wrong, it may be receiving. */
export function isRegistrationKnown(context: IHookFunctions, url: string): boolean {
	const { webhookId, tokenHash, isRemovalOpen, url: known } = ownRegistration.call(context);
	return webhookId !== undefined && Boolean(tokenHash) && known === url && !isRemovalOpen;
}

/**
 * Removes by id, else by own address. A failure is logged, not thrown: n8n would keep parts of an unpublished workflow.
 * What is stored goes only with the webhook: n8n may try again with what it read before.
 */
export async function unregister(this: IHookFunctions, url: string): Promise<boolean> {
	const stored = ownRegistration.call(this);
	try {
		// By address, too: the state of another node of the workflow may have brought back the id of an earlier webhook.
		const other = await deleteOwnWebhook(await connectForLifecycle(this), stored.webhookId, url);
		if (other)
			warn.call(
				this,
				`leaves webhook ${other.id} at Casso alone, because it points to another address. It may belong to the installation that this one was copied from; delete it at Casso if nothing uses it`,
			);
	} catch (error) {
		noteRemovalFailed.call(this);
		const which = stored.webhookId === undefined ? 'its webhook' : `webhook ${stored.webhookId}`;
		warn.call(
			this,
			`could not remove ${which} at Casso: ${messageOf(error)} Publish and unpublish the workflow once more, or delete it at Casso`,
		);
		return false;
	}
	noteRemoved.call(this, url);
	return true;
}

/** What Casso's answer leaves out is not held against it: registering anew at every start would help nobody. */
function fits(webhook: RegisteredWebhook, url: string, incomeOnly: boolean): boolean {
	const isDirectionKnown = webhook.raw.send_only_income !== undefined && webhook.raw.send_only_income !== null;
	return (webhook.url === '' || webhook.url === url) && (!isDirectionKnown || webhook.incomeOnly === incomeOnly);
}

export function messageOf(error: unknown): string {
	return error instanceof Error ? `${error.message}.` : 'unknown reason.';
}

export function warn(this: IHookFunctions, text: string): void {
	this.logger.warn(`Casso Trigger ${text}`, { nodeName: this.getNode().name, workflowId: this.getWorkflow().id });
}
