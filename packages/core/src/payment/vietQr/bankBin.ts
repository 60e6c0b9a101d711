/** Which BIN an account's bank has at NAPAS (casso-api 4.1): Casso's own field, else by the bank's code name. */
import type { NormalisedAccount } from '../../casso/accounts';
import { ParameterError } from '../../errors';
import { asText } from '../../json';

/** Beginnings of code names; Casso adds to them, as in `acb_digi`. */
const BIN_BY_CODE_NAME: readonly (readonly [codeName: string, bin: string])[] = [
	['acb', '970416'],
	['agribank', '970405'],
	['bidv', '970418'],
	['eximbank', '970431'],
	['mbbank', '970422'],
	['msb', '970426'],
	['ocb', '970448'],
	['techcombank', '970407'],
	// Casso's own number for it; public lists have Timo at 963388.
	['timoplus', '970454'],
	['tpbank', '970423'],
	['vietcombank', '970436'],
	['vietinbank', '970415'],
	['vpbank', '970432'],
];

/**
 * @returns six digits
 * @throws ParameterError if Casso names no BIN and no bank that is known
 */
export function getBankBin({ account, raw }: NormalisedAccount): string {
	const bin = String(account.BIN ?? '');
	if (/^\d{6}$/.test(bin)) return bin;
	const codeName = asText(raw.bankCodeName).toLowerCase();
	const known = BIN_BY_CODE_NAME.find(([name]) => codeName === name || codeName.startsWith(`${name}_`));
	if (known) return known[1];
	throw new ParameterError(
		'bankBin',
		'Casso does not say which BIN the bank of this account has',
		'Enter the six digits that NAPAS gave the bank, e.g. 970436.',
	);
}
