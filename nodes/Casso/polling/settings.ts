/** The poller's parameters, read and checked. */
import {
	makeTransactionFilter,
	readDescriptionFilter,
	type NormalisedTransaction,
	type TransactionFilter,
} from '@saoke/core/casso';
import { ParameterError } from '@saoke/core/common';
import type { PollCassoOptions } from '@saoke/core/feed';
import type { CodePattern } from '@saoke/core/payment';
import { choice } from '@saoke/n8n-kit';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { filterValue, type Filters } from '../shared/filterValue';
import { paymentCodePattern, withPaymentCode } from '../shared/paymentCode';
import { optionalVnd } from '../shared/wholeNumber';

export interface PollSettings {
	/** Picked account numbers; empty for all accounts. */
	accountNumbers: string[];
	filter: TransactionFilter;
	reading: Pick<PollCassoOptions, 'backlogDays' | 'overlapDays' | 'pageSize' | 'parallel'>;
	isSyncedFirst: boolean;
	/** The same shape as the Casso Trigger and Get Many give. */
	present: (found: NormalisedTransaction) => IDataObject;
}

/** @throws ParameterError for a parameter that makes no sense */
export function readSettings(this: IPollFunctions): PollSettings {
	const filters: Filters = {
		values: this.getNodeParameter('filters', {}) as IDataObject,
		written: this.getNodeParameter('filters', {}, { rawExpressions: true }) as IDataObject,
	};
	const options = this.getNodeParameter('options', {}) as IDataObject;
	const accountNumbers = accountNumbersOf.call(this);
	return {
		accountNumbers,
		filter: makeTransactionFilter({
			direction: choice(this.getNodeParameter('direction', 'any'), ['any', 'in', 'out'], 'direction'),
			minAmount: optionalVnd(filterValue(filters, 'minAmount'), 'minAmount'),
			// The field begins with 0, which nobody means as a limit.
			maxAmount: optionalVnd(filterValue(filters, 'maxAmount'), 'maxAmount') || undefined,
			description: readDescriptionFilter(filterValue(filters, 'description')),
			accountNumbers,
		}),
		reading: {
			backlogDays: countOf(options.backlogDays, 'backlogDays', 0, 366) ?? 0,
			overlapDays: countOf(options.overlapDays, 'overlapDays', 1, 31),
			pageSize: countOf(options.pageSize, 'pageSize', 1, 10_000),
			parallel: countOf(options.parallel, 'parallel', 1, 10),
		},
		isSyncedFirst: options.isSyncedFirst === true,
		present: presenter(
			this.getNodeParameter('output', 'simplified') === 'raw',
			paymentCodePattern(options.paymentCode),
		),
	};
}

function presenter(isRaw: boolean, codePattern: CodePattern | undefined): PollSettings['present'] {
	return ({ raw, transaction }) =>
		withPaymentCode(isRaw ? (raw as IDataObject) : { ...transaction }, transaction, codePattern);
}

/** An empty choice must be refused, not read as "all accounts". */
function accountNumbersOf(this: IPollFunctions): string[] {
	if (this.getNodeParameter('accountScope', 'all') !== 'picked') return [];
	const picked = this.getNodeParameter('pickedAccounts', []);
	const list: unknown[] = Array.isArray(picked)
		? picked
		: String(typeof picked === 'string' || typeof picked === 'number' ? picked : '').split(',');
	const numbers = list
		.map((number) => (typeof number === 'string' || typeof number === 'number' ? String(number).trim() : ''))
		.filter((number) => number !== '');
	if (numbers.length > 0) return numbers;
	throw new ParameterError(
		'pickedAccounts',
		'No account is picked',
		'Pick at least one account, or choose All Accounts.',
	);
}

function countOf(value: unknown, parameter: string, least: number, most: number): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const count = typeof value === 'string' ? Number(value.trim()) : value;
	if (typeof count === 'number' && Number.isInteger(count) && count >= least && count <= most) return count;
	throw new ParameterError(
		parameter,
		`This is not a whole number from ${least} to ${most}`,
		`Enter a number such as ${Math.max(least, 3)}, or remove this option.`,
	);
}
