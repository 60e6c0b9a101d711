/** One poll of the Casso Polling Trigger: stored state, time limits, and the items returned to n8n. */
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
	withHintInMessage,
	withTimeLimit,
} from '@saoke/n8n-kit';
import { NodeOperationError, type IDataObject, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/nodeError';
import { carryRegistrations } from '../shared/registrationState';
import { readSettings, type PollSettings } from './settings';
import { noteSync, getSyncTimes } from './syncTimes';

/** Saved only after the whole poll succeeded. */
interface Kept {
	feed?: IDataObject;
	syncedAt?: SyncTimes;
}

/** Keeps one execution to a usable size; the next poll returns the rest. */
const MOST_ITEMS = 5_000;
/** Share of the budget that one call may spend waiting, so that a poll fails in time instead of being abandoned. */
const WAITING_SHARE = 0.2;

/** @returns null if there is nothing new: n8n then starts no execution */
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
		if (!isActivation) throw toNodeError(context.getNode(), error);
		if (!isLeftToNextPoll(context, error)) throw withHintInMessage(toNodeError(context.getNode(), error));
		context.logger.warn(`Casso Polling Trigger ${postponedNote(error)}`);
		begin(context, state, startedAtMs);
		carryRegistrations(context);
		return null;
	}
}

/** Transactions that arrive between publishing and the first successful poll count as new. */
function begin(context: IPollFunctions, state: NodeState<Kept>, nowMs: number): void {
	if (state.value.feed) return;
	try {
		state.save({ feed: toStored(beginFeed(nowMs, readSettings(context).reading)) });
	} catch (error) {
		// The next poll throws the same, and then it is an error.
		if (!(error instanceof ParameterError)) throw toNodeError(context.getNode(), error);
	}
}

async function read(context: IPollFunctions, state: NodeState<Kept>, isActivation: boolean): Promise<IDataObject[]> {
	const { feed: before, syncedAt: syncedBefore = {} } = state.value;
	const settings = readSettings(context);
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

/** For a test run in the editor: one real transaction, without changing the state. */
async function sample(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	const { filter, present } = readSettings(context);
	const newest = await newestTransaction(await connect(context), { filter });
	if (newest) return [[{ json: present(newest) }]];
	throw new NodeOperationError(context.getNode(), 'No transaction of the last 30 days matches the filters', {
		description: 'Change the accounts, the direction or the filters, or wait for a new transaction.',
	});
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
