/** List search for the account locator: bank, holder and the last digits of the number. */
import { getAccounts, type BankAccount } from '@saoke/core/casso';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { accountLabel } from '../shared/accounts';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/nodeError';

/** A user waits for the list: rather say soon that it did not come. */
const LONGEST_WAIT_MS = 5_000;

export async function searchAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	try {
		const accounts = await getAccounts(await connect(this, LONGEST_WAIT_MS));
		const wanted = filter?.trim().toLowerCase() ?? '';
		return {
			results: accounts
				.map(({ account }) => account)
				.filter((account) => searchText(account).includes(wanted))
				.map((account) => ({ name: accountLabel(account), value: String(account.id) })),
		};
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

function searchText(account: BankAccount): string {
	return `${account.bankName} ${account.accountName} ${account.accountNumber} ${account.memo} ${account.id}`.toLowerCase();
}
