/** The published packages: where their sources lie, and which host loads them. */
import path from 'node:path';
import { ROOT } from '../../hosts/paths';

export type Host = 'n8n' | 'node-red';

export interface PublishedPackage {
	name: string;
	/** Folder relative to the repository; `.` is its root. */
	folder: string;
	host: Host;
}

export const PACKAGES: readonly PublishedPackage[] = [
	{ name: 'n8n-nodes-casso', folder: '.', host: 'n8n' },
	{ name: 'n8n-nodes-simplize', folder: 'packages/n8n-nodes-simplize', host: 'n8n' },
	{ name: '@saoke/node-red-saoke', folder: 'packages/node-red-saoke', host: 'node-red' },
];

/** A package as a user has it: its tarball installed into a folder that was empty before. */
export interface InstalledPackage extends PublishedPackage {
	tarball: string;
	/** The folder that was empty. */
	home: string;
	/** `node_modules/<name>` in it. */
	dir: string;
	/** A file with the folders of the libraries that are in the bundle. */
	libraries: string;
}

/** @returns where the build leaves the list of libraries that a package's bundle contains */
export function getLibraries(name: string): string {
	return path.join(ROOT, '.saoke', 'libraries', `${name.replace('/', '-')}.json`);
}

/** Folder of a published package's sources. */
export function getSource({ folder }: PublishedPackage): string {
	return path.join(ROOT, folder);
}
