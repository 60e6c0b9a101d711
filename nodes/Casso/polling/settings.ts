/** The poller's parameters, read and checked. */
import type { NormalisedTransaction, TransactionFilter } from '@saoke/core/casso';
import { ParameterError, readNumberOption, readTextList } from '@saoke/core/common';
import type { PollCassoOptions } from '@saoke/core/polling';
import { optionalCodePattern, type CodePattern } from '@saoke/core/payment';
import { choice, readTriggerCollection } from '@saoke/n8n-kit';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { readDirection, toTransactionFilter } from '../shared/filters';
import { withPaymentCode } from '../shared/paymentCode';

export interface PollSettings {
	/** Picked account numbers; empty for all accounts. */
	accountNumbers: string[];
	filter: TransactionFilter;
	reading: Pick<PollCassoOptions, 'backlogDays' | 'overlapDays' | 'pageSize' | 'parallel'>;
	syncFirst: boolean;
	/** The same shape as the Casso Trigger and Get Many give. */
	present: (found: NormalisedTransaction) => IDataObject;
}

/** @throws ParameterError for a parameter that makes no sense */
export function readSettings(context: IPollFunctions): PollSettings {
	const filters = readTriggerCollection(context, 'filters');
	const options = readTriggerCollection(context, 'options');
	const accountNumbers = readPickedAccounts(context);
	return {
		accountNumbers,
		filter: toTransactionFilter(
			// None picked means all accounts; picked ones take the place of a filter.
			{ ...filters, accountNumbers: accountNumbers.length > 0 ? accountNumbers : undefined },
			readDirection(context.getNodeParameter('direction', 'any') ?? '', 'triggerOn'),
		),
		reading: {
			backlogDays: readNumberOption('backlogDays', options.backlogDays),
			overlapDays: readNumberOption('overlapDays', options.overlapDays),
			pageSize: readNumberOption('pageSize', options.pageSize),
			parallel: readNumberOption('parallel', options.parallel),
		},
		syncFirst: options.syncFirst === true,
		present: presenter(
			choice(context.getNodeParameter('output', 'simplified'), ['simplified', 'raw'], 'output') === 'raw',
			optionalCodePattern(options.paymentCode),
		),
	};
}

function presenter(isRaw: boolean, codePattern: CodePattern | undefined): PollSettings['present'] {
	return ({ raw, transaction }) =>
		withPaymentCode(isRaw ? (raw as IDataObject) : { ...transaction }, transaction, codePattern);
}

/** An empty choice must be refused, not read as "all accounts". */
function readPickedAccounts(context: IPollFunctions): string[] {
	const scope = choice(context.getNodeParameter('accountScope', 'all'), ['all', 'picked'], 'accountScope');
	if (scope === 'all') return [];
	const picked = context.getNodeParameter('pickedAccounts', []);
	const numbers = readTextList(picked);
	if (numbers && numbers.length > 0) return numbers;
	throw new ParameterError(
		'pickedAccounts',
		'No account is picked',
		'Pick at least one account, or choose All Accounts.',
	);
}
