/**
 * What n8n keeps of an automatic registration, and how a newer one survives a poll of the same workflow.
 *
 * It is kept in the node's static data, which n8n files under the node's name, and under the node's id in the part that all
 * nodes share, so that a node which is renamed still knows its webhook. A copied node, which has an id of its own, knows none.
 *
 * n8n keeps one static data for all nodes of a workflow. A poll that stands unchanged while the trigger is published anew
 * goes on with the static data from before, and writes all of it back when it saves its place. So this process remembers
 * what it registered and removed, each of our polls carries that along in the part which all nodes share, and the newest
 * counts.
 */
import type { IDataObject, IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Never the token itself. Written when publishing and unpublishing, and carried by polls; never by a delivery. */
export interface Registration extends IDataObject {
	/** Absent, like hash and address, where the trigger is not registered. */
	webhookId?: number;
	tokenHash?: string;
	url?: string;
	/** Of the trigger node. Absent in what earlier versions wrote: that is taken over under the node's name. */
	nodeId?: string;
	/** Unix time in ms of the last change; later than that of every earlier one that this process knows of. */
	changedAt?: number;
	/** Set when removing it failed: then nobody knows whether the webhook is still there. */
	isRemovalOpen?: boolean;
	/** Set for "Listen for test event", which has a webhook of its own beside the published one. */
	isTest?: boolean;
}

/** By id of the trigger node. */
type Registrations = Record<string, Registration>;

interface Shared extends IDataObject {
	cassoRegistrations?: Registrations;
}

/** Of the triggers that this process published or unpublished, by id of the workflow. */
const remembered = new Map<string, Registrations>();

/** For a delivery, which changes nothing. */
export function currentRegistration(this: IWebhookFunctions | IHookFunctions): Readonly<Registration> {
	const { id } = this.getNode();
	const named = this.getWorkflowStaticData('node') as Registration;
	const own = named.nodeId === undefined || named.nodeId === id ? named : {};
	const carried = sharedOf.call(this).cassoRegistrations?.[id];
	return carried && isNewer(carried, own) ? carried : own;
}

/** For publishing and unpublishing: the node's own static data, brought up to date. */
export function ownRegistration(this: IHookFunctions): Registration {
	const own = this.getWorkflowStaticData('node') as Registration;
	const current = currentRegistration.call(this);
	if (current !== own) replace(own, current);
	return own;
}

/** For deciding whether it is registered: n8n may try again with what it read before this process removed the webhook. */
export function publishedRegistration(this: IHookFunctions): Registration {
	const own = ownRegistration.call(this);
	const known = rememberedOf.call(this);
	const isRemoved = known !== undefined && known.webhookId === undefined && isNewer(known, own);
	if (isRemoved && this.getMode() !== 'manual') replace(own, {});
	return own;
}

/** Differs from what it was before if this process published or unpublished the node meanwhile. */
export function lastChange(this: IHookFunctions): number | undefined {
	return rememberedOf.call(this)?.changedAt;
}

export function noteRegistered(
	this: IHookFunctions,
	registration: Required<Pick<Registration, 'webhookId' | 'tokenHash' | 'url'>>,
): void {
	// Only here: n8n removes the webhook of a test run in the same mode as that of a published workflow.
	const isTest = this.getMode() === 'manual';
	const noted = isTest ? { ...registration, isTest } : registration;
	note.call(this, noted, !isTest);
}

export function noteRemovalFailed(this: IHookFunctions): void {
	const own = ownRegistration.call(this);
	if (own.webhookId !== undefined) note.call(this, { ...own, isRemovalOpen: true }, !own.isTest);
}

/** @param url of the webhook that was removed */
export function noteRemoved(this: IHookFunctions, url: string): void {
	const own = ownRegistration.call(this);
	// A test run that could not be registered is removed as well, and leaves nothing to tell it by.
	const isPublished = !own.isTest && (own.webhookId !== undefined || rememberedOf.call(this)?.url === url);
	note.call(this, {}, isPublished);
}

/** @param isPublished whether polls are to carry it; a test run concerns nobody else */
function note(this: IHookFunctions, next: Registration, isPublished: boolean): void {
	const own = ownRegistration.call(this);
	const changedAt = Math.max(Date.now(), 1 + (own.changedAt ?? 0), 1 + (rememberedOf.call(this)?.changedAt ?? 0));
	const nodeId = this.getNode().id;
	const noted = { ...next, nodeId, changedAt };
	const isRegistered = next.webhookId !== undefined;
	replace(own, isRegistered ? noted : {});
	const shared = sharedOf.call(this);
	if (isRegistered && isPublished) shared.cassoRegistrations = { ...shared.cassoRegistrations, [nodeId]: noted };
	else if (shared.cassoRegistrations?.[nodeId]) shared.cassoRegistrations = without(shared.cassoRegistrations, nodeId);
	if (!isPublished) return;
	const workflowId = this.getWorkflow().id ?? '';
	remembered.set(workflowId, { ...remembered.get(workflowId), [nodeId]: noted });
}

/** To be called last in a poll: what n8n saves after it then holds what was published meanwhile. */
export function carryRegistrations(this: IPollFunctions): void {
	const shared = sharedOf.call(this);
	for (const [nodeId, registration] of Object.entries(remembered.get(this.getWorkflow().id ?? '') ?? {})) {
		if (!isNewer(registration, shared.cassoRegistrations?.[nodeId])) continue;
		shared.cassoRegistrations = { ...shared.cassoRegistrations, [nodeId]: { ...registration } };
	}
}

function rememberedOf(this: IHookFunctions): Registration | undefined {
	return remembered.get(this.getWorkflow().id ?? '')?.[this.getNode().id];
}

function sharedOf(this: IWebhookFunctions | IHookFunctions | IPollFunctions): Shared {
	return this.getWorkflowStaticData('global') as Shared;
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
