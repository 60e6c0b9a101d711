/** Installs a pinned host (n8n, Node-RED) from its own lock file, once, and shows how far it is. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Progress } from './progress';

const MARK = '.saoke-installed';
const REPORT_MS = 5_000;

/**
 * @param folder folder with package.json and package-lock.json
 * @param name for people
 * @returns ms it took; 0 if it was installed already
 * @throws Error with npm's last lines when npm fails
 */
export async function installOnce(folder: string, name: string, progress: Progress): Promise<number> {
	const wanted = fingerprint(folder);
	const mark = path.join(folder, 'node_modules', MARK);
	if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return 0;
	const startedMs = Date.now();
	const expected = packagesInLock(folder);
	progress.step(`Installing ${name} (${expected} packages; only the first time)`);
	const timer = setInterval(
		() => {
			progress.update(`${name}: ${Math.min(installedPackages(folder), expected)} of ${expected} packages in place`);
		},
		process.stdout.isTTY ? 1_000 : REPORT_MS,
	);
	try {
		await npmInstall(folder);
	} finally {
		clearInterval(timer);
	}
	writeFileSync(mark, wanted);
	const tookMs = Date.now() - startedMs;
	progress.step(`Installed ${name} in ${(tookMs / 1000).toFixed(0)} s`);
	return tookMs;
}

/** A change of what is pinned makes a new installation. */
function fingerprint(folder: string): string {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(path.join(folder, file)));
	return hash.digest('hex');
}

/** Packages that npm puts into the top folder on every platform. */
export function packagesInLock(folder: string): number {
	const lock = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { optional?: boolean; link?: boolean }>;
	};
	return Object.entries(lock.packages).filter(
		([place, entry]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(place) && !entry.optional,
	).length;
}

/** npm makes every folder at once and fills them one by one, so what counts is the manifest inside. */
function installedPackages(folder: string): number {
	const root = path.join(folder, 'node_modules');
	if (!existsSync(root)) return 0;
	const names = readdirSync(root).flatMap((name) =>
		name.startsWith('@') ? readdirSync(path.join(root, name)).map((inner) => path.join(name, inner)) : [name],
	);
	return names.filter((name) => existsSync(path.join(root, name, 'package.json'))).length;
}

/** @throws Error with npm's last lines when npm fails */
export async function npmInstall(folder: string): Promise<void> {
	const child = spawn('npm', ['install', '--no-progress', '--loglevel=error'], {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	let tail = '';
	const keep = (chunk: Buffer): void => {
		tail = (tail + chunk.toString()).slice(-3_000);
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code !== 0) throw new Error(`npm install in ${path.basename(folder)} ended with ${code ?? 'a signal'}:\n${tail}`);
}
