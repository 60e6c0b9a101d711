/** Installs the pinned Node-RED that the in-process tests load, once. */
import { Progress } from '../../demo/host/progress';
import { installNodeRed } from '../../demo/nodeRed/nodeRed';

async function setUp(): Promise<void> {
	await installNodeRed(5, new Progress());
}

module.exports = setUp;
