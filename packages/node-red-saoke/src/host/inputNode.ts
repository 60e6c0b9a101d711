/** Nodes with an input: completes every message, reports errors to Catch, and sends nothing after close. */
import { toFlowError } from './FlowError';
import type { Lifetime } from './lifetime';
import { runInBackground } from './runInBackground';
import { showBusy, showCount, showFailure, showRetry } from './nodeStatus';
import type { FlowMessage, HostNode, Send } from './nodeRed';
import type { Services } from './services';

export interface Work {
	message: FlowMessage;
	/** Drops messages after the node is closed. */
	send: Send;
	/** Shows that a pause begins; in ms. */
	onPause: (ms: number) => void;
}

/** @param work resolves with the number of elements that were sent on */
export function handleInput(
	node: HostNode,
	lifetime: Lifetime,
	services: Services,
	work: (work: Work) => Promise<number>,
): void {
	node.on('input', (message, send, done) => {
		showBusy(node);
		const finish = async (): Promise<void> => {
			const outcome = await attempt(work, {
				message,
				send: (sent) => {
					if (!lifetime.isOver) send(sent);
				},
				onPause: (ms) => showRetry(node, services.now() + ms),
			});
			if (lifetime.isOver) return;
			if (outcome.error === undefined) {
				showCount(node, outcome.count, services.now());
				done();
			} else {
				showFailure(node, outcome.error);
				done(toFlowError(outcome.error));
			}
		};
		runInBackground(finish(), (error) => {
			node.error(toFlowError(error), {});
		});
	});
}

type Outcome = { count: number; error?: undefined } | { count?: undefined; error: Error };

async function attempt(work: (work: Work) => Promise<number>, given: Work): Promise<Outcome> {
	try {
		return { count: await work(given) };
	} catch (error) {
		return { error: error instanceof Error ? error : new Error('An unexpected error occurred') };
	}
}
