/**
 * n8n's own scan of community packages, which a package must pass to be verified. n8n runs it after publishing and lets
 * warnings through; here it runs before, on the sources and on what was packed, without inline exceptions, and a warning
 * is a failure. It runs twice: with the scanner's own rules, and with the newest release of the rules that it pins.
 */
import path from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { ROOT } from '../../hosts/paths';
import type { Check, Verdict } from './check';
import { getSource, type PublishedPackage } from './packages';

interface Scanner {
	buildScanConfig: () => Promise<Linter.Config[]>;
	SOURCE_FILE_PATTERNS: string[];
}

const RULES = '@n8n/community-nodes';

const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

export const scanTarball: Check = {
	title: "n8n's scan, tarball",
	hosts: ['n8n'],
	run: async ({ dir }) => await scan(dir, TARBALL_PATTERNS),
};

export const scanSource: Check = { title: "n8n's scan, sources", hosts: ['n8n'], run: scanSources };

/** Lints a package's sources as n8n does. */
export async function scanSources(published: PublishedPackage): Promise<Verdict> {
	const { SOURCE_FILE_PATTERNS } = await scanner();
	return await scan(getSource(published), SOURCE_FILE_PATTERNS);
}

async function scan(dir: string, patterns: string[]): Promise<Verdict> {
	const config = await (await scanner()).buildScanConfig();
	const pinned = await lint(dir, patterns, config);
	const newest = await lint(dir, patterns, await withNewestRules(config));
	const problems = [...new Set([...pinned.problems, ...newest.problems])];
	if (pinned.files === 0) problems.push(`There is nothing to scan in ${path.relative(ROOT, dir)}`);
	return { seen: `${pinned.files} files`, problems };
}

/** The scanner brings the parsers; where it names its rules, the newest ones take their place. */
async function withNewestRules(config: Linter.Config[]): Promise<Linter.Config[]> {
	const { n8nCommunityNodesPlugin } = await import('@n8n/eslint-plugin-community-nodes');
	const newest = n8nCommunityNodesPlugin.configs.recommended as Linter.Config;
	return config.map((entry) => (entry.plugins && RULES in entry.plugins ? newest : entry));
}

async function lint(
	dir: string,
	patterns: string[],
	overrideConfig: Linter.Config[],
): Promise<{ files: number; problems: string[] }> {
	const eslint = new ESLint({
		cwd: dir,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig,
		errorOnUnmatchedPattern: false,
	});
	const results = await eslint.lintFiles(patterns);
	const problems = results.flatMap(({ filePath, messages }) =>
		messages.map(({ line, ruleId, message }) => `${path.relative(dir, filePath)}:${line} ${ruleId ?? ''} ${message}`),
	);
	return { files: results.length, problems };
}

async function scanner(): Promise<Scanner> {
	return (await import('@n8n/scan-community-package/scanner/scanner.mjs' as string)) as Scanner;
}
