/** Runs the chosen operation of the Casso node: for each input item, or for all of them at once. */
import { isTool, runItems } from '@saoke/n8n-kit';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import * as account from './resources/account';
import * as payment from './resources/payment';
import { readRecentTransactions } from './resources/payment/recentTransactions';
import * as transaction from './resources/transaction';
import * as user from './resources/user';
import * as webhook from './resources/webhook';
import { connectWith, CREDENTIAL } from './shared/connection';
import { toNodeError } from './shared/nodeError';

/** What a model can use well. A webhook needs a secret of its own, and a wrong call would cut off a workflow. */
const TOOL_RESOURCES = {
	account: account.operations,
	payment: payment.operations,
	transaction: transaction.operations,
	user: user.operations,
};

const RESOURCES = { ...TOOL_RESOURCES, webhook: webhook.operations };

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const isMatch =
		this.getNodeParameter('resource', 0) === 'payment' && this.getNodeParameter('operation', 0) === 'match';
	if (isMatch) return await runMatch(this);
	return await runItems(this, {
		resources: isTool(this) ? TOOL_RESOURCES : RESOURCES,
		credential: CREDENTIAL,
		connect: connectWith,
		toNodeError,
	});
}

/** What fails here fails for all items: it is alone on the first output. */
async function runMatch(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { match } = payment.batchOperations;
	try {
		if (!isTool(context)) return await match.executeBatch.call(context, context.getInputData());
		const [orders = []] = await match.executeBatch.call(context, await readRecentTransactions(context));
		// The transactions are no input items, so nothing can be linked to them.
		return [orders.map((order) => ({ ...order, pairedItem: { item: 0 } }))];
	} catch (caught) {
		const error = toNodeError(context.getNode(), caught);
		if (!context.continueOnFail()) throw error;
		return [[{ json: { error: error.message }, error, pairedItem: { item: 0 } }], [], []];
	}
}
