/**
 * What the package costs n8n at start: n8n's own loader on our built package (every node and credential), against
 * loading one node of n8n itself, HTTP Request, with which a user would call Casso by hand. Each time in a fresh
 * process that has n8n-core and n8n-workflow in memory already, as a running n8n does. The least of several runs: other
 * work on the machine can only add to it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { node24, ROOT } from '../hosts/paths';
import type { BenchResult } from './result';

const RUNS = 7;
const GOAL_MS = 20;
const N8N_DIR = path.join(ROOT, 'hosts', 'n8n');

/** Ours: the loader reads the manifest, requires every entry, makes its objects and resolves icons and codex files. */
const OURS = `
	const { PackageDirectoryLoader } = require('n8n-core');
	const start = performance.now();
	new PackageDirectoryLoader(${JSON.stringify(ROOT)}).loadAll().then(() => console.log(performance.now() - start));
`;

/** The peer: one node of n8n-nodes-base, required and made. */
const PEER = `
	require('n8n-core');
	const start = performance.now();
	const { HttpRequest } = require('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');
	new HttpRequest();
	console.log(performance.now() - start);
`;

/** @throws Error saying what to do if the package is not built or n8n is not installed */
export async function run(): Promise<BenchResult[]> {
	mustExist(path.join(ROOT, 'dist', 'nodes', 'Casso', 'Casso.node.js'), 'run npm run build first');
	mustExist(path.join(N8N_DIR, 'node_modules', 'n8n-nodes-base'), 'run npm start once: it installs n8n');
	const userFolder = mkdtempSync(path.join(tmpdir(), 'saoke-load-'));
	try {
		const ours: number[] = [];
		const peer: number[] = [];
		for (let round = 0; round < RUNS; round++) {
			ours.push(measure(OURS, ROOT, userFolder));
			peer.push(measure(PEER, N8N_DIR, userFolder));
		}
		return await Promise.resolve([toResult(Math.min(...ours), Math.min(...peer))]);
	} finally {
		rmSync(userFolder, { recursive: true, force: true });
	}
}

function toResult(ours: number, peer: number): BenchResult {
	const name = `load n8n-nodes-casso, against n8n's HTTP Request node`;
	return { name, ours, peer, unit: 'ms', ratio: ours / peer, goal: `under ${GOAL_MS} ms`, pass: ours < GOAL_MS };
}

function mustExist(place: string, advice: string): void {
	if (!existsSync(place)) throw new Error(`${path.relative(ROOT, place)} is missing: ${advice}.`);
}

/** @returns ms, as the program printed it */
function measure(program: string, cwd: string, userFolder: string): number {
	const preload = "require('reflect-metadata'); require('n8n-workflow');";
	const env = { ...process.env, N8N_USER_FOLDER: userFolder, N8N_LOG_LEVEL: 'silent', NODE_OPTIONS: '' };
	const printed = execFileSync(node24(), ['-e', preload + program], {
		cwd,
		env,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ms = Number(printed.trim().split('\n').at(-1));
	if (!Number.isFinite(ms)) throw new Error(`The program printed no time: ${printed.slice(0, 200)}`);
	return ms;
}
