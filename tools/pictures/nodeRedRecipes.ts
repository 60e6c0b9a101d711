/** The recipes for Node-RED in its editor, with the nodes of others in place, as they look once they are imported. */
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ROOT } from '../../hosts/paths';
import { packPackages } from '../../hosts/tarball';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { openBrowser } from '../../test/e2e/harness/browser';
import { prepareHosts, type TestHost } from '../../test/e2e/harness/nodeRedHost';
import {
	installRecipeNodes,
	nodeRedRecipes as recipeFiles,
	readNodeRedRecipe,
	startRecipeHost,
} from '../../test/e2e/harness/nodeRedRecipes';
import { save } from './save';

/** Where a node of others that cannot be installed here has its stand-in. */
const STAND_INS = path.join(ROOT, 'test', 'services', 'nodes');
/** What a node says of itself while nothing is set up yet. */
const WITHOUT_STATUS = '.red-ui-flow-node-status-group, .red-ui-notification { visibility: hidden !important }';
/** Pixels around the canvas for what else the editor shows. */
const SIDEBARS = 800;

export async function nodeRedRecipes(): Promise<void> {
	packPackages();
	await prepareHosts(5);
	await installRecipeNodes();
	const host = await startRecipeHost({ settings: { nodesDir: [STAND_INS] } });
	const browser = await openBrowser();
	try {
		for (const file of recipeFiles()) await takePicture(file, host, browser);
	} finally {
		await browser.close();
		await host.dispose();
	}
}

async function takePicture(file: string, host: TestHost, browser: Browser): Promise<void> {
	const nodes = readNodeRedRecipe(file);
	await host.api.deploy(nodes);
	const [width, height] = [reach(nodes, 'x') + 130, reach(nodes, 'y') + 50];
	const page = await browser.newPage({ viewport: { width: width + SIDEBARS, height: height + SIDEBARS } });
	await page.goto(`${host.url}/#flow/${nodes.find(({ type }) => type === 'tab')?.id ?? ''}`);
	await page.locator('.red-ui-flow-node').first().waitFor();
	await page.addStyleTag({ content: WITHOUT_STATUS });
	const chart = await page.locator('#red-ui-workspace-chart').boundingBox();
	const clip = { x: chart?.x ?? 0, y: chart?.y ?? 0, width, height };
	await save(
		{ screenshot: async (options) => await page.screenshot({ ...options, clip }) },
		`node-red-${file.replace('.json', '')}`,
	);
	await page.close();
}

/** Where the last node stands, in pixels from the left or from above. */
function reach(nodes: readonly FlowNode[], axis: 'x' | 'y'): number {
	return Math.max(...nodes.map((node) => (typeof node[axis] === 'number' ? node[axis] : 0)));
}
