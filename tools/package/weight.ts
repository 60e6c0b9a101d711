/** What a package weighs: n8n asks for small packages, and Node-RED runs on small machines. */
import { statSync } from 'node:fs';
import { EVERY_HOST, type Check, type Verdict } from './check';
import type { Host, InstalledPackage } from './packages';

/** Of the tarball, in bytes. */
export const MOST: Record<Host, number> = { n8n: 100_000, 'node-red': 214_000 };

export const weight: Check = {
	title: 'weight',
	hosts: EVERY_HOST,
	run: async (installed) => await Promise.resolve(check(installed)),
};

function check({ tarball, host }: InstalledPackage): Verdict {
	const { size } = statSync(tarball);
	const seen = `${Math.round(size / 1000)} kB of ${MOST[host] / 1000}`;
	return { seen, problems: size > MOST[host] ? [`The tarball has ${size} bytes; ${MOST[host]} are allowed`] : [] };
}
