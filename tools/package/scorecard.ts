/**
 * The scorecard of Node-RED's flow library (`node-red-dev validate`). It looks names up in the public catalogue, which is
 * answered with an empty one here: the check needs no network, and does not change when somebody else publishes.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { installOnce } from '../../hosts/install';
import { node24, ROOT } from '../../hosts/paths';
import { Progress } from '../../hosts/progress';
import type { Check, Verdict } from './check';
import type { InstalledPackage } from './packages';

const FOLDER = path.join(ROOT, 'hosts', 'node-red-scorecard');
/** Fewer would mean that the tool gave up half-way. */
const LEAST_CHECKS = 12;
const TIMEOUT_MS = 120_000;

type Report = Record<string, { test?: boolean; nodes?: string[] }>;

export const scorecard: Check = { title: 'node-red-dev validate', hosts: ['node-red'], run: check };

async function check({ dir, home }: InstalledPackage): Promise<Verdict> {
	await installOnce(FOLDER, "the flow library's scorecard", new Progress());
	const file = path.join(home, 'scorecard.json');
	const args = [
		'-r',
		path.join(FOLDER, 'offline.cjs'),
		path.join(FOLDER, 'node_modules', 'node-red-dev', 'bin', 'run'),
		'validate',
		'-p',
		dir,
		'-o',
		file,
	];
	execFileSync(node24(), args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: TIMEOUT_MS });
	const { package: named, ...checks } = JSON.parse(readFileSync(file, 'utf8')) as Report;
	const names = Object.keys(checks);
	const problems = names
		.filter((name) => checks[name]?.test !== true)
		.map((name) => `${name} is not green: ${JSON.stringify(checks[name])}`);
	if (!checks.N02?.nodes?.length) problems.push('The scorecard found no node in the examples');
	if (!named || names.length < LEAST_CHECKS) problems.push(`The scorecard made ${names.length} checks only`);
	return { seen: `${names.length} checks: ${names.join(' ')}`, problems };
}
