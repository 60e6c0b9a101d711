/** Peak of resident memory of a process since it was last asked, from Linux's own count; NaN elsewhere. */
import { readFileSync, writeFileSync } from 'node:fs';

/** Lets the count start over. */
export function forgetPeak(pid: number): void {
	try {
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
	} catch {
		// No such file but on Linux: the figure is then not shown.
	}
}

/** @returns MB */
export function peakMb(pid: number): number {
	try {
		return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024;
	} catch {
		return NaN;
	}
}
