/** Settings of a `casso-poll` node. */
import {
	makeTransactionFilter,
	NUMBER_OPTIONS,
	readNumberOption,
	readAccountNumbers,
	readDescriptionFilter,
	type PollCassoOptions,
} from '@saoke/core';
import { optionalCodePattern, type CodePattern } from '@saoke/core/payment';
import type { NodeProperties } from '../../host/nodeRed';
import type { OutputChoice } from '../../host/present';

export interface CassoPollProperties extends NodeProperties, OutputChoice {
	casso?: string;
	/** Seconds. */
	interval?: string;
	/** Days back at the very first poll; empty or 0 begins with now. */
	backlogDays?: string;
	overlapDays?: string;
	direction?: string;
	minAmount?: string;
	maxAmount?: string;
	description?: string;
	accountNumbers?: string;
	delivery?: string;
	/** Name of a context store; empty for a file. */
	store?: string;
	sync?: boolean;
	timesEndingInZ?: string;
	/** Pattern of payment codes; empty for none. */
	paymentCode?: string;
}

export interface PollSettings {
	casso: string | undefined;
	intervalMs: number;
	options: PollCassoOptions;
	accountNumbers: string[];
	/** One message for all that one poll found, instead of one for each. */
	isBatch: boolean;
	store: string | undefined;
	/** Whether Casso is asked to look at the banks before each poll. */
	isSyncing: boolean;
	output: OutputChoice;
	/** Undefined adds no payment code. */
	codePattern: CodePattern | undefined;
}

/** Most transactions handed on before the place in the feed is stored: what a crash may bring again. */
const MAX_EMIT = 500;

/** @throws ParameterError that names the setting which cannot be meant */
export function readPollSettings(properties: CassoPollProperties): PollSettings {
	const accountNumbers = readAccountNumbers(properties.accountNumbers);
	return {
		casso: properties.casso,
		intervalMs: (readNumberOption('interval', properties.interval) ?? NUMBER_OPTIONS.interval.default) * 1000,
		options: {
			filter: makeTransactionFilter({
				direction: properties.direction === 'in' || properties.direction === 'out' ? properties.direction : 'any',
				minAmount: properties.minAmount,
				maxAmount: properties.maxAmount,
				description: readDescriptionFilter(properties.description),
				accountNumbers,
			}),
			backlogDays: readNumberOption('backlogDays', properties.backlogDays),
			overlapDays: readNumberOption('overlapDays', properties.overlapDays),
			maxEmit: MAX_EMIT,
			timesEndingInZ: properties.timesEndingInZ === 'utc' ? 'utc' : 'vietnam',
		},
		accountNumbers,
		isBatch: properties.delivery === 'array',
		store: properties.store || undefined,
		isSyncing: properties.sync === true,
		output: { output: properties.output, fields: properties.fields },
		codePattern: optionalCodePattern(properties.paymentCode),
	};
}
