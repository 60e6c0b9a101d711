/** Installs a tarball as a user does: by npm, into an empty folder. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../hosts/paths';
import { getLibraries, type InstalledPackage, type PublishedPackage } from './packages';

/** `--offline`: a package without dependencies needs no registry. The other flags are those of n8n's own installation. */
const FLAGS = ['--offline', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * @param tarball path of the .tgz
 * @returns the installed package; the caller removes `home`
 * @throws Error with npm's words when it cannot be installed, e.g. because it wants another package
 */
export function installTarball(published: PublishedPackage, tarball: string): InstalledPackage {
	const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'saoke-package-')));
	writeFileSync(path.join(home, 'package.json'), '{ "private": true }\n');
	execFileSync('npm', ['install', ...FLAGS, tarball], {
		cwd: home,
		stdio: ['ignore', 'ignore', 'pipe'],
		shell: process.platform === 'win32',
	});
	// The one package that n8n itself puts beside a community package.
	if (published.host === 'n8n')
		symlinkSync(
			path.join(ROOT, 'node_modules', 'n8n-workflow'),
			path.join(home, 'node_modules', 'n8n-workflow'),
			'junction',
		);
	return {
		...published,
		tarball,
		home,
		dir: path.join(home, 'node_modules', published.name),
		libraries: getLibraries(published.name),
	};
}
