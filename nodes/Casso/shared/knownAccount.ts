/** An account, asked for once for all items of a run. */
import { getAccount, type CassoConnection, type KnownAccount, type NormalisedAccount } from '@saoke/core/casso';

const asked = new WeakMap<CassoConnection, Map<string, Promise<NormalisedAccount>>>();

/**
 * @param connection of this run; what it learns ends with it
 * @param accountId Casso's id
 * @throws as getAccount does, to every item that asks
 */
export async function accountOnce(connection: CassoConnection, accountId: unknown): Promise<NormalisedAccount> {
	const accounts = asked.get(connection) ?? new Map<string, Promise<NormalisedAccount>>();
	asked.set(connection, accounts);
	const key = String(accountId).trim();
	const known = accounts.get(key);
	if (known) return await known;
	const asking = getAccount(connection, accountId);
	accounts.set(key, asking);
	// The next item asks anew: an outage may be over.
	asking.catch(() => accounts.delete(key));
	return await asking;
}

/** Number and bank of an account, as accountOnce finds it. */
export async function knownAccount(connection: CassoConnection, accountId: unknown): Promise<Required<KnownAccount>> {
	const { account } = await accountOnce(connection, accountId);
	return { id: account.id, accountNumber: account.accountNumber, bankName: account.bankName };
}
