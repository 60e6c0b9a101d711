/**
 * What a poll found when its workflow was published for the first time. With n8n's durable cursors, n8n makes that poll and
 * does not store its state: the next one would begin anew, and what arrived in between would count as old. So the state is
 * remembered in this process until n8n is seen to have stored one.
 */
import type { IPollFunctions } from 'n8n-workflow';
import { nodeKey } from './nodeKey';

export class FirstStates<State> {
	private readonly states = new Map<string, State>();

	/** @returns the state to begin with, of n8n or else of the poll at publishing */
	begin(context: IPollFunctions, stored: State | undefined): State | undefined {
		const key = nodeKey(context);
		// Whoever publishes without a state begins anew, whatever an earlier publishing found.
		const isBeginning = stored === undefined && context.getActivationMode() === 'activate';
		const known = stored === undefined && !isBeginning ? this.states.get(key) : stored;
		if (stored !== undefined || isBeginning) this.states.delete(key);
		return known;
	}

	/** For a poll that began without any state and started nothing: what starts a workflow is stored with it. */
	remember(context: IPollFunctions, state: State): void {
		this.states.set(nodeKey(context), state);
	}
}
