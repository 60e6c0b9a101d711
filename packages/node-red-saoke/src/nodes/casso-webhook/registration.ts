/** Registers the node's address with Casso and keeps the registration across redeploys and restarts. */
import {
	createWebhook,
	deleteWebhooksByUrl,
	findAddressProblem,
	getWebhook,
	hashSecureToken,
	isNotFound,
	makeSecureToken,
	ParameterError,
	type CassoConnection,
} from '@saoke/core';
import { toFlowError } from '../../host/FlowError';
import { runInBackground } from '../../host/runInBackground';
import { getLifetime, type Lifetime } from '../../host/lifetime';
import { showFailure, showReady, showRetry } from '../../host/nodeStatus';
import type { HostNode, NodeRed } from '../../host/nodeRed';
import type { Services } from '../../host/services';
import type { WebhookTable } from '../../webhook/webhookTable';
import { getCassoConfig, type CassoConfigNode } from '../casso-config/runtime';
import { CALL_WAIT_MS, retryWaitMs, type Registered, type Registrations } from './registrations';
import type { WebhookSettings } from './settings';

export interface RegistrationParts {
	RED: NodeRed;
	node: HostNode;
	services: Services;
	settings: WebhookSettings;
	path: string;
	hooks: WebhookTable;
	registrations: Registrations;
	registration: { tokenHash: string | undefined };
}

/** Somebody may remove the webhook, or point it elsewhere, in Casso's dashboard or with the API key. */
const CHECK_EVERY_MS = 3_600_000;

/** Runs in the background: registers, and looks now and then whether the registration still holds. */
export function startRegistration(parts: RegistrationParts): void {
	const { RED, node, services, settings, registrations } = parts;
	const lifetime = getLifetime(node);
	const url = getAddress(parts);
	registrations.want(node.id, url);
	const run = async (): Promise<void> => {
		let failures = 0;
		let isRegistered = false;
		while (!lifetime.isOver) {
			try {
				const isNew = await register(parts, getCassoConfig(RED, settings.casso), url, lifetime);
				if (lifetime.isOver) return;
				if (isRegistered && isNew) node.warn(REGISTERED_AGAIN);
				if (!isRegistered || failures > 0) showReady(RED, node, 'registered');
				isRegistered = true;
				failures = 0;
				await services.sleep(CHECK_EVERY_MS, lifetime.signal);
			} catch (error) {
				if (lifetime.isOver || !(await waitForRetry(parts, lifetime, error, ++failures))) return;
			}
		}
	};
	// Delayed, so that Catch nodes have started.
	const running = services.sleep(50, lifetime.signal).then(run, () => undefined);
	runInBackground(running, (error) => {
		node.error(toFlowError(error), {});
	});
}

const REGISTERED_AGAIN =
	'The webhook was no longer at Casso, or pointed to another address: it has been registered again.';

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
	const waitMs = retryWaitMs(attempt, services.random());
	showRetry(node, services.now() + waitMs);
	await services.sleep(waitMs, lifetime.signal).catch(() => undefined);
	return true;
}

/** @returns true if the webhook was made, false if it was there as it should be */
async function register(
	parts: RegistrationParts,
	config: CassoConfigNode,
	url: string,
	lifetime: Lifetime,
): Promise<boolean> {
	const { registrations, registration, settings } = parts;
	const reading = config.connect({ signal: lifetime.signal, maxTotalWaitMs: CALL_WAIT_MS });
	checkReachable(settings.publicUrl, reading);
	// Accept deliveries of an earlier registration immediately, even while Casso's API does not answer.
	registration.tokenHash = (await registrations.find(url))?.tokenHash;
	return await registrations.inTurn(url, async () => {
		const before = await registrations.find(url);
		if (lifetime.isOver || (before && (await isStillRight(reading, before, parts, config)))) return false;
		if (lifetime.isOver) return false;
		if (before && before.cassoId !== config.id) await leave(parts, before);
		// If the response to an earlier attempt was lost, its webhook must not remain.
		const changing = registrations.connect(config);
		await deleteWebhooksByUrl(changing, url);
		await create(parts, changing, {
			url,
			isIncomeOnly: settings.isIncomeOnly,
			nodeId: parts.node.id,
			cassoId: config.id,
		});
		return true;
	});
}

async function create(
	parts: RegistrationParts,
	connection: CassoConnection,
	wanted: Omit<Registered, 'tokenHash' | 'webhookId'>,
): Promise<void> {
	const { node, registrations, registration } = parts;
	const secureToken = makeSecureToken();
	const record = { ...wanted, tokenHash: hashSecureToken(secureToken) };
	const keep = async (known: Registered): Promise<void> => {
		await registrations.keep(known).catch((error: unknown) => node.warn(toFlowError(error).message));
	};
	// Stored before the request: the first delivery may arrive before the response, and the response may be lost.
	registration.tokenHash = record.tokenHash;
	await keep(record);
	const input = { url: record.url, secureToken, incomeOnly: record.isIncomeOnly };
	const { id } = await createWebhook(connection, input);
	await keep({ ...record, webhookId: id });
}

/** The webhook belonged to another connection: it is removed there if that still works. */
async function leave({ node, registrations }: RegistrationParts, before: Registered): Promise<void> {
	await registrations.remove(before).catch((error: unknown) => {
		node.warn(`The webhook of the previous connection could not be removed: ${toFlowError(error).message}`);
	});
}

async function isStillRight(
	connection: CassoConnection,
	{ webhookId, url, isIncomeOnly, cassoId }: Registered,
	{ settings }: RegistrationParts,
	config: CassoConfigNode,
): Promise<boolean> {
	if (webhookId === undefined || isIncomeOnly !== settings.isIncomeOnly || cassoId !== config.id) return false;
	try {
		return (await getWebhook(connection, webhookId)).url === url;
	} catch (error) {
		if (isNotFound(error)) return false;
		throw error;
	}
}

/** Address for Casso to call. */
function getAddress({ settings, hooks, path }: RegistrationParts): string {
	return `${settings.publicUrl.replace(/\/+$/, '')}${hooks.publicPath(path)}`;
}

/**
 * @throws ParameterError if Casso could not reach the address (this machine is allowed when Casso is on it, too), and for a
 *         password in it, which Casso, the exported flow and the log would show
 */
function checkReachable(publicUrl: string, { baseUrl }: CassoConnection): void {
	const address = publicUrl.replace(/\/+$/, '');
	const hint = 'Enter the public address of this Node-RED, e.g. https://till.example.com.';
	if (!/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i.test(address) || !URL.canParse(address)) {
		const message = 'The public address is missing, not a web address, or contains a user and a password';
		throw new ParameterError('publicUrl', message, hint);
	}
	if (isLoopback(baseUrl) || findAddressProblem(address) === undefined) return;
	throw new ParameterError('publicUrl', 'Casso cannot reach the public address: it must be https and public', hint);
}

function isLoopback(url: string): boolean {
	return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(new URL(url).hostname);
}
