/** Text patterns against a slow and plain reference. */
import fc from 'fast-check';
import { toWildcardMatcher } from '../../../packages/core/src/text';

/** What the pattern means, by definition: exponential and obvious. */
function reference(text: string, pattern: string): boolean {
	const whole = (rest: string, left: string): boolean => {
		if (left === '') return rest === '';
		if (left.startsWith('*')) return whole(rest, left.slice(1)) || (rest !== '' && whole(rest.slice(1), left));
		return rest !== '' && (left.startsWith('?') || left[0] === rest[0]) && whole(rest.slice(1), left.slice(1));
	};
	return whole(text, `*${pattern}*`);
}

it.each([
	['DH120', 'thanh toan dh120 abc', true],
	['DH*', 'xDH', true],
	['DH?0', 'DH120', false],
	['DH??0', 'DH120', true],
	['', 'anything', true],
	['*', '', true],
	['?', '', false],
	['a*b*c', 'xxaxxbxxcxx', true],
	['a*c*b', 'abc', false],
	['TIỆM', 'tiệm hoa', true],
	['tiệm'.normalize('NFD'), 'TIỆM HOA'.normalize('NFC'), true],
	['(.+)+$', 'aaa', false],
	['(.+)', 'x(.+)y', true],
	['\\d', '5', false],
])('%p in %p: %p', (pattern, text, expected) => {
	expect(toWildcardMatcher(pattern)(text)).toBe(expected);
});

it('means what the reference says', () => {
	const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 9 }).map((list) => list.join(''));
	const pattern = fc.array(fc.constantFrom('a', 'b', 'c', '*', '?'), { maxLength: 7 }).map((list) => list.join(''));
	fc.assert(
		fc.property(letters, pattern, (text, wanted) => {
			expect(toWildcardMatcher(wanted)(text)).toBe(reference(text, wanted));
		}),
		{ numRuns: 1000 },
	);
});

it('finds every part of a text, in any case', () => {
	const words = fc.string({ unit: fc.constantFrom(...'abcXYZđĐộỘ 0123.-'), maxLength: 30 });
	fc.assert(
		fc.property(words, words, words, (before, part, after) => {
			expect(toWildcardMatcher(part)(before + part.toUpperCase() + after)).toBe(true);
		}),
	);
});

it('a crafted memo cannot make it try every split: this would not end within the age of the world', () => {
	expect(toWildcardMatcher(`${'a*'.repeat(60)}b`)('a'.repeat(3000))).toBe(false);
	expect(toWildcardMatcher(`${'?*'.repeat(60)}b`)('a'.repeat(3000))).toBe(false);
});
