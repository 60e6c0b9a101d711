/** Packages that a test may spoil: what `npm run package` would publish, installed, and checks made on copies of it. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { packPackages, getTarball } from '../../../hosts/tarball';
import type { Check } from '../../../tools/package/check';
import { installTarball } from '../../../tools/package/install';
import { PACKAGES, type InstalledPackage } from '../../../tools/package/packages';
import { Report } from '../../../tools/package/report';

type Name = 'n8n-nodes-casso' | '@saoke/node-red-saoke';

const good = new Map<string, InstalledPackage>();
export let scratch: string;

before(() => {
	scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'saoke-gates-')));
	packPackages();
});

after(() => {
	for (const { home } of good.values()) rmSync(home, { recursive: true, force: true });
	rmSync(scratch, { recursive: true, force: true });
});

let copies = 0;

function install(name: Name): InstalledPackage {
	const published = PACKAGES.find((one) => one.name === name);
	assert.ok(published, `${name} is not published`);
	const installed = installTarball(published, getTarball(name));
	good.set(name, installed);
	return installed;
}

/** A copy of the installed package that a test may spoil. */
export function createCopy(name: Name): InstalledPackage {
	const original = good.get(name) ?? install(name);
	const home = path.join(scratch, String(copies++));
	cpSync(original.home, home, { recursive: true, verbatimSymlinks: true });
	return { ...original, home, dir: path.join(home, 'node_modules', name) };
}

export function edit(dir: string, file: string, change: (text: string) => string): void {
	writeFileSync(path.join(dir, file), change(readFileSync(path.join(dir, file), 'utf8')));
}

export function editManifest(dir: string, change: Record<string, unknown>): void {
	edit(dir, 'package.json', (text) => JSON.stringify({ ...(JSON.parse(text) as object), ...change }));
}

/** Asserts that the check passes the package, and that it names the fault after the package was spoilt. */
export async function finds(
	check: Check,
	name: Name,
	spoil: (installed: InstalledPackage) => void,
	fault: RegExp,
): Promise<void> {
	assert.deepEqual((await check.run(createCopy(name))).problems, [], 'the package was to be good before it was spoilt');
	const installed = createCopy(name);
	spoil(installed);
	assert.match((await check.run(installed)).problems.join('\n'), fault);
}

/** As `finds`, where the check cannot even be made. */
export async function stumbles(
	check: Check,
	name: Name,
	spoil: (installed: InstalledPackage) => void,
	fault: RegExp,
): Promise<void> {
	const installed = createCopy(name);
	spoil(installed);
	const report = new Report();
	assert.equal(await report.add(check.title, async () => await check.run(installed)), false);
	await assert.rejects(
		async () => await check.run(installed),
		(error: Error & { stderr?: string }) => fault.test(`${error.message}${error.stderr ?? ''}`),
	);
}
