/** Where a node keeps what must survive a redeploy and a restart: a context store by name, or a file. */
import { ParameterError } from '@saoke/core';
import type { HostNode, NodeRed } from './nodeRed';
import { StateFile } from './stateFile';

export interface StateStore {
	load(): Promise<unknown>;
	save(state: unknown): Promise<void>;
}

/**
 * @param store name of a context store of settings.js; empty takes a file under the user directory. The default context
 *              of a node is never used: Node-RED empties it at every redeploy.
 * @throws ParameterError where the store does not exist, or there is no user directory
 */
export function stateStoreOf(RED: NodeRed, node: HostNode, store: string | undefined): StateStore {
	if (store) return contextStore(RED, node, store);
	const { userDir } = RED.settings;
	if (userDir) return new StateFile(userDir, node.id);
	throw new ParameterError(
		'store',
		'Node-RED has no user directory to keep the state in',
		'Choose a context store that is kept on disk.',
	);
}

function contextStore(RED: NodeRed, node: HostNode, store: string): StateStore {
	if (!Object.hasOwn(RED.settings.contextStorage ?? {}, store)) {
		const hint = 'Choose another one, or add it to contextStorage in settings.js.';
		throw new ParameterError('store', `Node-RED has no context store "${store}"`, hint);
	}
	const key = `saoke_${node.id.replace(/[^A-Za-z0-9]/g, '_')}`;
	const { global } = node.context();
	return {
		load: async () =>
			await new Promise((resolve, reject) => {
				global.get(key, store, (error, value) => (error ? reject(failed(store)) : resolve(value)));
			}),
		save: async (state) =>
			await new Promise<void>((resolve, reject) => {
				global.set(key, state, store, (error) => (error ? reject(failed(store)) : resolve()));
			}),
	};
}

function failed(store: string): ParameterError {
	return new ParameterError('store', `The context store "${store}" did not answer`, 'See the log of Node-RED.');
}
