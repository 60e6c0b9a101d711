/**
 * The labelled set of transfer memos. Labels say what a careful cashier reads, not what some program finds; nothing
 * here imports or imitates the extractor. All names, numbers and orders are invented.
 */

/** What can be read from a memo when only the pattern of the shop's codes is known. */
export interface ReadingLabel {
	memo: string;
	/** The shop's pattern: a prefix, or a prefix with wildcards. */
	pattern: string;
	/** The codes that the memo states, in order, each once: capitals, no diacritics, no separators. */
	codes: string[];
	why: string;
}

/** What a memo says about a list of codes that are waiting for money. */
export interface MatchingLabel {
	memo: string;
	/** Codes the shop waits for, as the shop writes them. */
	known: string[];
	/** Those that the memo names, as the shop writes them. */
	matches: string[];
	why: string;
}
