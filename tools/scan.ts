/** Part of `npm run lint`: n8n's own scan of the sources. `npm run package` scans what was packed too. */
import { fail } from '../hosts/fail';
import { PACKAGES } from './package/packages';
import { Report } from './package/report';
import { scanSource, scanSources } from './package/scan';

async function main(): Promise<void> {
	const report = new Report();
	for (const published of PACKAGES.filter(({ host }) => host === 'n8n'))
		await report.add(`${scanSource.title}, ${published.name}`, async () => await scanSources(published));
	if (!report.end()) process.exitCode = 1;
}

main().catch(fail);
