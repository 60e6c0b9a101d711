/** Node `casso-config`: key and base URL, shared by the nodes that call Casso. */
import {
	CASSO_PUBLIC_BASE_URL,
	cassoAuthorization,
	checkBaseUrl,
	ParameterError,
	type CassoConnection,
	type Transport,
} from '@saoke/core';
import { getCredential, getSettings } from '../../host/configured';
import type { HostNode, NodeProperties, NodeRed } from '../../host/nodeRed';
import type { HttpClient, Services } from '../../host/services';

interface CassoConfigProperties extends NodeProperties {
	authentication?: string;
	baseUrl?: string;
}

export interface ConnectOptions {
	/** Ends requests and pauses. */
	signal: AbortSignal;
	/** Is called with the pause before the next attempt, in ms. */
	onPause?: (ms: number) => void;
	/** Maximum total wait for one call over all attempts, in ms; core's default if omitted. */
	maxTotalWaitMs?: number;
	/** Client for requests that continue after the connection's node is closed; its own client if omitted. */
	client?: HttpClient;
}

export interface CassoConfigNode extends HostNode {
	/** @throws ParameterError when the key is missing or the base URL unusable */
	connect(options: ConnectOptions): CassoConnection;
}

export interface CassoAccess {
	authentication: string | undefined;
	baseUrl: string | undefined;
	apiKey: string | undefined;
	accessToken: string | undefined;
}

export function registerCassoConfig(RED: NodeRed, services: Services): void {
	RED.nodes.registerType(
		'casso-config',
		function (this: CassoConfigNode, properties: CassoConfigProperties) {
			RED.nodes.createNode(this, properties);
			const client = services.makeHttpClient();
			this.connect = (options) =>
				connectCasso(options.client ?? client, services, getAccess(RED, this, properties), options);
			this.on('close', (_removed, done) => {
				client.close();
				done();
			});
		},
		{ credentials: { apiKey: { type: 'password' }, accessToken: { type: 'password' } } },
	);
}

/**
 * @param id of the chosen config node
 * @throws ParameterError when none is chosen, or it is disabled or gone
 */
export function getCassoConfig(RED: NodeRed, id: string | undefined): CassoConfigNode {
	const node = RED.nodes.getNode(id);
	if (node?.type === 'casso-config') return node as CassoConfigNode;
	throw new ParameterError(
		'casso',
		'No Casso connection is chosen',
		'Open the node and choose or add a Casso connection.',
	);
}

/** @throws ParameterError when the key is missing or the base URL unusable */
export function connectCasso(
	client: HttpClient,
	services: Services,
	access: CassoAccess,
	options: ConnectOptions,
): CassoConnection {
	const { signal, onPause, maxTotalWaitMs } = options;
	const baseUrl = checkBaseUrl(access.baseUrl, CASSO_PUBLIC_BASE_URL);
	const authorization = cassoAuthorization({
		authentication: access.authentication === 'accessToken' ? 'accessToken' : 'apiKey',
		apiKey: access.apiKey,
		accessToken: access.accessToken,
	});
	const transport: Transport = async (request) =>
		await client.send({ ...request, headers: { ...request.headers, authorization } }, signal);
	return {
		baseUrl,
		secrets: getSecrets(access.apiKey, access.accessToken),
		transport,
		runtime: {
			now: () => services.now(),
			random: () => services.random(),
			sleep: async (ms) => {
				onPause?.(ms);
				await services.sleep(ms, signal);
			},
			maxTotalWaitMs,
		},
	};
}

/** Masked if a service repeats them in a message. */
export function getSecrets(...values: (string | undefined)[]): string[] {
	return values.map((value) => value?.trim() ?? '').filter((value) => value !== '');
}

/** Only the secret of the chosen authentication: the other one may be outdated. */
function getAccess(RED: NodeRed, node: HostNode, properties: CassoConfigProperties): CassoAccess {
	const { authentication, baseUrl } = getSettings(RED, node, properties);
	const secret = authentication === 'accessToken' ? 'accessToken' : 'apiKey';
	return {
		apiKey: undefined,
		accessToken: undefined,
		authentication,
		baseUrl,
		[secret]: getCredential(RED, node, secret),
	};
}
