/** Node `casso-poll`: asks Casso at intervals and sends what is new, over redeploys, restarts and crashes. */
import { pollCasso, syncBeforeReading, type CassoConnection, type SyncTimes } from '@saoke/core';
import { toFlowError } from '../../host/FlowError';
import { guard } from '../../host/guard';
import { lifetimeOf, type Lifetime } from '../../host/lifetime';
import { migrate } from '../../host/migrate';
import { clock, showCount, showFailure } from '../../host/nodeState';
import type { HostNode, NodeRed } from '../../host/nodeRed';
import { runPolls } from '../../host/pollLoop';
import { presentTransaction } from '../../host/present';
import type { Services } from '../../host/services';
import { showMissing } from '../../host/showMissing';
import { pruneStateFiles } from '../../host/stateFile';
import { stateStoreOf, type StateStore } from '../../host/stateStore';
import { cassoConfigOf } from '../casso-config/runtime';
import { readPollSettings, type CassoPollProperties, type PollSettings } from './settings';

/** One call may take so long over all its attempts; the loop itself tries again later. */
const CALL_WAIT_MS = 30_000;

export function registerCassoPoll(RED: NodeRed, services: Services): void {
	RED.nodes.registerType('casso-poll', function (this: HostNode, properties: CassoPollProperties) {
		RED.nodes.createNode(this, properties);
		const lifetime = lifetimeOf(this);
		showMissing(this, (signal) => cassoConfigOf(RED, properties.casso).connect({ signal }));
		try {
			const settings = readPollSettings(migrate(properties));
			const poller = new Poller({ RED, node: this, services, settings, lifetime });
			prune(RED, services);
			runPolls({
				node: this,
				services,
				lifetime,
				intervalMs: settings.intervalMs,
				poll: async () => await poller.poll(),
			});
		} catch (error) {
			showFailure(this, error);
			setImmediate(() => {
				this.error(toFlowError(error), {});
			});
		}
	});
}

interface PollerParts {
	RED: NodeRed;
	node: HostNode;
	services: Services;
	settings: PollSettings;
	lifetime: Lifetime;
}

class Poller {
	private state: unknown;
	private isLoaded = false;
	private syncTimes: SyncTimes = {};

	constructor(private readonly parts: PollerParts) {}

	/** @returns true where more is waiting */
	async poll(): Promise<boolean> {
		const { RED, node, services, settings, lifetime } = this.parts;
		const connection = cassoConfigOf(RED, settings.casso).connect({
			signal: lifetime.signal,
			maxTotalWaitMs: CALL_WAIT_MS,
		});
		const store = stateStoreOf(RED, node, settings.store);
		if (!this.isLoaded) this.state = await store.load();
		this.isLoaded = true;
		const syncFailure = settings.isSyncing ? await this.sync(connection) : undefined;
		const step = await pollCasso(connection, this.state, settings.options, (found) =>
			presentTransaction(found, settings.output, settings.codePattern),
		);
		if (lifetime.isOver) return false;
		for (const note of step.notes) node.warn(note);
		this.send(step.emit);
		// Stored after sending: a crash in between brings messages again and never loses one.
		this.state = step.nextState;
		if (!step.isIdle) await this.save(store);
		if (step.emit.length > 0) showCount(node, step.emit.length, services.now());
		else if (syncFailure) throw syncFailure;
		else node.status({ fill: 'green', shape: 'ring', text: `✓ ${clock(services.now())}` });
		return step.hasMore;
	}

	/** @returns the first failure, which is an error only if nothing else comes */
	private async sync(connection: CassoConnection): Promise<Error | undefined> {
		const note = (accountNumber: string, atMs: number): void => {
			this.syncTimes = { ...this.syncTimes, [accountNumber]: atMs };
		};
		const { settings, node } = this.parts;
		const synced = await syncBeforeReading(connection, settings.accountNumbers, this.syncTimes, note);
		this.syncTimes = synced.times;
		for (const text of synced.notes) node.warn(text);
		return synced.failure;
	}

	private send(found: Record<string, unknown>[]): void {
		const { RED, node, settings } = this.parts;
		if (found.length === 0) return;
		const message = (payload: unknown): { _msgid: string; payload: unknown } => ({
			_msgid: RED.util.generateId(),
			payload,
		});
		node.send(settings.isBatch ? message(found) : [found.map(message)]);
	}

	private async save(store: StateStore): Promise<void> {
		try {
			await store.save(this.state);
		} catch (error) {
			// What was sent is known in memory, so this process sends nothing twice; a restart would.
			this.parts.node.error(toFlowError(error), {});
		}
	}
}

const pruned = new WeakSet<NodeRed>();

/** Once a start: state of nodes that were deleted long ago. */
function prune(RED: NodeRed, services: Services): void {
	const { userDir } = RED.settings;
	if (!userDir || pruned.has(RED)) return;
	pruned.add(RED);
	const ids = new Set<string>();
	RED.nodes.eachNode(({ id }) => ids.add(id));
	guard(pruneStateFiles(userDir, ids, services.now()), () => undefined);
}
