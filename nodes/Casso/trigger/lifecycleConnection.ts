/** A connection for the steps during which n8n itself waits: publishing, unpublishing and the start of n8n. */
import type { CassoConnection } from '@saoke/core/casso';
import type { IHookFunctions } from 'n8n-workflow';
import { connect } from '../shared/connection';

/** All calls and pauses of one step together, in ms: an API that hangs must not keep n8n from starting. */
const STEP_MS = 10_000;
const CALL_MS = 4_000;

/** @throws ParameterError when the base URL in the credential is unusable */
export async function connectForLifecycle(context: IHookFunctions): Promise<CassoConnection> {
	const deadlineMs = Date.now() + STEP_MS;
	const leftMs = (): number => Math.max(0, deadlineMs - Date.now());
	const { transport, runtime, baseUrl } = await connect(context, CALL_MS);
	return {
		baseUrl,
		runtime: { ...runtime, sleep: async (ms) => await runtime.sleep(Math.min(ms, leftMs())) },
		transport: async (request) => {
			if (leftMs() === 0) throw new Error('timed out');
			return await transport({ ...request, timeoutMs: Math.min(CALL_MS, leftMs()) });
		},
	};
}
