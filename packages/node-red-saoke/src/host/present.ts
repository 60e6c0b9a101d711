/** What a record looks like in a message: simplified, as the service sent it, or chosen fields. */
import { pickFields } from '@saoke/core/common';
import type { NormalisedAccount, NormalisedTransaction } from '@saoke/core';
import { paymentCodeFields, type CodePattern } from '@saoke/core/payment';

export interface OutputChoice {
	output?: string;
	/** For `selected`: names, separated by commas, in the order wanted. */
	fields?: string;
}

/** @param codePattern adds the payment code, regardless of the chosen fields; undefined for none */
export function presentTransaction(
	found: NormalisedTransaction,
	choice: OutputChoice,
	codePattern?: CodePattern,
): Record<string, unknown> {
	const record = present(found.transaction, found.details, found.raw, choice);
	return codePattern ? { ...record, ...paymentCodeFields(found.transaction, codePattern) } : record;
}

export function presentAccount(found: NormalisedAccount, choice: OutputChoice): Record<string, unknown> {
	return present(found.account, {}, found.raw, choice);
}

/** @param details fields that are offered beside the simplified ones */
export function present(
	simplified: object,
	details: object,
	raw: Record<string, unknown>,
	{ output, fields = '' }: OutputChoice,
): Record<string, unknown> {
	if (output === 'raw') return raw;
	if (output !== 'selected') return { ...simplified };
	const all: Record<string, unknown> = { ...simplified, ...details };
	const names = fields.split(',').map((name) => name.trim());
	return pickFields(all, names);
}
