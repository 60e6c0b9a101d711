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

export async function openBrowser(): Promise<Browser> {
	// --single-process ends the whole browser with the first page that is closed.
	const args = [...sparticuz.args.filter((arg) => arg !== '--single-process'), ...QUIET];
	return await chromium.launch({ executablePath: await sparticuz.executablePath(), args, headless: true });
}

/** Takes a picture for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
	mkdirSync(PICTURES, { recursive: true });
	await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
}
