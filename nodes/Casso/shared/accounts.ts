/** Accounts of the Casso node: how one is shown, picked, given by hand, and looked up. */
import {
	findAccount,
	getAccounts,
	readIdOrNumber,
	type BankAccount,
	type CassoConnection,
	type NormalisedAccount,
} from '@saoke/core/casso';
import { readParameter } from '@saoke/n8n-kit';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from './operation';

/** Bank, holder and the last digits: the number is masked, because lists end up in screenshots. */
export function accountLabel(account: BankAccount): string {
	const who = account.accountName || account.memo;
	return `${account.bankName || 'Bank'}${who ? ` – ${who}` : ''} (…${account.accountNumber.slice(-4)})`;
}

/** Picks one account: from the list with a search, or by Casso's id or the account number. A picked value is Casso's id. */
export function accountLocator(show: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties {
	return {
		displayName: 'Account',
		name: 'account',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: { show },
		description: "The bank account to use: Casso's ID of it, or the account number at the bank",
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose an account…',
				typeOptions: { searchListMethod: 'searchAccounts', searchable: true },
			},
			{
				displayName: 'By ID or Account Number',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 0071000888888',
				hint: "Casso's ID of the account, or its number at the bank. The linked accounts decide which of the two it is.",
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[0-9A-Za-z]+\\s*$',
							errorMessage: 'Use the ID or the account number, without spaces or dots',
						},
					},
				],
			},
		],
	};
}

const linked = new WeakMap<CassoConnection, Promise<NormalisedAccount[]>>();

/**
 * The account that the parameter Account of an item means. The linked accounts are asked for once a connection.
 *
 * @throws ParameterError if it is empty or no linked account; what getAccounts throws, to every item that asks
 */
export async function readAccount({ context, connection, itemIndex }: OperationContext): Promise<NormalisedAccount> {
	const wanted = readIdOrNumber(readParameter(context, 'account', itemIndex, 'accountId'));
	return findAccount(await getLinkedAccounts(connection), wanted, isPicked(context, itemIndex));
}

async function getLinkedAccounts(connection: CassoConnection): Promise<NormalisedAccount[]> {
	const known = linked.get(connection);
	if (known) return await known;
	const asking = getAccounts(connection);
	linked.set(connection, asking);
	// The next item asks again: an outage may be over.
	asking.catch(() => linked.delete(connection));
	return await asking;
}

/** What was picked from the list is an id, even if it is the number of another account. */
function isPicked(context: IExecuteFunctions, itemIndex: number): boolean {
	const locator = context.getNodeParameter('account', itemIndex) as { mode?: unknown } | null;
	return locator?.mode === 'list';
}
