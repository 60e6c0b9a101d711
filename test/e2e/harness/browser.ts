/** A real Chromium from npm, for looking at pages as a user sees them. Pictures go to the ignored state folder. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ROOT } from '../../../hosts/paths';

export const PICTURES = path.join(ROOT, '.saoke', 'pictures');

/** Connections that a browser makes on its own account, to nobody here. */
const QUIET = [
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	'--disable-quic',
];

/**
 * Left out of the package's own choice: `--single-process` ends the whole browser with the first page that is closed, and
 * the others switch off what keeps one site's pages from another's, so that no test of an attack would mean anything.
 */
const UNWANTED = [
	'--single-process',
	'--disable-web-security',
	'--allow-running-insecure-content',
	'--disable-site-isolation-trials',
];

/** @param more flags of Chromium */
export async function openBrowser(...more: string[]): Promise<Browser> {
	const chosen = sparticuz.args
		.filter((arg) => !UNWANTED.includes(arg))
		.map((arg) => arg.replace(/,IsolateOrigins,site-per-process/, ''));
	const args = [...chosen, ...QUIET, ...more];
	return await chromium.launch({ executablePath: await sparticuz.executablePath(), args, headless: true });
}

/** Takes a picture for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
	mkdirSync(PICTURES, { recursive: true });
	await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
}
