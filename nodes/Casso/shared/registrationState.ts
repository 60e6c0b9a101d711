/**
 * Stored state of an automatic registration, and how a newer registration survives a poll of the same workflow.
 *
 * The state is stored in the node's static data, which n8n keys by node name, and by node id in the workflow's shared static
 * data, so that a renamed node keeps its webhook. A copied node has a new id and therefore starts without a webhook.
 *
 * n8n has one static data object for all nodes of a workflow. A poll that keeps running while the trigger is published
 * again still has the old static data, and overwrites all of it when it saves its state. So this process remembers what it
 * registered and removed, each of our polls copies that into the shared static data, and the newest entry wins.
 */
import type { IDataObject, IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Never contains the token. Written when publishing and unpublishing, and copied by polls; never by a delivery. */
export interface Registration extends IDataObject {
	/** Absent, like hash and URL, if the trigger is not registered. */
	webhookId?: number;
	tokenHash?: string;
	url?: string;
	/** Of the trigger node. Absent in state of earlier versions, which is looked up by node name. */
	nodeId?: string;
	/** Unix time in ms of the last change; always later than any earlier change known to this process. */
	changedAt?: number;
	/** Set if removal failed: the webhook may still exist. */
	isRemovalOpen?: boolean;
	/** Set for "Listen for test event", which has a separate webhook. */
	isTest?: boolean;
}

/** By id of the trigger node. */
type Registrations = Record<string, Registration>;

interface Shared extends IDataObject {
	cassoRegistrations?: Registrations;
}

/** Registrations that this process changed, by workflow id. */
const remembered = new Map<string, Registrations>();

/** For a delivery, which only reads. */
export function currentRegistration(context: IWebhookFunctions | IHookFunctions): Readonly<Registration> {
	const { id } = context.getNode();
	const named = context.getWorkflowStaticData('node') as Registration;
	const own = named.nodeId === undefined || named.nodeId === id ? named : {};
	const carried = getShared(context).cassoRegistrations?.[id];
	return carried && isNewer(carried, own) ? carried : own;
}

/** For publishing and unpublishing: the node's own static data, updated. */
export function ownRegistration(context: IHookFunctions): Registration {
	const own = context.getWorkflowStaticData('node') as Registration;
	const current = currentRegistration(context);
	if (current !== own) replace(own, current);
	return own;
}

/** For checking the registration: n8n may retry with state that it read before this process removed the webhook. */
export function publishedRegistration(context: IHookFunctions): Registration {
	const own = ownRegistration(context);
	const known = getRemembered(context);
	const isRemoved = known !== undefined && known.webhookId === undefined && isNewer(known, own);
	if (isRemoved && context.getMode() !== 'manual') replace(own, {});
	return own;
}

/** Differs from what it was before if this process published or unpublished the node meanwhile. */
export function lastChange(context: IHookFunctions): number | undefined {
	return getRemembered(context)?.changedAt;
}

export function noteRegistered(
	context: IHookFunctions,
	registration: Required<Pick<Registration, 'webhookId' | 'tokenHash' | 'url'>>,
): void {
	// Only known here: n8n removes a test webhook in the same mode as a published one.
	const isTest = context.getMode() === 'manual';
	const noted = isTest ? { ...registration, isTest } : registration;
	note(context, noted, !isTest);
}

export function noteRemovalFailed(context: IHookFunctions): void {
	const own = ownRegistration(context);
	if (own.webhookId !== undefined) note(context, { ...own, isRemovalOpen: true }, !own.isTest);
}

/** @param url of the webhook that was removed */
export function noteRemoved(context: IHookFunctions, url: string): void {
	const own = ownRegistration(context);
	// n8n also removes a test run whose registration failed, which left no state to recognize it by.
	const isPublished = !own.isTest && (own.webhookId !== undefined || getRemembered(context)?.url === url);
	note(context, {}, isPublished);
}

/** @param isPublished whether polls copy it; a test run affects no other execution */
function note(context: IHookFunctions, next: Registration, isPublished: boolean): void {
	const own = ownRegistration(context);
	const changedAt = Math.max(Date.now(), 1 + (own.changedAt ?? 0), 1 + (getRemembered(context)?.changedAt ?? 0));
	const nodeId = context.getNode().id;
	const noted = { ...next, nodeId, changedAt };
	const isRegistered = next.webhookId !== undefined;
	replace(own, isRegistered ? noted : {});
	const shared = getShared(context);
	if (isRegistered && isPublished) shared.cassoRegistrations = { ...shared.cassoRegistrations, [nodeId]: noted };
	else if (shared.cassoRegistrations?.[nodeId]) shared.cassoRegistrations = without(shared.cassoRegistrations, nodeId);
	if (!isPublished) return;
	const workflowId = context.getWorkflow().id ?? '';
	remembered.set(workflowId, { ...remembered.get(workflowId), [nodeId]: noted });
}

/** Call this last in a poll, so that the state n8n saves includes what was published meanwhile. */
export function carryRegistrations(context: IPollFunctions): void {
	const shared = getShared(context);
	for (const [nodeId, registration] of Object.entries(remembered.get(context.getWorkflow().id ?? '') ?? {})) {
		if (!isNewer(registration, shared.cassoRegistrations?.[nodeId])) continue;
		shared.cassoRegistrations = { ...shared.cassoRegistrations, [nodeId]: { ...registration } };
	}
}

function getRemembered(context: IHookFunctions): Registration | undefined {
	return remembered.get(context.getWorkflow().id ?? '')?.[context.getNode().id];
}

function getShared(context: IWebhookFunctions | IHookFunctions | IPollFunctions): Shared {
	return context.getWorkflowStaticData('global') as Shared;
}

function isNewer(one: Registration, other: Registration | undefined): boolean {
	return (one.changedAt ?? 0) > (other?.changedAt ?? 0);
}

function replace(target: Registration, by: Registration): void {
	delete target.webhookId;
	delete target.tokenHash;
	delete target.url;
	delete target.nodeId;
	delete target.changedAt;
	delete target.isRemovalOpen;
	delete target.isTest;
	Object.assign(target, by);
}

function without(registrations: Registrations, nodeId: string): Registrations {
	return Object.fromEntries(Object.entries(registrations).filter(([id]) => id !== nodeId));
}
