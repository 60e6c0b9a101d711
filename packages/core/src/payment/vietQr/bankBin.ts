/** Which BIN an account's bank has at NAPAS (casso-api 4.1): Casso's own field, else by the bank's code name. */
import { findBank } from '../../banks';
import type { NormalisedAccount } from '../../casso/accounts';
import { ParameterError } from '../../errors';
import { asText } from '../../json';

/**
 * @returns six digits
 * @throws ParameterError if Casso names no BIN and no bank that is known
 */
export function getBankBin({ account, raw }: NormalisedAccount): string {
	const bin = String(account.BIN ?? '');
	if (/^\d{6}$/.test(bin)) return bin;
	const known = findBank(asText(raw.bankCodeName));
	if (known) return known.bin;
	throw new ParameterError(
		'bankBin',
		'Casso does not say which BIN the bank of this account has',
		'Enter the six digits that NAPAS gave the bank, e.g. 970436.',
	);
}
