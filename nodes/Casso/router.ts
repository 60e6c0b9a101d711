/** Runs the chosen operation of the Casso node: for each input item, or for all of them at once. */
import { runItems } from '@saoke/n8n-kit';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import * as account from './resources/account';
import * as payment from './resources/payment';
import * as transaction from './resources/transaction';
import * as user from './resources/user';
import * as webhook from './resources/webhook';
import { connect } from './shared/connection';
import { toNodeError } from './shared/nodeError';
import type { BatchOperation } from './shared/operation';

const RESOURCES = {
	account: account.operations,
	payment: payment.operations,
	transaction: transaction.operations,
	user: user.operations,
	webhook: webhook.operations,
};

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const isMatch =
		this.getNodeParameter('resource', 0) === 'payment' && this.getNodeParameter('operation', 0) === 'match';
	if (isMatch) return await runBatch(this, payment.batchOperations.match);
	return await runItems(this, { resources: RESOURCES, connect, toNodeError });
}

/** What fails here fails for all items: it stands alone on the first output. */
async function runBatch(context: IExecuteFunctions, operation: BatchOperation): Promise<INodeExecutionData[][]> {
	try {
		return await operation.executeBatch.call(context);
	} catch (caught) {
		const error = toNodeError(context.getNode(), caught);
		if (!context.continueOnFail()) throw error;
		return [[{ json: { error: error.message }, error, pairedItem: { item: 0 } }], [], []];
	}
}
