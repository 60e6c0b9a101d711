/** Accounts of the Casso node: display names, the resource locator, and lookup. */
import {
	accountLabel,
	findAccount,
	getAccounts,
	readIdOrNumber,
	type CassoConnection,
	type NormalisedAccount,
} from '@saoke/core/casso';
import { asText, removeDiacritics } from '@saoke/core/common';
import { readParameter } from '@saoke/n8n-kit';
import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { connect, type OperationContext } from './connection';
import { toNodeError } from './nodeError';

/** A user is waiting for the list, so fail early. */
const LONGEST_WAIT_MS = 5_000;

/** Selects one account: from the searchable list, or by Casso's id or the account number. The list returns Casso's id. */
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
				hint: "Casso's ID of the account, or its number at the bank. It is looked up among your linked accounts.",
			},
		],
	};
}

const linked = new WeakMap<CassoConnection, Promise<NormalisedAccount[]>>();

/**
 * Resolves the Account parameter of an item. The linked accounts are requested once per connection.
 *
 * @throws ParameterError if it is empty or not a linked account; errors of getAccounts, for every item
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
	// The next item tries again: the outage may be over.
	asking.catch(() => linked.delete(connection));
	return await asking;
}

/** A value from the list is an id, even if another account has it as its number. */
function isPicked(context: IExecuteFunctions, itemIndex: number): boolean {
	const locator = context.getNodeParameter('account', itemIndex) as { mode?: unknown } | null;
	return locator?.mode === 'list';
}

/** List search for the account locator, by bank, holder, number, memo or ID; case and diacritics do not matter. */
export async function searchAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	try {
		const accounts = await getAccounts(await connect(this, LONGEST_WAIT_MS));
		const wanted = toSearchText(filter?.trim() ?? '');
		return {
			results: accounts
				.filter((found) => toSearchText(describeForSearch(found)).includes(wanted))
				.map(({ account }) => ({ name: accountLabel(account), value: String(account.id) })),
		};
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** With the bank's name as Casso spells it, too. */
function describeForSearch({ account, raw }: NormalisedAccount): string {
	const { bankName, accountName, accountNumber, memo, id } = account;
	return [bankName, asText(raw.bankName), accountName, accountNumber, memo, id].join(' ');
}

function toSearchText(text: string): string {
	return removeDiacritics(text).toLowerCase();
}

/** Options for a list of accounts: the value is the bank account number, which filters transactions. */
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
