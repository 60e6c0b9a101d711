/** Installs the pinned Node-RED that the in-process tests load, once. */
import { Progress } from '../../hosts/progress';
import { installNodeRed } from '../../hosts/nodeRed';

async function setUp(): Promise<void> {
	await installNodeRed(5, new Progress());
}

module.exports = setUp;
