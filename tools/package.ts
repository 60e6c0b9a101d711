/**
 * `npm run package`: builds the packages, packs them into .saoke/tarballs, and checks each tarball as a user gets it,
 * installed into an empty folder. Ends with 1 when a check fails. The checks are the files of tools/package.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fail } from '../hosts/fail';
import { packPackages, getTarball } from '../hosts/tarball';
import type { Check } from './package/check';
import { installTarball } from './package/install';
import { licences } from './package/licences';
import { loadN8n } from './package/loadN8n';
import { loadNodeRed } from './package/loadNodeRed';
import { manifest } from './package/manifest';
import { PACKAGES, type InstalledPackage, type PublishedPackage } from './package/packages';
import { publint } from './package/publint';
import { Report } from './package/report';
import { scanSource, scanTarball } from './package/scan';
import { scorecard } from './package/scorecard';
import { searchRepository, secrets } from './package/secrets';
import { weight } from './package/weight';

const CHECKS: readonly Check[] = [
	manifest,
	weight,
	publint,
	licences,
	secrets,
	loadN8n,
	scanSource,
	scanTarball,
	loadNodeRed,
	scorecard,
];

async function main(): Promise<void> {
	const report = new Report();
	await report.add('build and pack', () => {
		packPackages();
		return { seen: `${PACKAGES.length} tarballs`, problems: [] };
	});
	for (const published of PACKAGES) await checkPackage(report, published);
	report.say('\nthe repository');
	await report.add(secrets.title, searchRepository);
	if (!report.end()) process.exitCode = 1;
}

async function checkPackage(report: Report, published: PublishedPackage): Promise<void> {
	report.say(`\n${published.name}`);
	const made: InstalledPackage[] = [];
	await report.add('installs into an empty folder', () => {
		const tarball = getTarball(published.name);
		made.push(installTarball(published, tarball));
		return { seen: path.basename(tarball), problems: [] };
	});
	for (const installed of made) {
		for (const check of CHECKS.filter(({ hosts }) => hosts.includes(published.host)))
			await report.add(check.title, async () => await check.run(installed));
		rmSync(installed.home, { recursive: true, force: true, maxRetries: 3 });
	}
}

main().catch(fail);
