/** What Node-RED loads: one function that registers the nodes, with got as their HTTP client. */
import { version } from '../package.json';
import type { NodeRed } from './host/nodeRed';
import { sleep } from './host/sleep';
import { makeLazyClient } from './http/lazyClient';
import { register } from './register';

const start = (RED: NodeRed): void => {
	register(RED, {
		makeHttpClient: () =>
			makeLazyClient(async () => (await import('./http/gotTransport')).makeGotClient(`saoke-node-red/${version}`)),
		now: () => Date.now(),
		steadyNow: () => performance.now(),
		random: () => Math.random(),
		sleep,
	});
};

export = start;
