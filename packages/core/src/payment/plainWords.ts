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

/** Whether it is one word. Two letters are as likely the end of a code, unless they are very common. */
export function isPlainWord(letters: string): boolean {
	if (letters.length < 3) return /^(?:AN|EM|OI|ON|LE|VU|VO|DO|HO|LY|CK|TT)$/.test(letters);
	return SHORT_WORDS.has(letters) || ONE_SYLLABLE.test(letters);
}

/** As isPlainWord, of any word that sounds Vietnamese. */
export function isSyllable(letters: string): boolean {
	return ONE_SYLLABLE.test(letters);
}

/** Words and family names that payers write behind a code and that count nothing. */
const FOLLOWING_WORDS: ReadonlySet<string> = new Set(
	'CHUYEN THANH TOAN TIEN GIAO CAM NHE NHA CK CT TT DA SIZE CHO SHOP GUI DAT MUA UNG HOC PHI CUA XIN TRA NGUYEN TRAN LE PHAM HOANG HUYNH VU VO DANG BUI DO NGO DUONG'.split(
		' ',
	),
);

/** Whether the word is one that payers write behind a code, and no unit. */
export function isFollowingWord(word: string): boolean {
	return FOLLOWING_WORDS.has(word);
}

const WORDS_BEFORE_CODES: ReadonlySet<string> = new Set(
	'CK TT DON HANG TIEN KHOAN TOAN PHI PHONG MA CODE QR SHOP'.split(' '),
);

/** Whether the word is one that payers write right before a code. */
export function isWordBeforeCode(word: string): boolean {
	return WORDS_BEFORE_CODES.has(word);
}

/** @param letters capitals without diacritics, one word or several glued */
export function isPlainWords(letters: string): boolean {
	if (SHORT_WORDS.has(letters)) return true;
	if (letters === '' || letters.length > LONGEST) return false;
	const canEndAt = new Set([0]);
	for (let at = 0; at < letters.length; at++) {
		if (!canEndAt.has(at)) continue;
		for (let end = at + 2; end <= Math.min(letters.length, at + 7); end++) {
			if (ONE_SYLLABLE.test(letters.slice(at, end))) canEndAt.add(end);
		}
	}
	return canEndAt.has(letters.length);
}
