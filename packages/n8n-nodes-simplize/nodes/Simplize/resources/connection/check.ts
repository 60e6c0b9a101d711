/** Connection: Check. A file of its own, so that the doctor is loaded only when it runs. */
import { runSimplizeDoctor } from '@saoke/core/doctor';
import { checkConnection } from '@saoke/n8n-kit';
import type { IDataObject } from 'n8n-workflow';
import type { OperationContext } from '../../shared/connection';

export async function execute(item: OperationContext): Promise<IDataObject[]> {
	return await checkConnection(item, async (options) => await runSimplizeDoctor(item.connection, options));
}
