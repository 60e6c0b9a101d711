/** Runs the chosen operation of the Simplize node for each input item. */
import { isTool, runItems } from '@saoke/n8n-kit';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import * as cashHistory from './resources/cashHistory';
import * as portfolio from './resources/portfolio';
import * as signing from './resources/signing';
import * as stockTransaction from './resources/stockTransaction';
import * as user from './resources/user';
import { connectWith, CREDENTIAL } from './shared/connection';
import { toNodeError } from './shared/nodeError';
import type { Operation } from './shared/operation';

/** What a model can use well. Signing: Detect sends refused requests on purpose, which may lock a key. */
const TOOL_RESOURCES: Record<string, Record<string, Operation>> = {
	cashHistory: cashHistory.operations,
	portfolio: portfolio.operations,
	stockTransaction: stockTransaction.operations,
	user: user.operations,
};

const RESOURCES = { ...TOOL_RESOURCES, signing: signing.operations };

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(this, {
		resources: isTool(this) ? TOOL_RESOURCES : RESOURCES,
		credential: CREDENTIAL,
		connect: connectWith,
		toNodeError,
	});
}
