/** Storage for state that must survive a redeploy and a restart: a named context store, or a file. */
import { ParameterError } from '@saoke/core';
import type { HostNode, NodeRed } from './nodeRed';
import { StateError } from './StateError';
import { StateFile } from './stateFile';
import { getFormerIds, getRuntimePaths } from './subflows';

export interface StateStore {
	load(): Promise<unknown>;
	save(state: unknown): Promise<void>;
	remove(): Promise<void>;
}

/** @returns names of the context stores that are kept only in memory */
export function getForgetfulStores(RED: NodeRed): string[] {
	const stores = Object.entries(RED.settings.contextStorage ?? { default: 'memory', memory: 'memory' });
	const isForgetful = (store: unknown): boolean => {
		if (typeof store === 'object' && store !== null) return (store as { module?: unknown }).module === 'memory';
		// A name is that of another store, or of a module.
		const other = stores.find(([name, value]) => name === store && value !== store)?.[1];
		return other === undefined ? store === 'memory' : isForgetful(other);
	};
	return stores.filter(([, store]) => isForgetful(store)).map(([name]) => name);
}

/**
 * @param store name of a context store of settings.js; empty takes a file under the user directory. The default context
 *              of a node is never used: Node-RED empties it at every redeploy.
 * @returns the store of this node; what it kept before it was moved into a subflow is taken over
 * @throws ParameterError if the store does not exist, or there is no user directory
 */
export function getStateStore(RED: NodeRed, node: HostNode, store: string | undefined): StateStore {
	const own = getStore(RED, node, store, node.id);
	return {
		load: async () => {
			const state = await own.load();
			return state === undefined ? await takeOver(RED, node, store, own) : state;
		},
		save: async (state) => await own.save(state),
		remove: async () => await own.remove(),
	};
}

/** Moved, not copied: a second instance of the subflow starts like any new node. */
async function takeOver(RED: NodeRed, node: HostNode, store: string | undefined, own: StateStore): Promise<unknown> {
	for (const id of getFormerIds(getRuntimePaths(RED), node.id)) {
		const former = getStore(RED, node, store, id);
		const state = await former.load();
		if (state === undefined) continue;
		await own.save(state);
		await former.remove();
		return state;
	}
	return undefined;
}

function getStore(RED: NodeRed, node: HostNode, store: string | undefined, id: string): StateStore {
	if (store) return contextStore(RED, node, store, id);
	const { userDir } = RED.settings;
	if (userDir) return new StateFile(userDir, id);
	throw new ParameterError(
		'store',
		'Node-RED has no user directory to keep the state in',
		'Choose a context store that is kept on disk.',
	);
}

function contextStore(RED: NodeRed, node: HostNode, store: string, id: string): StateStore {
	if (!Object.hasOwn(RED.settings.contextStorage ?? {}, store)) {
		const hint = 'Choose another one, or add it to contextStorage in settings.js.';
		throw new ParameterError('store', `Node-RED has no context store "${store}"`, hint);
	}
	const key = `saoke_${id.replace(/[^A-Za-z0-9]/g, '_')}`;
	const { global } = node.context();
	const set = async (state: unknown): Promise<void> =>
		await new Promise<void>((resolve, reject) => {
			global.set(key, state, store, (error) => (error ? reject(failed('written to', store, error)) : resolve()));
		});
	return {
		load: async () =>
			await new Promise((resolve, reject) => {
				global.get(key, store, (error, value) => (error ? reject(failed('read from', store, error)) : resolve(value)));
			}),
		save: set,
		remove: async () => await set(undefined),
	};
}

function failed(doing: string, store: string, error: unknown): StateError {
	return new StateError(`${doing} the context store "${store}"`, error, 'See the log of Node-RED.');
}
