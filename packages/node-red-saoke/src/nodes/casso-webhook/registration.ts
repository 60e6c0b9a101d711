/** Registers the node's address with Casso and keeps the registration over redeploys and restarts. */
import {
	createWebhook,
	deleteOwnWebhook,
	deleteWebhooksByUrl,
	findAddressProblem,
	getWebhook,
	hashSecureToken,
	isNotFound,
	makeSecureToken,
	ParameterError,
	type CassoConnection,
	type WebhookInput,
} from '@saoke/core';
import { toFlowError } from '../../host/FlowError';
import { guard } from '../../host/guard';
import { lifetimeOf, type Lifetime } from '../../host/lifetime';
import { showFailure, showRetry, statusText } from '../../host/nodeState';
import type { HostNode, NodeRed } from '../../host/nodeRed';
import type { Services } from '../../host/services';
import { stateStoreOf, type StateStore } from '../../host/stateStore';
import type { Hooks } from '../../webhook/hooks';
import { cassoConfigOf, type CassoConfigNode } from '../casso-config/runtime';
import type { WebhookSettings } from './settings';

export interface RegistrationParts {
	RED: NodeRed;
	node: HostNode;
	services: Services;
	settings: WebhookSettings;
	path: string;
	hooks: Hooks;
	registration: { tokenHash: string | undefined };
}

/** Kept in the state file; the token itself is known to Casso alone. */
interface Registered {
	webhookId: number;
	tokenHash: string;
	url: string;
	isIncomeOnly: boolean;
}

/** What Casso was asked for, whether or not it answered. */
interface Asked {
	config: CassoConfigNode;
	url: string;
}

const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 15 * 60_000;
const CALL_WAIT_MS = 20_000;

/** Runs in the background until it has succeeded; deliveries are taken from then on. */
export function startRegistration(parts: RegistrationParts): void {
	const { node, services } = parts;
	// Kept, because the connection's own node may be gone when this one is deleted.
	let asked: Asked | undefined;
	const lifetime = lifetimeOf(node, (removed) => {
		if (removed && asked) unregister(parts, asked, running);
	});
	const run = async (): Promise<void> => {
		for (let attempt = 1; !lifetime.isOver; attempt++) {
			try {
				const config = cassoConfigOf(parts.RED, parts.settings.casso);
				asked = { config, url: addressOf(parts, config.connect({ signal: lifetime.signal })) };
				parts.registration.tokenHash = (await register(parts, asked, lifetime.signal)).tokenHash;
				if (!lifetime.isOver) node.status({ fill: 'green', shape: 'ring', text: statusText('registered') });
				return;
			} catch (error) {
				if (lifetime.isOver || !(await waitForRetry(parts, lifetime, error, attempt))) return;
			}
		}
	};
	// A moment later, so that the nodes which are to hear of failures have started.
	const running = services.sleep(50, lifetime.signal).then(run, () => undefined);
	guard(running, (error) => {
		node.error(toFlowError(error), {});
	});
}

/** @returns false where another attempt cannot help, because a setting is wrong */
async function waitForRetry(
	{ node, services }: RegistrationParts,
	lifetime: Lifetime,
	error: unknown,
	attempt: number,
): Promise<boolean> {
	node.error(toFlowError(error), {});
	if (error instanceof ParameterError) {
		showFailure(node, error);
		return false;
	}
	const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1)) * (0.8 + 0.4 * services.random());
	showRetry(node, services.now() + waitMs);
	await services.sleep(waitMs, lifetime.signal).catch(() => undefined);
	return true;
}

async function register(parts: RegistrationParts, { config, url }: Asked, signal: AbortSignal): Promise<Registered> {
	const { RED, node, settings, registration } = parts;
	const store = stateStoreOf(RED, node, undefined);
	const connection = config.connect({ signal, maxTotalWaitMs: CALL_WAIT_MS });
	const before = readRegistered(await store.load());
	// Deliveries of a registration from before are taken at once, also while Casso's API does not answer.
	if (before?.url === url) registration.tokenHash = before.tokenHash;
	if (
		before &&
		before.url === url &&
		before.isIncomeOnly === settings.isIncomeOnly &&
		(await isStillThere(connection, before))
	)
		return before;
	if (before && before.url !== url) warnOfOther(RED, before.webhookId);
	// A lost answer of an earlier attempt must not leave a second webhook behind.
	await deleteWebhooksByUrl(connection, url);
	const token = makeSecureToken();
	// Known before Casso knows it: its first delivery may come before its answer.
	registration.tokenHash = hashSecureToken(token);
	return await create(connection, store, { url, secureToken: token, incomeOnly: settings.isIncomeOnly });
}

async function create(connection: CassoConnection, store: StateStore, input: WebhookInput): Promise<Registered> {
	const { id } = await createWebhook(connection, input);
	const registered: Registered = {
		webhookId: id,
		tokenHash: hashSecureToken(input.secureToken),
		url: input.url,
		isIncomeOnly: input.incomeOnly,
	};
	await store.save(registered);
	return registered;
}

async function isStillThere(connection: CassoConnection, { webhookId, url }: Registered): Promise<boolean> {
	try {
		return (await getWebhook(connection, webhookId)).url === url;
	} catch (error) {
		ignoreNotFound(error);
		return false;
	}
}

/** @throws ParameterError where Casso could not reach it */
function addressOf({ settings, hooks, path }: RegistrationParts, connection: CassoConnection): string {
	return `${checkPublicUrl(settings.publicUrl, connection)}${hooks.publicPath(path)}`;
}

/** @throws ParameterError where Casso could not reach the address; this machine is allowed when Casso is on it, too */
function checkPublicUrl(publicUrl: string, { baseUrl }: CassoConnection): string {
	const address = publicUrl.replace(/\/+$/, '');
	const hint = 'Enter the address under which the Internet sees this Node-RED, e.g. https://till.example.com.';
	if (!/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/i.test(address) || !URL.canParse(address)) {
		throw new ParameterError('publicUrl', 'The public address is missing or not a web address', hint);
	}
	if (isLoopback(baseUrl) || findAddressProblem(address) === undefined) return address;
	throw new ParameterError('publicUrl', 'Casso cannot reach the public address: it must be https and public', hint);
}

function isLoopback(url: string): boolean {
	return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(new URL(url).hostname);
}

/**
 * For a node that was deleted or disabled; close does not wait for it. What the node was doing has been aborted, and is
 * waited for: it may have been cut off before it learnt which webhook is its own, so that goes by id and by address.
 */
function unregister({ RED, node }: RegistrationParts, { config, url }: Asked, running: Promise<unknown>): void {
	const work = async (): Promise<void> => {
		await running.catch(() => undefined);
		const store = stateStoreOf(RED, node, undefined);
		const registered = readRegistered(await store.load());
		await store.save({});
		const connection = config.connect({ signal: AbortSignal.timeout(CALL_WAIT_MS) });
		const other = await deleteOwnWebhook(connection, registered?.webhookId, url);
		if (other) warnOfOther(RED, other.id);
	};
	guard(work(), () => {
		RED.log.warn("[saoke] This node's webhook could not be removed from Casso: remove it in Casso's dashboard.");
	});
}

/** It may belong to the installation that this one was copied from. */
function warnOfOther(RED: NodeRed, webhookId: number): void {
	RED.log.warn(
		`[saoke] Webhook ${webhookId} at Casso points to another address than this node and is left alone: remove it in Casso's dashboard if nothing uses it.`,
	);
}

function ignoreNotFound(error: unknown): void {
	if (!isNotFound(error)) throw error;
}

function readRegistered(stored: unknown): Registered | undefined {
	const { webhookId, tokenHash, url, isIncomeOnly } = (stored ?? {}) as Partial<Record<keyof Registered, unknown>>;
	const isWhole = typeof webhookId === 'number' && typeof tokenHash === 'string' && typeof url === 'string';
	return isWhole ? { webhookId, tokenHash, url, isIncomeOnly: isIncomeOnly === true } : undefined;
}
