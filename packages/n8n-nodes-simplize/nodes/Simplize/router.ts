/** Runs the chosen operation of the Simplize node for each input item. */
import { runItems } from '@saoke/n8n-kit';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import * as cashHistory from './resources/cashHistory';
import * as portfolio from './resources/portfolio';
import * as signing from './resources/signing';
import * as stockTransaction from './resources/stockTransaction';
import * as user from './resources/user';
import { connect } from './shared/connection';
import { toNodeError } from './shared/nodeError';
import type { Operation } from './shared/operation';

const RESOURCES: Record<string, Record<string, Operation>> = {
	cashHistory: cashHistory.operations,
	portfolio: portfolio.operations,
	signing: signing.operations,
	stockTransaction: stockTransaction.operations,
	user: user.operations,
};

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(this, { resources: RESOURCES, connect, toNodeError });
}
