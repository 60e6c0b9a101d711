/** Tells words of Vietnamese payers from random letters. */

/** Abbreviations and loan words that payers write around a code. */
const SHORT_WORDS: ReadonlySet<string> = new Set(
	'CK CT TT ND NV SHOP SIZE SHIP ORDER BILL PAY ONLINE OK QR VND IB IBFT GD KH SDT STK MBBANK BANK FROM FOR SL'.split(
		' ',
	),
);

/** A syllable without its marks: consonants, one to three vowels, consonants. */
const SYLLABLE =
	'(?:NGH|NG|NH|CH|GH|GI|KH|PH|QU|TH|TR|[BCDGHKLMNPQRSTVX])?(?:[UO]?Y[EA]?U?|[AEIOU]{1,3})(?:NG|NH|CH|[CMNPT])?';

const ONE_SYLLABLE = new RegExp(`^${SYLLABLE}$`);

/** Longest run of letters that is looked at: a longer one is no few words that were glued. */
const LONGEST = 16;

/** One word, as a payer sets it apart. @param letters as of isPlainWords */
export function isPlainWord(letters: string | undefined): boolean {
	return letters !== undefined && (SHORT_WORDS.has(letters) || ONE_SYLLABLE.test(letters));
}

/** @param letters capitals without diacritics, one word or several glued; undefined and empty text are no words */
export function isPlainWords(letters: string | undefined): boolean {
	if (letters === undefined || letters === '' || letters.length > LONGEST) return false;
	if (SHORT_WORDS.has(letters)) return true;
	const canEndAt = new Set([0]);
	for (let at = 0; at < letters.length; at++) {
		if (!canEndAt.has(at)) continue;
		for (let end = at + 1; end <= Math.min(letters.length, at + 7); end++) {
			if (ONE_SYLLABLE.test(letters.slice(at, end))) canEndAt.add(end);
		}
	}
	return canEndAt.has(letters.length);
}
