/**
 * How a shop's payment codes look: a prefix, and wildcards behind it. Never a regular expression: what a pattern costs
 * must not depend on what a stranger writes into a memo.
 */
import { ParameterError } from '../errors/ParameterError';
import { fold } from './memoText';

/** One place of a pattern: a character itself, any letter or digit, or a separator that may be there. */
export type Place = { literal: string } | 'any' | 'gap';

export interface CodePattern {
	/** Letters, digits and separators in front of the first wildcard. */
	prefix: readonly Place[];
	/** What stands between the prefix and the star, or all the rest where there is no star. */
	middle: readonly Place[];
	/** `digits`: a number of any length. `star`: letters and digits that begin with a digit, or follow the middle. */
	run: 'digits' | 'star' | 'none';
	/** What stands behind the star. */
	ending: readonly Place[];
}

/** Longest pattern and longest code, in characters. */
export const LONGEST_CODE = 50;

const PARAMETER = 'paymentCode';

/**
 * - `DH` means DH and a number: DH1024.
 * - `?` is one letter or digit: `DH????` is DH1024 and DHA1B2, and a code has at least one digit.
 * - `*` is a number and what is written onto it: `DH*` is DH12 and DH9F3A.
 * - A separator in the pattern may be another one in the memo, or missing: `HD-????` is HD-2024, HD 2024 and HD2024.
 *
 * @param text as the user wrote it, in any case
 * @throws ParameterError for a pattern that has no prefix, two stars, or a separator behind a star
 */
export function parseCodePattern(text: string): CodePattern {
	const chars = [...fold(text.trim())];
	if (chars.length > LONGEST_CODE) throw refusal(`The pattern is longer than ${LONGEST_CODE} characters`);
	if (!/^[A-Z0-9]$/.test(chars[0] ?? '')) throw refusal('The pattern does not begin with a letter or digit');
	const wildcard = chars.findIndex((char) => char === '?' || char === '*');
	const prefix = chars.slice(0, wildcard < 0 ? chars.length : wildcard).map(toPlace);
	if (wildcard < 0) return { prefix, middle: [], run: 'digits', ending: [] };
	const rest = chars.slice(wildcard);
	const star = rest.indexOf('*');
	if (star < 0) return { prefix, middle: rest.map(toPlace), run: 'none', ending: [] };
	const behind = rest.slice(star + 1);
	if (behind.includes('*')) throw refusal('The pattern has more than one *');
	const ending = behind.map(toPlace);
	if (ending.includes('gap')) throw refusal('The pattern has a separator behind *');
	return { prefix, middle: rest.slice(0, star).map(toPlace), run: 'star', ending };
}

/**
 * @param value of a setting; empty text or anything but text and numbers means that no codes are wanted
 * @throws ParameterError as parseCodePattern does
 */
export function optionalCodePattern(value: unknown): CodePattern | undefined {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' ? undefined : parseCodePattern(text);
}

function toPlace(char: string): Place {
	if (char === '?') return 'any';
	if (/^[A-Z0-9]$/.test(char)) return { literal: char };
	if (/^[\p{L}\p{N}]$/u.test(char)) throw refusal(`The pattern has the letter "${char}", which banks do not pass on`);
	return 'gap';
}

function refusal(message: string): ParameterError {
	return new ParameterError(
		PARAMETER,
		message,
		'Write a prefix such as DH for codes like DH1024, or a prefix with ? for one letter or digit and * for a number of any length.',
	);
}
