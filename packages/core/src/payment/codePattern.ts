/**
 * How a shop's payment codes look: templates of a prefix, and wildcards behind it. Never a regular expression: what a
 * pattern costs must not depend on what a stranger writes into a memo.
 */
import { ParameterError } from '../errors';
import { fold } from './memoAnatomy';

/** One place of a template: a character itself, a digit, any letter or digit, or a separator that may be there. */
export type Place = { literal: string } | 'digit' | 'any' | 'gap';

/** The one part of a template whose length is not fixed. */
export interface Run {
	of: 'digit' | 'any';
	least: number;
	most: number;
	startsWithDigit: boolean;
}

export interface CodeTemplate {
	/** Letters, digits and separators in front of the first wildcard. */
	prefix: readonly Place[];
	/** What comes between the prefix and the run, or all the rest if there is no run. */
	middle: readonly Place[];
	run?: Run;
	/** What comes behind the run. */
	ending: readonly Place[];
	/** Whether a code of letters only is read whatever it looks like. */
	allowsLetters: boolean;
}

/** One template or several; a code fits any of them. */
export type CodePattern = readonly CodeTemplate[];

/** Longest template and longest code, in characters. */
export const LONGEST_CODE = 50;
const MOST_TEMPLATES = 20;
const PARAMETER = 'paymentCode';
const WILDCARD = /^([#?@*])(?:\{(\d{1,2})(?:-(\d{1,2}))?\})?/;

/**
 * - `DH` is DH and a number of any length: DH1024.
 * - `#` is one digit, `?` one letter or digit, `@` the same, but all of them may be letters.
 * - A number in braces repeats a wildcard: `DH#{6}` is six digits, `DH?{6-8}` six to eight letters or digits.
 * - `*` is a number and what is written onto it: `DH*` is DH12 and DH9F3A.
 * - A separator in the pattern may be another one in the memo, or missing: `HD-????` is HD-2024, HD 2024 and HD2024.
 * - A comma is between templates: `DH#{6}, HD*`.
 *
 * @param text as the user wrote it, in any case
 * @throws ParameterError for a template that has no prefix, two parts of no fixed length, or a separator behind one
 */
export function parseCodePattern(text: string): CodePattern {
	const parts = fold(text)
		.split(/[,;\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
	if (parts.length > MOST_TEMPLATES) throw refusal(`The pattern has more than ${MOST_TEMPLATES} templates`);
	return (parts.length > 0 ? parts : ['']).map(parseTemplate);
}

function parseTemplate(text: string): CodeTemplate {
	if (text.length > LONGEST_CODE) throw refusal(`The pattern is longer than ${LONGEST_CODE} characters`);
	if (!/^[A-Z0-9]/.test(text)) throw refusal('The pattern does not begin with a letter or digit');
	const prefix: Place[] = [];
	const middle: Place[] = [];
	const ending: Place[] = [];
	let run: Run | undefined;
	let current = prefix;
	for (let rest = text; rest !== ''; ) {
		const [taken = '', wildcard, least, most] = WILDCARD.exec(rest) ?? [];
		if (wildcard === undefined) {
			current.push(toPlace(rest.charAt(0)));
			rest = rest.slice(1);
			continue;
		}
		rest = rest.slice(taken.length);
		const of = wildcard === '#' ? 'digit' : 'any';
		if (current === prefix) current = middle;
		if (wildcard !== '*' && most === undefined) {
			current.push(...Array.from({ length: readCount(least ?? '1') }, () => of as Place));
			continue;
		}
		if (run)
			throw refusal(
				wildcard === '*' ? 'The pattern has more than one *' : 'The pattern has two parts of no fixed length',
			);
		run = {
			of,
			least: readCount(least ?? '1'),
			most: readCount(most ?? String(LONGEST_CODE)),
			startsWithDigit: wildcard !== '?' && wildcard !== '@' && middle.length === 0,
		};
		if (run.most < run.least) throw refusal(`The pattern counts down in ${taken}`);
		current = ending;
	}
	if (ending.includes('gap')) throw refusal('The pattern has a separator behind *');
	if (current === prefix) run = { of: 'digit', least: 1, most: LONGEST_CODE, startsWithDigit: true };
	return { prefix, middle, ...(run ? { run } : {}), ending, allowsLetters: text.includes('@') };
}

/**
 * @param value of a setting; empty text or anything but text and numbers means that no codes are wanted
 * @throws ParameterError as parseCodePattern does
 */
export function optionalCodePattern(value: unknown): CodePattern | undefined {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' ? undefined : parseCodePattern(text);
}

function readCount(text: string): number {
	const count = Number(text);
	if (count >= 1 && count <= LONGEST_CODE) return count;
	throw refusal(`The pattern repeats a wildcard ${count} times: a code has 1 to ${LONGEST_CODE} characters`);
}

function toPlace(char: string): Place {
	if (/^[A-Z0-9]$/.test(char)) return { literal: char };
	if (/^[\p{L}\p{N}]$/u.test(char)) throw refusal(`The pattern has the letter "${char}", which banks do not pass on`);
	return 'gap';
}

function refusal(message: string): ParameterError {
	return new ParameterError(
		PARAMETER,
		message,
		'Write a prefix such as DH for codes like DH1024, or a prefix with # for one digit, ? for one letter or digit, {6} or {4-8} for how many, and * for a number of any length. Write a comma between several.',
	);
}
