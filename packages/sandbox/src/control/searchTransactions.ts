/** Finds transactions by what a person remembers of them: memo, name, reference, number or amount. */
import type { CassoBank } from '../casso/bank';
import type { SandboxTransaction } from '../casso/model';

/** In order of time. @param accountId null for all @param search any case, with or without diacritics; empty for all */
export function searchTransactions(
	bank: CassoBank,
	accountId: number | null,
	search: string,
): readonly SandboxTransaction[] {
	const { list } = bank.book.transactions.range(accountId, -Infinity, Infinity);
	const wanted = plain(search.trim());
	return wanted === '' ? list : list.filter((transaction) => textOf(transaction).includes(wanted));
}

function textOf({ id, description, reference, amount, counterparty }: SandboxTransaction): string {
	return plain([id, description, reference, amount, counterparty.name, counterparty.accountNumber].join(' '));
}

/** Small letters without diacritics, as banks print Vietnamese. */
function plain(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}
