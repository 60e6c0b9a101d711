/** Runs polls one at a time, backs off while they fail, and stops on close. */
import { ApiError, ParameterError } from '@saoke/core';
import { toFlowError } from './FlowError';
import { runInBackground } from './runInBackground';
import type { Lifetime } from './lifetime';
import type { HostNode } from './nodeRed';
import { showFailure, showRetry } from './nodeStatus';
import type { Services } from './services';
import { StateError } from './StateError';

export interface PollLoop {
	node: HostNode;
	services: Services;
	lifetime: Lifetime;
	intervalMs: number;
	/** @returns true if the next poll should follow immediately */
	poll: () => Promise<boolean>;
}

/** By then, the nodes that receive the messages have started. */
const FIRST_POLL_MS = 200;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 15 * 60_000;
/** Upper limit of the pause, even if the service requests a longer one. */
const LONGEST_ASKED_MS = 6 * 3_600_000;

export function runPolls(loop: PollLoop): void {
	const { node, services, lifetime } = loop;
	const run = async (): Promise<void> => {
		let failures = 0;
		let waitMs = FIRST_POLL_MS;
		for (;;) {
			await services.sleep(waitMs, lifetime.signal);
			const outcome = await attempt(loop);
			if (lifetime.isOver) return;
			failures = outcome.error === undefined ? 0 : failures + 1;
			if (outcome.error !== undefined) {
				node.error(toFlowError(outcome.error), {});
				if (outcome.error instanceof ParameterError) {
					// Only a changed setting can help, and that restarts the node.
					showFailure(node, outcome.error);
					return;
				}
			}
			waitMs = nextWaitMs(loop, failures, outcome);
			if (outcome.error instanceof StateError) showFailure(node, outcome.error);
			else if (failures > 0) showRetry(node, services.now() + waitMs, getSignature(outcome.error));
		}
	};
	runInBackground(run(), (error) => {
		if (!lifetime.isOver) node.error(toFlowError(error), {});
	});
}

interface Outcome {
	hasMore: boolean;
	error?: unknown;
}

async function attempt({ poll }: PollLoop): Promise<Outcome> {
	try {
		return { hasMore: await poll() };
	} catch (error) {
		return { hasMore: false, error };
	}
}

/** Jitter, so that many machines do not retry at the same time after an outage. */
function nextWaitMs({ intervalMs, services }: PollLoop, failures: number, { hasMore, error }: Outcome): number {
	if (failures === 0) return hasMore ? 0 : intervalMs;
	const growing = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)) * (0.8 + 0.4 * services.random());
	const asked = error instanceof ApiError ? (error.failure.retryAfterMs ?? 0) : 0;
	return Math.round(Math.max(growing, Math.min(asked, LONGEST_ASKED_MS)));
}

/** HTTP status of the error, or a symbol for "no answer"; needs no translation. */
function getSignature(error: unknown): string {
	if (!(error instanceof ApiError)) return '✗';
	return error.httpStatus >= 400 ? String(error.httpStatus) : `${String(error.httpStatus)} ✗`;
}
