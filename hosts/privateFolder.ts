/** Folders that hold keys, passwords or transactions: nobody else on this machine may look into them. */
import { chmodSync, mkdirSync } from 'node:fs';

/** Makes the folder, or closes one that is there already. */
export function makePrivateFolder(folder: string): void {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	chmodSync(folder, 0o700);
}
