/** The Node-RED package: its size, and how long either half of it takes to load. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { NODE_RED_PACKAGE } from '../hosts/nodeRed';
import { node24, ROOT } from '../hosts/paths';
import { packPackages, getTarball } from '../hosts/tarball';
import { openBrowser } from '../test/e2e/harness/browser';
import { prepareHosts, startTestHost } from '../test/e2e/harness/nodeRedHost';
import { median } from './median';
import type { BenchResult } from './result';

const ROUNDS = 5;

export async function run(): Promise<BenchResult[]> {
	packPackages();
	await prepareHosts(5);
	return [packedSize(), runtimeLoad(), await editorLoad()];
}

function packedSize(): BenchResult {
	const kilobytes = statSync(getTarball(NODE_RED_PACKAGE)).size / 1000;
	return {
		name: 'Node-RED package: packed, against the most it may be',
		ours: kilobytes,
		peer: 195,
		unit: 'kB',
		ratio: kilobytes / 195,
		goal: 'under 195 kB',
		pass: kilobytes < 195,
	};
}

/** Loading the bundle in a fresh process, against got alone, which it contains. */
function runtimeLoad(): BenchResult {
	const bundle = path.join(ROOT, 'packages', 'node-red-saoke', 'dist', 'saoke.js');
	const ours = median(Array.from({ length: ROUNDS }, () => readTime(`require(${JSON.stringify(bundle)})`)));
	const got = pathToFileURL(require.resolve('got')).href;
	const peer = median(Array.from({ length: ROUNDS }, () => readTime(`await import(${JSON.stringify(got)})`)));
	return {
		name: 'Node-RED package: loading the runtime half, median of 5, against got alone',
		ours,
		peer,
		unit: 'ms',
		ratio: ours / peer,
		goal: 'under 100 ms',
		pass: ours < 100,
	};
}

/** Taking in the editor half of all eight types, against the core's own nodes, in a real browser. */
async function editorLoad(): Promise<BenchResult> {
	const host = await startTestHost(5);
	const browser = await openBrowser();
	try {
		const all = await (await fetch(`${host.url}/nodes`, { headers: { accept: 'text/html' } })).text();
		const blocks = all.split(/(?=<!-- --- \[red-module:)/);
		const isOurs = (block: string): boolean => block.includes(`[red-module:${NODE_RED_PACKAGE}/`);
		const isCore = (block: string): boolean => block.includes('[red-module:node-red/');
		const theirs: number[] = [];
		const own: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const page = await emptyEditor(browser, host.url);
			theirs.push(await takeIn(page, blocks.filter(isCore).join('\n')));
			own.push(await takeIn(page, blocks.filter(isOurs).join('\n')));
			await page.close();
		}
		const [ours, peer] = [median(own), median(theirs)];
		return {
			name: 'Node-RED package: loading the editor half, median of 5, against the core nodes',
			ours,
			peer,
			unit: 'ms',
			ratio: ours / peer,
			goal: 'under 100 ms',
			pass: ours < 100,
		};
	} finally {
		await browser.close();
		await host.dispose();
	}
}

/** The editor without any node. */
async function emptyEditor(browser: Browser, url: string): Promise<Page> {
	const page = await browser.newPage();
	await page.route('**/nodes*', async (route) => {
		const isHtml = (route.request().headers().accept ?? '').includes('text/html');
		await (isHtml ? route.fulfill({ contentType: 'text/html', body: '' }) : route.continue());
	});
	await page.goto(url);
	await page.waitForFunction('typeof RED !== "undefined" && RED.nodes && typeof $ !== "undefined"');
	return page;
}

/** What the editor does with the nodes' HTML; in ms. */
async function takeIn(page: Page, html: string): Promise<number> {
	return await page.evaluate(
		`(() => { const html = ${JSON.stringify(html)}; const started = performance.now(); $('body').append(html); return performance.now() - started; })()`,
	);
}

function readTime(code: string): number {
	const script = `(async () => { const started = performance.now(); ${code}; console.log(performance.now() - started); })()`;
	return Number(execFileSync(node24(), ['-e', script], { encoding: 'utf8' }));
}
