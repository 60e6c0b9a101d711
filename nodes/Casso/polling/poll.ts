/** One poll of the Casso Polling Trigger: what n8n keeps, what it allows, and what it is given. */
import type { CassoConnection } from '@saoke/core/casso';
import { ParameterError } from '@saoke/core/common';
import {
	beginFeed,
	newestTransaction,
	pollCasso,
	syncBeforeReading,
	type FeedState,
	type Synced,
	type SyncTimes,
} from '@saoke/core/polling';
import {
	getPollLimits,
	isActivationPoll,
	isLeftToNextPoll,
	NodeState,
	onePollAtATime,
	postponedNote,
	withTimeLimit,
} from '@saoke/n8n-kit';
import { NodeOperationError, type IDataObject, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/nodeError';
import { carryRegistrations } from '../shared/registrationState';
import { readSettings, type PollSettings } from './settings';
import { noteSync, getSyncTimes } from './syncTimes';

/** Changed only after everything of a poll went well. */
interface Kept {
	feed?: IDataObject;
	syncedAt?: SyncTimes;
}

/** One execution with more items than this helps nobody; the rest follows with the next poll. */
const MOST_ITEMS = 5_000;
/** Waiting for one call may take so much of the budget, so that a poll fails in time rather than being abandoned. */
const WAITING_SHARE = 0.2;

/** @returns null if there is nothing new: n8n then starts nothing */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		if (context.getMode() === 'manual') return await sample(context);
		const isActivation = isActivationPoll(context);
		return (await onePollAtATime(context, async () => await pollOnce(context, isActivation))) ?? null;
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function pollOnce(context: IPollFunctions, isActivation: boolean): Promise<INodeExecutionData[][] | null> {
	const startedAtMs = Date.now();
	const state = new NodeState<Kept>(context);
	try {
		const emit = await read(context, state, isActivation);
		carryRegistrations(context);
		return emit.length > 0 ? [emit.map((json) => ({ json }))] : null;
	} catch (error) {
		if (!isActivation || !isLeftToNextPoll(context, error)) throw error;
		context.logger.warn(`Casso Polling Trigger ${postponedNote(error)}`);
		begin(context, state, startedAtMs);
		carryRegistrations(context);
		return null;
	}
}

/** What arrives between publishing and the first poll that can read counts as new. */
function begin(context: IPollFunctions, state: NodeState<Kept>, nowMs: number): void {
	if (state.value.feed) return;
	try {
		state.save({ feed: toStored(beginFeed(nowMs, readSettings.call(context).reading)) });
	} catch (error) {
		// The next poll throws the same, and then it is an error.
		if (!(error instanceof ParameterError)) throw error;
	}
}

async function read(context: IPollFunctions, state: NodeState<Kept>, isActivation: boolean): Promise<IDataObject[]> {
	const { feed: before, syncedAt: syncedBefore = {} } = state.value;
	const settings = readSettings.call(context);
	const limits = getPollLimits(context, isActivation);
	const budgetMs = limits.totalMs;
	const connection = withTimeLimit(await connect(context, Math.max(1_000, budgetMs * WAITING_SHARE)), limits);
	const synced = settings.syncFirst ? await sync(connection, settings, syncedBefore) : undefined;
	const { emit, nextState, notes } = await pollCasso(
		connection,
		before,
		{ ...settings.reading, filter: settings.filter, budgetMs, maxEmit: MOST_ITEMS },
		settings.present,
	);
	for (const note of [...(synced?.notes ?? []), ...notes]) context.logger.warn(`Casso Polling Trigger: ${note}`);
	state.save({ feed: toStored(nextState), ...(synced ? { syncedAt: synced.times } : {}) });
	if (synced?.failure && emit.length === 0 && !isActivation) throw synced.failure;
	return emit;
}

/** What somebody who builds a workflow sees: one real transaction, and no state is touched. */
async function sample(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	const { filter, present } = readSettings.call(context);
	const newest = await newestTransaction(await connect(context), { filter });
	if (newest) return [[{ json: present(newest) }]];
	throw new NodeOperationError(
		context.getNode(),
		'There is no transaction of the last 30 days that passes the filters',
		{
			description: 'Change the accounts, the direction or the filters, or wait for a transaction.',
		},
	);
}

async function sync(connection: CassoConnection, { accountNumbers }: PollSettings, stored: SyncTimes): Promise<Synced> {
	const times = { ...stored, ...getSyncTimes(connection.baseUrl) };
	return await syncBeforeReading(connection, accountNumbers, times, (number, atMs) => {
		noteSync(connection.baseUrl, number, atMs);
	});
}

function toStored(state: FeedState): IDataObject {
	return { ...state } as unknown as IDataObject;
}
