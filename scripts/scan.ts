/**
 * n8n's own scan of community packages, run before publishing: on the source tree and on the packed tarball,
 * with no inline disables, and with warnings counted as failures.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ESLint } from 'eslint';

const ROOT = path.resolve(__dirname, '..');
const PACKAGES = ['.', 'packages/n8n-nodes-simplize'].filter((folder) => existsSync(path.join(ROOT, folder, 'package.json')));

interface Scanner {
	buildScanConfig: () => Promise<ESLint.Options['overrideConfig']>;
	SOURCE_FILE_PATTERNS: string[];
}

async function scan(label: string, dir: string, patterns: string[], scanner: Scanner): Promise<boolean> {
	const eslint = new ESLint({
		cwd: dir,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await scanner.buildScanConfig(),
		errorOnUnmatchedPattern: false,
	});
	const results = await eslint.lintFiles(patterns);
	const count = results.reduce((sum, result) => sum + result.errorCount + result.warningCount, 0);
	console.log(`${count === 0 ? 'ok  ' : 'FAIL'} ${label}: ${results.length} files, ${count} errors and warnings`);
	if (count > 0) console.log(await (await eslint.loadFormatter('stylish')).format(results));
	return count === 0 && results.length > 0;
}

/** Packs the package and unpacks the tarball into a folder of its own. */
function unpackTarball(packageDir: string): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'saoke-scan-'));
	execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: packageDir });
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error('npm pack made no tarball');
	execFileSync('tar', ['-xzf', path.join(folder, tarball), '-C', folder]);
	symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
	return folder;
}

async function main(): Promise<void> {
	const scanner = (await import('@n8n/scan-community-package/scanner/scanner.mjs' as string)) as Scanner;
	let isClean = true;
	for (const folder of PACKAGES) {
		const dir = path.join(ROOT, folder);
		isClean = (await scan(`${folder} source`, dir, scanner.SOURCE_FILE_PATTERNS, scanner)) && isClean;
		const unpacked = unpackTarball(dir);
		const tarballDir = path.join(unpacked, 'package');
		isClean = (await scan(`${folder} tarball`, tarballDir, ['**/*.js', 'package.json'], scanner)) && isClean;
		rmSync(unpacked, { recursive: true });
	}
	if (!isClean) process.exitCode = 1;
}

void main();
