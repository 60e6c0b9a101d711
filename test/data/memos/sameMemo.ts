/** What another payer may have written, so that the bank makes the same memo of it: nobody can tell which one it is. */
import { plain } from './wording';

/** The payer's text, and each with one blank more, less or elsewhere in the code or close to it. */
export function variantsAround(said: string, from: number, to: number): string[] {
	const places = Array.from({ length: to - from + 8 }, (_, index) => from - 3 + index);
	const canAddAt = (text: string, at: number): boolean => at > 0 && at < text.length && !/ /.test(text.slice(at - 1, at + 1));
	const withOneMore = (text: string): string[] =>
		places.filter((at) => canAddAt(text, at)).map((at) => `${text.slice(0, at)} ${text.slice(at)}`);
	const withOneLess = places.filter((at) => at > 0 && said[at] === ' ').map((at) => said.slice(0, at) + said.slice(at + 1));
	return [said, ...withOneMore(said), ...withOneLess, ...withOneLess.flatMap(withOneMore)];
}

/** Whether a text may be read as naming the code, its characters set apart or not. */
export function canName(text: string, code: string): boolean {
	const chars = code.toUpperCase().replace(/[^A-Z0-9]/g, '').split('');
	return new RegExp(`(?<![A-Z0-9])${chars.join('[ -]?')}(?![A-Z0-9])`).test(plain(text).toUpperCase());
}
