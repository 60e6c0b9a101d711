/**
 * What a poller remembers between two polls, kept by the id of its node.
 *
 * n8n keeps the static data of a node under the node's name, which a user may change at any time. So the state is kept
 * twice: in the node's own static data, which n8n's durable cursors store together with the execution, and under the
 * node's id in the part that all nodes of the workflow share. The one that was written last counts. A state that belongs
 * to another node, as its id says, is never taken: a copied node begins with nothing.
 */
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { isOfDurableScheduler } from './activationPoll';

interface Stamp {
	/** Absent in what earlier versions wrote: that is taken over under the node's name. */
	nodeId?: string;
	/** Unix time in ms; later than that of every state this one was made from. */
	savedAtMs?: number;
}

/** By id of the node. */
interface Shared extends IDataObject {
	saokePolls?: Record<string, IDataObject>;
}

export class NodeState<State extends object> {
	private readonly own: IDataObject & Stamp;
	private readonly shared: Shared;
	private readonly nodeId: string;

	constructor(private readonly context: IPollFunctions) {
		this.own = context.getWorkflowStaticData('node');
		this.shared = context.getWorkflowStaticData('global') as Shared;
		this.nodeId = context.getNode().id;
	}

	/** The state as it was saved last; empty before the first time. */
	get value(): Partial<State> {
		const value = { ...this.newest };
		delete value.nodeId;
		delete value.savedAtMs;
		return value as Partial<State>;
	}

	/** Changes what n8n stores only if there is a change, or if it is not stored under the node's id yet. */
	save(next: State): void {
		const before = this.newest;
		if (this.isOwn(before) && JSON.stringify(this.value) === JSON.stringify(next)) return;
		const savedAtMs = Math.max(Date.now(), 1 + (before?.savedAtMs ?? 0));
		const stored: IDataObject & Stamp = { ...(next as IDataObject), nodeId: this.nodeId, savedAtMs };
		for (const key of Object.keys(this.own)) if (!(key in stored)) this.own[key] = undefined;
		Object.assign(this.own, stored);
		// A durable cursor is stored in one step with the execution. The shared part is not, and must not run ahead of it.
		if (isOfDurableScheduler(this.context)) return;
		this.shared.saokePolls = { ...this.shared.saokePolls, [this.nodeId]: { ...stored } };
	}

	private get newest(): (IDataObject & Stamp) | undefined {
		const shared = this.shared.saokePolls?.[this.nodeId] as (IDataObject & Stamp) | undefined;
		const isTaken = this.own.nodeId === undefined || this.isOwn(this.own);
		if (!isTaken || Object.keys(this.own).length === 0) return shared;
		return shared && (shared.savedAtMs ?? 0) > (this.own.savedAtMs ?? 0) ? shared : this.own;
	}

	private isOwn(state: Stamp | undefined): boolean {
		return state?.nodeId === this.nodeId;
	}
}
