/** What a process holds in memory, as the system counts it. */
import { execFileSync } from 'node:child_process';

/** @returns MB (2^20 bytes); NaN if there is no such process */
export function residentMb(pid: number): number {
	try {
		// Linux and macOS alike.
		return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
	} catch {
		// `ps` ends with 1 where the process is gone.
		return NaN;
	}
}
