/** The trigger's parameters as core wants them. */
import { ParameterError, readNumberOption } from '@saoke/core/common';
import {
	checkExternalUserId,
	checkPortfolioId,
	readTransactionTypes,
	type MovementFilter,
	type PollOptions,
	type WatchedPortfolio,
} from '@saoke/core/simplize';
import { choice, readLocated, readTriggerCollection } from '@saoke/n8n-kit';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

/** @throws ParameterError if there is none, or one of them cannot be meant */
export function readPortfolios(context: IPollFunctions): WatchedPortfolio[] {
	const { portfolio } = context.getNodeParameter('portfolios', {}) as { portfolio?: IDataObject[] };
	if (!portfolio || portfolio.length === 0) {
		throw new ParameterError('portfolios', 'No portfolio is given', 'Add at least one portfolio to watch.');
	}
	return portfolio.map(({ externalUserId, portfolioId }) => ({
		externalUserId: checkExternalUserId(readLocated(externalUserId)),
		portfolioId: checkPortfolioId(readLocated(portfolioId)),
	}));
}

/** @throws ParameterError for days that are no whole number from 0 to 90 */
export function readPollOptions(context: IPollFunctions): PollOptions {
	const options = readTriggerCollection(context, 'options');
	return {
		overlapDays: readNumberOption('portfolioOverlapDays', options.overlapDays, 'overlapDays'),
		backlogDays: readNumberOption('portfolioBacklogDays', options.backlogDays, 'backlogDays'),
	};
}

export function readFilter(context: IPollFunctions): MovementFilter {
	const direction = choice(context.getNodeParameter('direction', 'any'), ['any', 'in', 'out'], 'triggerOn');
	const { transactionTypes } = readTriggerCollection(context, 'options');
	const types = new Set(readTransactionTypes(transactionTypes)?.map((type) => type.toUpperCase()));
	return ({ movement }) =>
		(direction === 'any' || (direction === 'in' ? movement.amount > 0 : movement.amount < 0)) &&
		(types.size === 0 || types.has(movement.transactionType.toUpperCase()));
}
