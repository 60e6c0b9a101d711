/** The trigger's parameters as core wants them. */
import { ParameterError } from '@saoke/core/common';
import {
	checkExternalUserId,
	checkPortfolioId,
	readTransactionTypes,
	type MovementFilter,
	type PollOptions,
	type WatchedPortfolio,
} from '@saoke/core/simplize';
import { choice } from '@saoke/n8n-kit';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

const LONGEST_DAYS = 90;

/** @throws ParameterError if there is none, or one of them cannot be meant */
export function readPortfolios(this: IPollFunctions): WatchedPortfolio[] {
	const { portfolio } = this.getNodeParameter('portfolios', {}) as { portfolio?: IDataObject[] };
	if (!portfolio || portfolio.length === 0) {
		throw new ParameterError('portfolios', 'No portfolio is given', 'Add at least one portfolio to watch.');
	}
	return portfolio.map(({ externalUserId, portfolioId }) => ({
		externalUserId: checkExternalUserId(externalUserId),
		portfolioId: checkPortfolioId(portfolioId),
	}));
}

/** @throws ParameterError for days that are no whole number from 0 to 90 */
export function readPollOptions(this: IPollFunctions): PollOptions {
	const options = this.getNodeParameter('options', {}) as IDataObject;
	return {
		overlapDays: readDays(options.overlapDays, 'overlapDays'),
		backlogDays: readDays(options.backlogDays, 'backlogDays'),
	};
}

export function readFilter(this: IPollFunctions): MovementFilter {
	const direction = choice(this.getNodeParameter('direction', 'any'), ['any', 'in', 'out'], 'direction');
	const { transactionTypes } = this.getNodeParameter('options', {}) as IDataObject;
	const types = new Set(readTransactionTypes(transactionTypes)?.map((type) => type.toUpperCase()));
	return ({ movement }) =>
		(direction === 'any' || (direction === 'in' ? movement.amount > 0 : movement.amount < 0)) &&
		(types.size === 0 || types.has(movement.transactionType.toUpperCase()));
}

function readDays(value: unknown, parameter: 'overlapDays' | 'backlogDays'): number | undefined {
	if (value === undefined || value === '' || value === null) return undefined;
	if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LONGEST_DAYS) return value;
	throw new ParameterError(
		parameter,
		`This is not a whole number of days from 0 to ${LONGEST_DAYS}`,
		'Enter a number such as 7.',
	);
}
