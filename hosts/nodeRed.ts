/** A real Node-RED on 127.0.0.1: installed once, started headless on Node 24, ready when its flows have started. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startHost, type HostProcess } from './childProcess';
import { installOnce } from './install';
import { hostNode, ROOT } from './paths';
import { makePrivateFolder } from './privateFolder';
import type { Progress } from './progress';
import { getTarball } from './tarball';
import { NodeRedApi, type NodeRedLogin } from './nodeRedApi';

export const NODE_RED_PACKAGE = '@saoke/node-red-saoke';

export type NodeRedLine = 4 | 5;

const READY_TIMEOUT_MS = 60_000;
const PROBE_MS = 25;

export interface NodeRedOptions {
	line: NodeRedLine;
	/** Port on 127.0.0.1. */
	port: number;
	/** Folder for flows, credentials and installed nodes. */
	userDir: string;
	/** Further settings, stronger than the defaults; JSON. */
	settings?: Record<string, unknown>;
	/** Further lines of settings.js, for what JSON cannot say; run after `settings` is made. */
	settingsCode?: string;
	env?: Record<string, string>;
	/** Who may use the editor; everybody if left out. */
	login?: NodeRedLogin;
	/** Flags of Node itself. */
	nodeArgs?: string[];
	/** Install the packed nodes; default true. */
	withNodes?: boolean;
}

export interface RunningNodeRed extends HostProcess {
	url: string;
	api: NodeRedApi;
	userDir: string;
	/** Everything it has printed so far. */
	log: () => string;
}

/** Folder of the pinned Node-RED of one line. */
export function nodeRedFolder(line: NodeRedLine): string {
	return path.join(ROOT, 'hosts', `node-red-${line}`);
}

/** Installs the pinned Node-RED from its lock file, the first time only. @returns ms it took */
export async function installNodeRed(line: NodeRedLine, progress: Progress): Promise<number> {
	return await installOnce(nodeRedFolder(line), `Node-RED ${line}`, progress);
}

/** @throws Error with the end of its log when it does not become ready within a minute */
export async function startNodeRed(options: NodeRedOptions): Promise<RunningNodeRed> {
	const { line, port, userDir } = options;
	makePrivateFolder(userDir);
	if (options.withNodes ?? true) installNodes(userDir);
	const settingsFile = path.join(userDir, 'settings.js');
	writeFileSync(settingsFile, settingsText(options));
	const command = hostNode();
	const logFile = path.join(userDir, 'node-red.log');
	rmSync(logFile, { force: true });
	const host = startHost({
		command,
		args: [
			...(options.nodeArgs ?? []),
			path.join(nodeRedFolder(line), 'node_modules', 'node-red', 'red.js'),
			'-u',
			userDir,
			'-s',
			settingsFile,
		],
		cwd: userDir,
		env: { PATH: `${path.dirname(command)}${path.delimiter}${process.env.PATH ?? ''}`, HOME: userDir, ...options.env },
		logFile,
	});
	const log = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
	try {
		await waitUntilStarted(host, log);
	} catch (error) {
		await host.stop();
		throw error;
	}
	const url = `http://127.0.0.1:${port}`;
	const api = new NodeRedApi(url);
	if (options.login) await api.signIn(options.login);
	return { ...host, url, api, userDir, log };
}

/** Unpacks the tarball into the user directory, as an installation through the palette would leave it. */
function installNodes(userDir: string, tarball = getTarball(NODE_RED_PACKAGE)): void {
	const target = path.join(userDir, 'node_modules', NODE_RED_PACKAGE);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
	const manifest = {
		name: 'node-red-project',
		version: '0.0.1',
		private: true,
		dependencies: { [NODE_RED_PACKAGE]: '*' },
	};
	writeFileSync(path.join(userDir, 'package.json'), JSON.stringify(manifest));
}

function settingsText({ line, port, login, settings, settingsCode }: NodeRedOptions): string {
	const all = {
		uiHost: '127.0.0.1',
		uiPort: port,
		flowFile: 'flows.json',
		...(login ? { adminAuth: adminAuth(line, login) } : {}),
		telemetry: { enabled: false, updateNotification: false },
		editorTheme: { tours: false, projects: { enabled: false } },
		logging: { console: { level: 'info', metrics: false, audit: false } },
		...settings,
	};
	return `const settings = ${JSON.stringify(all, null, '\t')};\n${settingsCode ?? ''}\nmodule.exports = settings;\n`;
}

/** Node-RED keeps the password as a hash, made by its own library. */
function adminAuth(line: NodeRedLine, { username, password }: NodeRedLogin): Record<string, unknown> {
	const fromNodeRed = createRequire(path.join(nodeRedFolder(line), 'package.json'));
	const { hashSync } = fromNodeRed('bcryptjs') as { hashSync: (password: string, rounds: number) => string };
	return { type: 'credentials', users: [{ username, password: hashSync(password, 8), permissions: '*' }] };
}

async function waitUntilStarted(host: HostProcess, log: () => string): Promise<void> {
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (Date.now() < deadline && host.exitCode() === undefined) {
		// "Server now running" comes from the listener, the other line from the runtime; both must have been said.
		if (
			/Started flows|Waiting for missing types|No active flows|Flows stopped/i.test(log()) &&
			/Server now running/i.test(log())
		)
			return;
		await new Promise((resolve) => setTimeout(resolve, PROBE_MS));
	}
	throw new Error(`Node-RED did not become ready. The end of ${host.logFile}:\n${log().slice(-2_000)}`);
}
