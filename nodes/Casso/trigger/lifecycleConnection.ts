/** A connection with a time limit, for calls that block n8n: publishing, unpublishing and startup. */
import type { CassoConnection } from '@saoke/core/casso';
import { withTimeLimit } from '@saoke/n8n-kit';
import type { IHookFunctions } from 'n8n-workflow';
import { connect } from '../shared/connection';

const LIMITS = { totalMs: 10_000, callMs: 4_000 };

/** @throws ParameterError when the base URL in the credential is unusable */
export async function connectForLifecycle(context: IHookFunctions): Promise<CassoConnection> {
	return withTimeLimit(await connect(context, LIMITS.callMs), LIMITS);
}
