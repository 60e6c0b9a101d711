/** Node `casso-webhook`: receives Casso's deliveries, signed and legacy, at its own path and passes on new transactions. */
import { ParameterError } from '@saoke/core';
import { ThrottledStatus } from '../../host/throttledStatus';
import { getSettings } from '../../host/configured';
import { toFlowError } from '../../host/FlowError';
import { getLifetime } from '../../host/lifetime';
import { showFailure, showReady, statusText, type StatusKey } from '../../host/nodeStatus';
import type { HostNode, NodeRed } from '../../host/nodeRed';
import type { Services } from '../../host/services';
import { getWebhookTable, type HookHandler, type WebhookTable } from '../../webhook/webhookTable';
import { checkPath, isAdminPath } from '../../webhook/routePath';
import { makeReceiver } from './receive';
import { startRegistration } from './registration';
import { Registrations } from './registrations';
import { forgetRepeats, getRepeats } from './repeats';
import { readSecrets, readSettings, type CassoWebhookProperties, type WebhookSettings } from './settings';

export function registerCassoWebhook(RED: NodeRed, services: Services): void {
	const hooks = getWebhookTable(RED);
	// After the webhook table: a node that takes over a path must claim its address before unused ones are removed.
	const registrations = new Registrations(RED, services);
	const password = { type: 'password' } as const;
	RED.nodes.registerType(
		'casso-webhook',
		function (this: HostNode, properties: CassoWebhookProperties) {
			RED.nodes.createNode(this, properties);
			if (properties.register) registrations.want(this.id, undefined);
			getLifetime(this, () => registrations.forget(this.id));
			try {
				start(RED, services, hooks, registrations, this, readSettings(getSettings(RED, this, properties)));
			} catch (error) {
				refuseAll(RED, hooks, this, properties);
				showFailure(this, error);
				report(this, error);
			}
		},
		{
			credentials: {
				securityKey: password,
				previousSecurityKey: password,
				secureToken: password,
				previousSecureToken: password,
			},
		},
	);
}

function start(
	RED: NodeRed,
	services: Services,
	hooks: WebhookTable | undefined,
	registrations: Registrations,
	node: HostNode,
	settings: WebhookSettings,
): void {
	const problem = (key: StatusKey, message: string, hint: string): void => {
		node.status({ fill: 'red', shape: 'ring', text: statusText(key) });
		report(node, new ParameterError('path', message, hint));
	};
	if (!hooks) {
		problem(
			'noPublicRoutes',
			'Node-RED serves no public routes, so Casso cannot reach this node',
			'Remove httpNodeRoot: false from settings.js.',
		);
		return;
	}
	const path = checkPath(settings.path);
	if (path === undefined) {
		problem('badSetting', 'The path is empty or contains an invalid character', 'Enter a path such as /casso/orders.');
		return;
	}
	if (isAdminPath(hooks.publicPath(path), RED.settings.httpAdminRoot)) {
		problem('adminPath', `The path ${path} is used by Node-RED's editor`, 'Enter a path such as /casso/orders.');
		return;
	}
	const secrets = readSecrets(RED, node, settings);
	if (!secrets.hasAny && !settings.isRegistered) {
		throw new ParameterError(
			'secret',
			'No security key or secure token is set, so deliveries cannot be verified',
			'Open the node and enter the key from Casso.',
		);
	}
	const memory = getRepeats(node.id, services);
	const registration = { tokenHash: undefined as string | undefined };
	const status = new ThrottledStatus(node, services);
	getLifetime(node, () => status.close());
	const handler = makeReceiver({ RED, node, services, settings, secrets, memory, status, registration });
	const begin = (): void => {
		warnOfHttpIn(RED, node, path);
		if (RED.settings.httpNodeAuth) {
			node.status({ fill: 'yellow', shape: 'ring', text: statusText('passwordInFront') });
			node.warn('Node-RED requires a password here (httpNodeAuth in settings.js), so Casso gets 401.');
		}
		if (settings.isRegistered)
			startRegistration({ RED, node, services, settings, path, hooks, registrations, registration });
		else showReady(RED, node, 'ready');
	};
	getLifetime(node, (removed) => {
		hooks.remove(path, handler);
		if (removed) forgetRepeats(node.id, memory);
	});
	if (hooks.add(path, handler, begin)) begin();
	else problem('duplicatePath', `Another Casso webhook already has the path ${path}`, 'Give this node another path.');
}

/** A node with invalid settings rejects deliveries with 401; Casso retries for a day. */
function refuseAll(
	RED: NodeRed,
	hooks: WebhookTable | undefined,
	node: HostNode,
	properties: CassoWebhookProperties,
): void {
	const handler: HookHandler = {
		admit: () => undefined,
		take: ({ respond }) => respond(401, { success: false }),
	};
	try {
		const path = checkPath(getSettings(RED, node, properties).path);
		if (!hooks || path === undefined || isAdminPath(hooks.publicPath(path), RED.settings.httpAdminRoot)) return;
		// It may have to wait for the path: then, too, it must not come to it after it was closed.
		getLifetime(node, () => hooks.remove(path, handler));
		hooks.add(path, handler);
	} catch {
		// The path itself is invalid, so there are no requests to reject.
	}
}

function warnOfHttpIn(RED: NodeRed, node: HostNode, path: string): void {
	RED.nodes.eachNode((other) => {
		if (other.type !== 'http in' || other.method !== 'post' || typeof other.url !== 'string') return;
		if (checkPath(other.url) === path)
			node.warn(`An "http in" node has the same path ${path}: it receives no requests while this node runs.`);
	});
}

/** While flows start, Catch nodes may not be there yet. */
function report(node: HostNode, error: unknown): void {
	setImmediate(() => {
		node.error(toFlowError(error), {});
	});
}
