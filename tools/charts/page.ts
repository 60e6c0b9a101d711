/** The page that the figures go into, and the places in it that belong to them. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../hosts/paths';

const PAGE = path.join(ROOT, 'docs', 'scaling.md');

/** @throws Error if the page has no such place */
export function writeInto(place: string, content: string): void {
	const text = readFileSync(PAGE, 'utf8');
	const [start, end] = [`<!-- ${place}: npm run charts -->`, `<!-- end of ${place} -->`];
	const [from, to] = [text.indexOf(start), text.indexOf(end)];
	if (from < 0 || to < from)
		throw new Error(`docs/scaling.md has no place for ${place}: it stands between "${start}" and "${end}".`);
	writeFileSync(PAGE, `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`);
}

export function markdownTable([head = [], ...rows]: string[][]): string {
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
