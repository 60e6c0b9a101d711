/** Options for picking accounts: the value is the bank account number, by which transactions are filtered. */
import { getAccounts } from '@saoke/core/casso';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { accountLabel } from '../shared/accounts';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/nodeError';

/** A user waits for the list: rather say soon that it did not come. */
const LONGEST_WAIT_MS = 5_000;

export async function getAccountNumbers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const accounts = await getAccounts(await connect(this, LONGEST_WAIT_MS));
		return accounts
			.filter(({ account }) => account.accountNumber !== '')
			.map(({ account }) => ({ name: accountLabel(account), value: account.accountNumber }));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
