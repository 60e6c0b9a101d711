/** One poll of the Casso Polling Trigger: what n8n keeps, what it allows, and what it is given. */
import type { CassoConnection } from '@saoke/core/casso';
import { newestTransaction, pollCasso, syncBeforeReading, type FeedState, type SyncTimes } from '@saoke/core/feed';
import { FirstStates, onePollAtATime } from '@saoke/n8n-kit';
import { NodeOperationError, type IDataObject, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/nodeError';
import { carryRegistrations } from '../shared/registrationState';
import { readSettings, type PollSettings } from './settings';
import { noteSync, syncTimesOf } from './syncTimes';

/** Kept in the node's static data, and changed only after everything of a poll went well. */
interface Kept extends IDataObject {
	feed?: IDataObject;
	syncedAt?: SyncTimes;
}

/** n8n's default where it does not tell its limit. */
const DEFAULT_BUDGET_MS = 300_000;
/** One execution with more items than this helps nobody; the rest follows with the next poll. */
const MOST_ITEMS = 5_000;
/** Waiting for one call may take so much of the budget, so that a poll fails in time rather than being abandoned. */
const WAITING_SHARE = 0.2;

const firstStates = new FirstStates<IDataObject>();

/** @returns null where there is nothing new: n8n then starts nothing */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		if (this.getMode() === 'manual') return await sample.call(this);
		return (await onePollAtATime(this, async () => await pollOnce.call(this))) ?? null;
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

async function pollOnce(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const budgetMs = this.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;
	const kept = this.getWorkflowStaticData('node') as Kept;
	const before = firstStates.begin(this, kept.feed);
	const settings = readSettings.call(this);
	const connection = await connect(this, Math.max(1_000, Math.floor(budgetMs * WAITING_SHARE)));
	const syncedAt = settings.isSyncedFirst ? await sync(connection, settings, kept.syncedAt ?? {}) : undefined;
	const { emit, nextState, isIdle, notes } = await pollCasso(
		connection,
		before,
		{ ...settings.reading, filter: settings.filter, budgetMs, maxEmit: MOST_ITEMS },
		settings.present,
	);
	for (const note of notes) this.logger.warn(`Casso Polling Trigger: ${note}`);
	if (!isIdle || !kept.feed) kept.feed = toStored(nextState);
	if (!before && emit.length === 0) firstStates.remember(this, toStored(nextState));
	if (syncedAt) kept.syncedAt = syncedAt;
	carryRegistrations.call(this);
	return emit.length > 0 ? [emit.map((json) => ({ json }))] : null;
}

/** What somebody who builds a workflow sees: one real transaction, and no state is touched. */
async function sample(this: IPollFunctions): Promise<INodeExecutionData[][]> {
	const { filter, present } = readSettings.call(this);
	const newest = await newestTransaction(await connect(this), { filter });
	if (newest) return [[{ json: present(newest) }]];
	throw new NodeOperationError(this.getNode(), 'There is no transaction of the last 30 days that passes the filters', {
		description: 'Change the accounts, the direction or the filters, or wait for a transaction.',
	});
}

async function sync(
	connection: CassoConnection,
	{ accountNumbers }: PollSettings,
	stored: SyncTimes,
): Promise<SyncTimes> {
	const times = { ...stored, ...syncTimesOf(connection.baseUrl) };
	return await syncBeforeReading(connection, accountNumbers, times, (number, atMs) => {
		noteSync(connection.baseUrl, number, atMs);
	});
}

function toStored(state: FeedState): IDataObject {
	return { ...state } as unknown as IDataObject;
}
