/** What another payer may have written, so that the bank makes the same memo of it: nobody can tell which one it is. */
import { plain } from './wording';

/** The payer's text, and each with one blank more or less in the code or close to it. */
export function variantsAround(said: string, from: number, to: number): string[] {
	const all = [said];
	for (let at = Math.max(1, from - 3); at <= Math.min(said.length - 1, to + 4); at++) {
		if (said[at] === ' ') all.push(said.slice(0, at) + said.slice(at + 1));
		else if (said[at - 1] !== ' ') all.push(`${said.slice(0, at)} ${said.slice(at)}`);
	}
	return all;
}

/** Whether a text may be read as naming the code, its characters set apart or not. */
export function canName(text: string, code: string): boolean {
	const chars = code.toUpperCase().replace(/[^A-Z0-9]/g, '').split('');
	return new RegExp(`(?<![A-Z0-9])${chars.join('[ -]?')}(?![A-Z0-9])`).test(plain(text).toUpperCase());
}
