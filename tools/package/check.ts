/** What a check of a packed package is, and what it answers. */
import type { Host, InstalledPackage } from './packages';

export interface Verdict {
	/** What was looked at, for the report, e.g. `3 nodes, 2 credentials`. */
	seen: string;
	/** One line for each thing that is wrong: what, and in which file. Empty if all is well. */
	problems: string[];
}

export interface Check {
	/** A few words for the report. */
	title: string;
	/** Packages of these hosts are checked. */
	hosts: readonly Host[];
	run: (installed: InstalledPackage) => Promise<Verdict>;
}

export const EVERY_HOST: readonly Host[] = ['n8n', 'node-red'];
