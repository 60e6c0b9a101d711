/** Puts a packed package into n8n's folder for community packages, as a real installation would leave it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT, TARBALL_DIR } from './paths';

/** Builds and packs every package again. */
export function packPackages(): void {
	gulp('package');
}

/** Packs every package as it is built. */
export function packBuilt(): void {
	gulp('pack');
}

function gulp(task: string): void {
	execFileSync(process.execPath, [path.join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js'), task, '--silent'], {
		cwd: ROOT,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
}

/**
 * @param name package name, e.g. `n8n-nodes-casso`
 * @returns path of its tarball
 * @throws Error if it was not packed
 */
export function getTarball(name: string): string {
	const plain = name.replace(/^@/, '').replace('/', '-');
	const pattern = new RegExp(`^${plain}-\\d.*\\.tgz$`);
	const file = existsSync(TARBALL_DIR) ? readdirSync(TARBALL_DIR).find((entry) => pattern.test(entry)) : undefined;
	if (!file) throw new Error(`There is no tarball of ${name}: run npm run package first.`);
	return path.join(TARBALL_DIR, file);
}

/** @param userFolder n8n's user folder */
export function installIntoN8n(userFolder: string, name: string): void {
	const target = path.join(userFolder, '.n8n', 'nodes', 'node_modules', name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	execFileSync('tar', ['-xzf', getTarball(name), '-C', target, '--strip-components=1']);
	const { name: unpacked } = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8')) as { name: string };
	if (unpacked !== name) throw new Error(`The tarball of ${name} holds ${unpacked}`);
}
