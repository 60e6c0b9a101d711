/**
 * State of a poller between two polls, stored by node id.
 *
 * n8n keys a node's static data by the node's name, which a user may change at any time. So the state is stored twice: in
 * the node's own static data, which n8n's durable cursors store together with the execution, and by node id in the
 * workflow's shared static data. The newest copy wins. State with another node's id is ignored, so that a copied node
 * starts empty.
 */
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { isOfDurableScheduler } from './activationPoll';

interface Stamp {
	/** Absent in state of earlier versions, which is looked up by node name. */
	nodeId?: string;
	/** Unix time in ms; later than that of every state it was derived from. */
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

	/** The last saved state; empty before the first save. */
	get value(): Partial<State> {
		const value = { ...this.newest };
		delete value.nodeId;
		delete value.savedAtMs;
		return value as Partial<State>;
	}

	/** Writes only if the state changed, or is not yet stored by node id. */
	save(next: State): void {
		const before = this.newest;
		if (this.isOwn(before) && JSON.stringify(this.value) === JSON.stringify(next)) return;
		const savedAtMs = Math.max(Date.now(), 1 + (before?.savedAtMs ?? 0));
		const stored: IDataObject & Stamp = { ...(next as IDataObject), nodeId: this.nodeId, savedAtMs };
		for (const key of Object.keys(this.own)) if (!(key in stored)) this.own[key] = undefined;
		Object.assign(this.own, stored);
		// A durable cursor is stored atomically with the execution. The shared static data is not, and must not be ahead of it.
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
