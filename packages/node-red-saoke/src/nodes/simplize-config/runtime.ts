/** Node `simplize-config`: key, secret, address and signing rule of a partner of Simplize. */
import {
	checkBaseUrl,
	checkProfile,
	checkRecvWindow,
	makeSigningTransport,
	ParameterError,
	type SimplizeConnection,
	type SigningKeys,
	type SigningProfile,
} from '@saoke/core';
import { getCredential, getSettings } from '../../host/configured';
import type { HostNode, NodeProperties, NodeRed } from '../../host/nodeRed';
import type { HttpClient, Services } from '../../host/services';
import { getSecrets, type ConnectOptions } from '../casso-config/runtime';

interface SimplizeConfigProperties extends NodeProperties {
	baseUrl?: string;
	recvWindow?: string;
	signaturePayload?: string;
	signatureEncoding?: string;
}

export interface SimplizeAccess extends Omit<SimplizeConfigProperties, keyof NodeProperties> {
	apiKey: string | undefined;
	apiSecret: string | undefined;
}

/** A connection, and how it signs: the check of the service has to know. */
export interface SignedConnection extends SimplizeConnection {
	profile: SigningProfile;
}

export interface SimplizeConfigNode extends HostNode {
	/** @throws ParameterError when key or secret is missing, or the address or a signing option is unusable */
	connect(options: ConnectOptions): SignedConnection;
}

export function registerSimplizeConfig(RED: NodeRed, services: Services): void {
	RED.nodes.registerType(
		'simplize-config',
		function (this: SimplizeConfigNode, properties: SimplizeConfigProperties) {
			RED.nodes.createNode(this, properties);
			const client = services.makeHttpClient();
			this.connect = (options) => connectSimplize(client, services, getAccess(RED, this, properties), options);
			this.on('close', (_removed, done) => {
				client.close();
				done();
			});
		},
		{ credentials: { apiKey: { type: 'password' }, apiSecret: { type: 'password' } } },
	);
}

/** @throws ParameterError when none is chosen, or it is disabled or gone */
export function getSimplizeConfig(RED: NodeRed, id: string | undefined): SimplizeConfigNode {
	const node = RED.nodes.getNode(id);
	if (node?.type === 'simplize-config') return node as SimplizeConfigNode;
	throw new ParameterError(
		'simplize',
		'No Simplize connection is chosen',
		'Open the node and choose or add a Simplize connection.',
	);
}

/** @throws ParameterError when key or secret is missing, or the address or a signing option is unusable */
export function connectSimplize(
	client: HttpClient,
	services: Services,
	access: SimplizeAccess,
	{ signal, onPause, maxTotalWaitMs }: ConnectOptions,
): SignedConnection {
	const keys = getKeys(access);
	const now = (): number => services.now();
	return {
		baseUrl: checkBaseUrl(access.baseUrl, undefined, 'https://partner.example.com'),
		recvWindow: keys.recvWindow,
		profile: keys.profile,
		secrets: getSecrets(keys.apiKey, keys.apiSecret),
		transport: makeSigningTransport(async (request) => await client.send(request, signal), keys, now),
		runtime: {
			now,
			random: () => services.random(),
			sleep: async (ms) => {
				onPause?.(ms);
				await services.sleep(ms, signal);
			},
			maxTotalWaitMs,
		},
	};
}

/** The secret is used exactly as it is, white space included. */
function getKeys({ apiKey, apiSecret, ...settings }: SimplizeAccess): SigningKeys {
	const missing = (parameter: string, what: string): ParameterError =>
		new ParameterError(
			parameter,
			`The Simplize connection has no ${what}`,
			`Open the connection and enter the ${what} from Simplize.`,
		);
	if (!apiKey) throw missing('apiKey', 'API key');
	if (!apiSecret) throw missing('apiSecret', 'API secret');
	return {
		apiKey,
		apiSecret,
		recvWindow: checkRecvWindow(settings.recvWindow),
		profile: checkProfile(settings.signaturePayload, settings.signatureEncoding),
	};
}

function getAccess(RED: NodeRed, node: HostNode, stored: SimplizeConfigProperties): SimplizeAccess {
	const { baseUrl, recvWindow, signaturePayload, signatureEncoding } = getSettings(RED, node, stored);
	const apiKey = getCredential(RED, node, 'apiKey');
	const apiSecret = getCredential(RED, node, 'apiSecret');
	return { baseUrl, recvWindow, signaturePayload, signatureEncoding, apiKey, apiSecret };
}
