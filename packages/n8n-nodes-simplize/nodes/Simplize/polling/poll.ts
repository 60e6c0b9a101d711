/** One poll of the trigger: emits each new cash movement of the watched portfolios once. */
import {
	CASH_MOVEMENT_DETAIL_FIELDS,
	CASH_MOVEMENT_FIELDS,
	checkHistoryQuery,
	pollPortfolios,
	readCashHistory,
	type MovementFilter,
	type NormalisedCashMovement,
} from '@saoke/core/simplize';
import {
	getPollLimits,
	isActivationPoll,
	isLeftToNextPoll,
	makePresenter,
	NodeState,
	onePollAtATime,
	postponedNote,
	withHintInMessage,
	withTimeLimit,
} from '@saoke/n8n-kit';
import { NodeOperationError, type IDataObject, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/nodeError';
import { readFilter, readPollOptions, readPortfolios } from './readParameters';

interface PollingState {
	/** By portfolio. */
	portfolios: IDataObject;
}

/** For n8n's durable scheduler, which backs off after each failed poll, and most after a non-transient error. */
const TRANSIENT = { failure: { cause: 'temporarily-unavailable' } };
const MOVEMENT_FIELDS = [...CASH_MOVEMENT_FIELDS, ...CASH_MOVEMENT_DETAIL_FIELDS];

/** Share of the budget after which no further portfolio is started. */
const BUDGET_SHARE = 0.6;

export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		// Read first, so that an invalid output setting loses no movement.
		const present = readPresenter(context);
		const found = context.getMode() === 'manual' ? await sample(context) : await regularPoll(context);
		return found === undefined || found.length === 0 ? null : [found.map((movement) => ({ json: present(movement) }))];
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function regularPoll(context: IPollFunctions): Promise<NormalisedCashMovement[] | undefined> {
	const isActivation = isActivationPoll(context);
	try {
		return await onePollAtATime(context, async () => await newMovements(context, isActivation));
	} catch (error) {
		if (!isActivation) throw toNodeError(context.getNode(), error);
		if (!isLeftToNextPoll(context, error)) throw withHintInMessage(toNodeError(context.getNode(), error));
		context.logger.warn(`Simplize Trigger ${postponedNote(error)}`);
		return undefined;
	}
}

async function newMovements(context: IPollFunctions, isActivation: boolean): Promise<NormalisedCashMovement[]> {
	const limits = getPollLimits(context, isActivation);
	const budgetMs = limits.totalMs;
	const connection = withTimeLimit(await connect(context, budgetMs * (1 - BUDGET_SHARE)), limits);
	const state = new NodeState<PollingState>(context);
	const before = state.value.portfolios;
	const polled = await pollPortfolios(connection, readPortfolios(context), before, {
		...readPollOptions(context),
		filter: readFilter(context),
		deadlineMs: connection.runtime.now() + budgetMs * BUDGET_SHARE,
	});
	for (const note of polled.notes) context.logger.warn(`Simplize Trigger: ${note}`);
	const { failure, isAnyRead } = polled;
	// At activation, one failing portfolio must not stop the others from being polled.
	const isError = failure !== undefined && !(isActivation && isAnyRead);
	if (isError && isActivation && !isLeftToNextPoll(context, failure)) throw failure;
	// Saved before throwing, to keep the state of the portfolios that were read. n8n's durable cursors discard the state of a
	// poll that throws, which loses nothing: nothing was emitted, and each portfolio has its state from activation.
	state.save({ portfolios: polled.nextStates as IDataObject });
	// The other portfolios work, so n8n must not back off for half an hour as it does after a permanent error.
	if (isError) throw isAnyRead ? Object.assign(toNodeError(context.getNode(), failure), TRANSIENT) : failure;
	return polled.emit;
}

/** For a test run in the editor: one recent movement, without changing the state. */
async function sample(context: IPollFunctions): Promise<NormalisedCashMovement[]> {
	const connection = await connect(context);
	const filter: MovementFilter = readFilter(context);
	for (const portfolio of readPortfolios(context)) {
		const recent = await readCashHistory(connection, checkHistoryQuery(portfolio, 'list', Date.now()), { limit: 50 });
		const match = recent.find(filter);
		if (match) return [match];
	}
	throw new NodeOperationError(context.getNode(), 'No recent cash movement of these portfolios matches', {
		description: 'Change the portfolios, Trigger On or Transaction Types, or wait for a new movement.',
	});
}

function readPresenter(context: IPollFunctions): (found: NormalisedCashMovement) => IDataObject {
	const output = context.getNodeParameter('output', 'simplified') ?? '';
	const present = makePresenter(output, context.getNodeParameter('fields', []), MOVEMENT_FIELDS);
	return ({ movement, details, raw }) =>
		present({ simplified: { ...movement }, details: { ...details }, raw: raw as IDataObject });
}
