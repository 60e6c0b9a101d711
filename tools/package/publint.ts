/** What publint finds in a packed manifest: entries that are not there, formats that do not fit. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { publint as lint } from 'publint';
import { formatMessage } from 'publint/utils';
import { EVERY_HOST, type Check, type Verdict } from './check';
import type { InstalledPackage } from './packages';

export const publint: Check = { title: 'publint', hosts: EVERY_HOST, run: check };

/** Suggestions count too. attw, which checks types, has nothing to look at: the packages are loaded by a host and ship none. */
async function check({ dir }: InstalledPackage): Promise<Verdict> {
	const pkg = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')) as Record<string, unknown>;
	const { messages } = await lint({ pkgDir: dir, level: 'suggestion', strict: true, pack: false });
	const problems = messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
	return { seen: 'manifest and entries', problems };
}
