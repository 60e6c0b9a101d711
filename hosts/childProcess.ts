/** A host as a child process of its own group, so that stopping it leaves nothing behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';

export interface HostProcess {
	pid: number;
	logFile: string;
	/** Undefined while it runs. */
	exitCode: () => number | string | undefined;
	/** Ends the process and its children: politely, then by force after 10 s. */
	stop: () => Promise<void>;
	/** Ends them at once, as a power cut would. */
	kill: () => Promise<void>;
}

const POLITE_MS = 10_000;

/** Running process groups: stopped when this process exits, even in the middle of a start. */
const running = new Set<number>();
process.once('exit', () => {
	for (const pid of running) signalGroup(pid, 'SIGKILL');
});

export interface HostCommand {
	command: string;
	args: string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** Output is appended here. */
	logFile: string;
	/** Runs under this account; only root may choose. */
	account?: { uid: number; gid: number };
	/** What asks it to end; default SIGTERM. */
	stopSignal?: NodeJS.Signals;
}

export function startHost(host: HostCommand): HostProcess {
	mkdirSync(path.dirname(host.logFile), { recursive: true });
	const log = openSync(host.logFile, 'a');
	const child = spawn(host.command, host.args, {
		cwd: host.cwd,
		env: host.env,
		stdio: ['ignore', log, log],
		...host.account,
		detached: process.platform !== 'win32',
	});
	closeSync(log);
	const ended = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
	const { pid } = child;
	if (pid !== undefined) {
		running.add(pid);
		void ended.then(() => running.delete(pid));
	}
	if (pid === undefined) throw new Error(`${path.basename(host.command)} could not be started`);
	return {
		pid,
		logFile: host.logFile,
		exitCode: () => child.exitCode ?? child.signalCode ?? undefined,
		stop: async () => {
			signal(child, pid, host.stopSignal ?? 'SIGTERM');
			const timer = setTimeout(() => signal(child, pid, 'SIGKILL'), POLITE_MS);
			await ended;
			clearTimeout(timer);
			// Children that outlived their parent, such as a task runner.
			signalGroup(pid, 'SIGKILL');
		},
		kill: async () => {
			signal(child, pid, 'SIGKILL');
			await ended;
			signalGroup(pid, 'SIGKILL');
		},
	};
}

function signal(child: ChildProcess, pid: number, name: NodeJS.Signals): void {
	if (child.exitCode !== null || child.signalCode !== null) return;
	if (!signalGroup(pid, name)) child.kill(name);
}

function signalGroup(pid: number, name: NodeJS.Signals): boolean {
	if (process.platform === 'win32') return false;
	try {
		process.kill(-pid, name);
		return true;
	} catch {
		// The group is gone already.
		return false;
	}
}
