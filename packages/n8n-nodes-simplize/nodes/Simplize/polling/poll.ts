/** One poll of the trigger: new cash movements of the watched portfolios, each once. */
import {
	CASH_MOVEMENT_DETAIL_FIELDS,
	CASH_MOVEMENT_FIELDS,
	checkHistoryQuery,
	pollPortfolios,
	readCashHistory,
	type MovementFilter,
	type NormalisedCashMovement,
} from '@saoke/core/simplize';
import { FirstStates, makePresenter, onePollAtATime } from '@saoke/n8n-kit';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/nodeError';
import { filterOf, pollOptionsOf, portfoliosOf } from './readParameters';

/** Kept in the node's static data. */
interface PollingState extends IDataObject {
	portfolios?: IDataObject;
}

const MOVEMENT_FIELDS = [...CASH_MOVEMENT_FIELDS, ...CASH_MOVEMENT_DETAIL_FIELDS];

/** Where n8n does not say how long a poll may take. */
const DEFAULT_BUDGET_MS = 300_000;
/** Part of the budget after which nothing new is begun. */
const BUDGET_SHARE = 0.6;

const firstStates = new FirstStates<IDataObject>();

export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		// First, so that a choice that is refused costs no movement.
		const present = readPresenter.call(this);
		const found =
			this.getMode() === 'manual'
				? await sample.call(this)
				: await onePollAtATime(this, async () => await newMovements.call(this));
		return found === undefined || found.length === 0 ? null : [found.map((movement) => ({ json: present(movement) }))];
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

async function newMovements(this: IPollFunctions): Promise<NormalisedCashMovement[]> {
	const budgetMs = this.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;
	const connection = await connect(this, budgetMs * (1 - BUDGET_SHARE));
	const kept = this.getWorkflowStaticData('node') as PollingState;
	const before = firstStates.begin(this, kept.portfolios);
	const { emit, nextStates, notes, failure } = await pollPortfolios(connection, portfoliosOf.call(this), before, {
		...pollOptionsOf.call(this),
		filter: filterOf.call(this),
		deadlineMs: connection.runtime.now() + budgetMs * BUDGET_SHARE,
	});
	for (const note of notes) this.logger.warn(`Simplize Polling Trigger: ${note}`);
	kept.portfolios = nextStates as IDataObject;
	if (!before && emit.length === 0) firstStates.remember(this, nextStates as IDataObject);
	// Last, so that the baselines of those that could be read are kept: what arrives there meanwhile must not count as old.
	// With n8n's durable cursors that holds for the first ones only, since n8n keeps nothing of a poll that throws.
	if (failure) throw failure;
	return emit;
}

/** A test by hand shows one recent movement and remembers nothing. */
async function sample(this: IPollFunctions): Promise<NormalisedCashMovement[]> {
	const connection = await connect(this);
	const filter: MovementFilter = filterOf.call(this);
	for (const portfolio of portfoliosOf.call(this)) {
		const recent = await readCashHistory(connection, checkHistoryQuery(portfolio, 'list', Date.now()), { limit: 50 });
		const match = recent.find(filter);
		if (match) return [match];
	}
	return [];
}

function readPresenter(this: IPollFunctions): (found: NormalisedCashMovement) => IDataObject {
	const output = this.getNodeParameter('output', 'simplified') ?? '';
	const present = makePresenter(output, this.getNodeParameter('fields', []), MOVEMENT_FIELDS);
	return ({ movement, details, raw }) =>
		present({ simplified: { ...movement }, details: { ...details }, raw: raw as IDataObject });
}
