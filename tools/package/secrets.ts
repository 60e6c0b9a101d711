/** No string that looks like a secret: in what is published, and in every file of the repository that git keeps. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isUtf8 } from 'node:buffer';
import { lintSource } from '@secretlint/core';
import { creator as pattern } from '@secretlint/secretlint-rule-pattern';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { ROOT } from '../../hosts/paths';
import { EVERY_HOST, type Check, type Verdict } from './check';

/** The key that a maintainer of this repository is most likely to leave somewhere; see docs/spec/casso-api.md. */
const CASSO_KEY = '/AK_CS\\.[0-9a-f]{32}\\.[A-Za-z0-9]{72}/';

const CONFIG: Parameters<typeof lintSource>[0]['options']['config'] = {
	rules: [
		{ id: '@secretlint/secretlint-rule-preset-recommend', rule: recommended },
		{
			id: '@secretlint/secretlint-rule-pattern',
			rule: pattern,
			options: { patterns: [{ name: 'Casso API key', patterns: [CASSO_KEY] }] },
		},
	],
};

export const secrets: Check = {
	title: 'no secrets',
	hosts: EVERY_HOST,
	run: async ({ dir }) => await searchFiles(dir, filesBelow(dir)),
};

/** The same for the files that git keeps. Sources without git cannot be published. */
export async function searchRepository(): Promise<Verdict> {
	if (!existsSync(path.join(ROOT, '.git'))) return { seen: 'not a clone, so not looked at', problems: [] };
	const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
	return await searchFiles(
		ROOT,
		listed
			.split('\0')
			.filter((name) => name !== '' && statSync(path.join(ROOT, name), { throwIfNoEntry: false })?.isFile()),
	);
}

/** The finding names the place and the kind; the string itself is not repeated. */
async function searchFiles(dir: string, files: readonly string[]): Promise<Verdict> {
	const problems: string[] = [];
	for (const name of files) {
		const bytes = readFileSync(path.join(dir, name));
		if (!isUtf8(bytes)) continue;
		const { messages } = await lintSource({
			source: { filePath: path.join(dir, name), content: bytes.toString('utf8'), contentType: 'text' },
			options: { config: CONFIG, maskSecrets: true },
		});
		problems.push(...messages.map(({ loc, message, ruleId }) => `${name}:${loc.start.line} ${message} (${ruleId})`));
	}
	return { seen: `${files.length} files`, problems };
}

function filesBelow(dir: string): string[] {
	return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
		statSync(path.join(dir, name)).isFile(),
	);
}
