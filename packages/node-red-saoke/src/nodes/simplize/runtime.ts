/** Node `simplize`: cash history and the other signed reads of a Simplize partner. */
import { getSettings } from '../../host/configured';
import { handleInput, type Work } from '../../host/inputNode';
import { getLifetime, type Lifetime } from '../../host/lifetime';
import type { HostNode, NodeRed } from '../../host/nodeRed';
import { onePage } from '../../host/pages';
import { readDelivery, sendSequence } from '../../host/sequence';
import type { Services } from '../../host/services';
import { showMissing } from '../../host/showMissing';
import type { ReadContext } from '../../host/typedValue';
import { getSimplizeConfig } from '../simplize-config/runtime';
import { isList, readList, readOne } from './operations';
import type { SimplizeProperties } from './settings';

export function registerSimplize(RED: NodeRed, services: Services): void {
	RED.nodes.registerType('simplize', function (this: HostNode, properties: SimplizeProperties) {
		RED.nodes.createNode(this, properties);
		const lifetime = getLifetime(this);
		showMissing(this, (signal) =>
			getSimplizeConfig(RED, getSettings(RED, this, properties).simplize).connect({ signal }),
		);
		handleInput(this, lifetime, services, async (work) => await run(RED, this, properties, services, lifetime, work));
	});
}

async function run(
	RED: NodeRed,
	node: HostNode,
	stored: SimplizeProperties,
	services: Services,
	lifetime: Lifetime,
	{ message, send, onPause }: Work,
): Promise<number> {
	const properties = getSettings(RED, node, stored);
	const connection = getSimplizeConfig(RED, properties.simplize).connect({ signal: lifetime.signal, onPause });
	const context: ReadContext = { RED, node, message, nowMs: services.now() };
	if (!isList(properties.operation)) {
		message.payload = await readOne(connection, context, properties);
		send(message);
		return 1;
	}
	const load = async (): Promise<unknown[]> => await readList(connection, context, properties);
	return await sendSequence(onePage(load), {
		RED,
		delivery: readDelivery(properties.delivery),
		message,
		send,
		pageSize: 1,
	});
}
