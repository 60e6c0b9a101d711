/** Which codes are easily mistaken in a memo, so that a host can warn before money is matched by them. */
import { fold } from './memoAnatomy';

/** Prefixes that banks print themselves, or that payers use as words. */
const COMMON_PREFIXES: ReadonlySet<string> = new Set(
	'SE GD FT CT SO LOP CK TT ND TK KH MB IB ID TU NAM THANG NGAY LAN PHONG TRACE REF IBFT VND STK SDT'.split(' '),
);

/**
 * @param code an order's code, or the prefix of codes, as the shop writes it
 * @returns why it is easily mistaken and what to use instead; undefined for a good code
 */
export function describeWeakCode(code: string): string | undefined {
	const plain = fold(code).replace(/[^A-Z0-9]/g, '');
	const prefix = /^[A-Z]*/.exec(plain)?.[0] ?? '';
	if (/^\d+$/.test(plain)) {
		return `The code ${code} is a bare number: memos hold many others, such as traces, dates and amounts. Put letters in front, as in DH1024.`;
	}
	if (COMMON_PREFIXES.has(prefix)) {
		return `Banks or payers also write "${prefix}" before other numbers. Use a prefix of your own, as in DH1024.`;
	}
	return undefined;
}
