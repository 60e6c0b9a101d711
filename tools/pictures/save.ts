/** Where pictures of the documents go, and how big they may be. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../hosts/paths';

export const PICTURES = path.join(ROOT, 'docs', 'pictures');
const MAX_BYTES = 160_000;

/** A page, a part of it, or anything else that can take a picture of itself. */
export interface Pictured {
	screenshot: (options: { path: string }) => Promise<unknown>;
}

/**
 * @param name of the file, without its ending
 * @throws Error if the picture is too big for the repository
 */
export async function save(target: Pictured, name: string): Promise<void> {
	const file = path.join(PICTURES, `${name}.png`);
	await target.screenshot({ path: file });
	const { size } = statSync(file);
	console.log(`${path.relative(ROOT, file)}  ${Math.ceil(size / 1_000)} kB`);
	if (size > MAX_BYTES) throw new Error(`${path.basename(file)} has ${size} bytes, more than ${MAX_BYTES}`);
}
