/** Node `casso-poll`: polls Casso and sends new transactions, across redeploys, restarts and crashes. */
import { pollCasso, syncBeforeReading, type CassoConnection, type SyncTimes } from '@saoke/core';
import { getSettings } from '../../host/configured';
import { toFlowError } from '../../host/FlowError';
import { runInBackground } from '../../host/runInBackground';
import { getLifetime, type Lifetime } from '../../host/lifetime';
import { clock, showCount, showFailure } from '../../host/nodeStatus';
import type { HostNode, NodeRed } from '../../host/nodeRed';
import { runPolls } from '../../host/pollLoop';
import { presentTransaction } from '../../host/present';
import type { Services } from '../../host/services';
import { showMissing } from '../../host/showMissing';
import { pruneStateFiles } from '../../host/stateFile';
import { getForgetfulStores, getStateStore, type StateStore } from '../../host/stateStore';
import { getRuntimePaths } from '../../host/subflows';
import { getCassoConfig } from '../casso-config/runtime';
import { readPollSettings, type CassoPollProperties, type PollSettings } from './settings';

/** Maximum time of one call over all attempts; the loop itself retries later. */
const CALL_WAIT_MS = 30_000;

export function registerCassoPoll(RED: NodeRed, services: Services): void {
	const settings = { cassoPollForgetfulStores: { value: getForgetfulStores(RED), exportable: true } };
	const construct = function (this: HostNode, properties: CassoPollProperties): void {
		RED.nodes.createNode(this, properties);
		const lifetime = getLifetime(this);
		showMissing(this, (signal) => getCassoConfig(RED, getSettings(RED, this, properties).casso).connect({ signal }));
		try {
			const settings = readPollSettings(getSettings(RED, this, properties));
			const poller = new Poller({ RED, node: this, services, settings, lifetime });
			prune(RED, services);
			if (settings.store !== undefined && getForgetfulStores(RED).includes(settings.store))
				this.warn(
					`The context store "${settings.store}" forgets at a restart: transactions that arrive while Node-RED is off are then missed.`,
				);
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
	};
	RED.nodes.registerType('casso-poll', construct, { settings });
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
	/** Why the newest state is only in memory; undefined if it is stored. */
	private saveError: unknown;

	constructor(private readonly parts: PollerParts) {}

	/** @returns true if more is waiting */
	async poll(): Promise<boolean> {
		const { RED, node, services, settings, lifetime } = this.parts;
		const connection = getCassoConfig(RED, settings.casso).connect({
			signal: lifetime.signal,
			maxTotalWaitMs: CALL_WAIT_MS,
		});
		const store = getStateStore(RED, node, settings.store);
		if (!this.isLoaded) this.state = await store.load();
		this.isLoaded = true;
		const syncFailure = settings.isSyncing ? await this.sync(connection) : undefined;
		const step = await pollCasso(connection, this.state, settings.options, (found) =>
			presentTransaction(found, settings.output, settings.codePattern),
		);
		if (lifetime.isOver) return false;
		for (const note of step.notes) node.warn(note);
		this.send(step.emit);
		// Stored after sending: a crash in between repeats messages and never loses one.
		this.state = step.nextState;
		if (!step.isIdle || this.saveError !== undefined) await this.save(store);
		if (this.saveError !== undefined) showFailure(node, this.saveError);
		else if (step.emit.length > 0) showCount(node, step.emit.length, services.now());
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

	/** The state stays in memory, so the next poll retries a failed write; until then nothing is sent twice or lost. */
	private async save(store: StateStore): Promise<void> {
		const { node } = this.parts;
		try {
			await store.save(this.state);
			this.saveError = undefined;
		} catch (error) {
			if (this.saveError === undefined) node.error(toFlowError(error), {});
			this.saveError = error;
		}
	}
}

const pruned = new WeakSet<NodeRed>();

/** Once per start: removes the state of nodes deleted long ago. */
function prune(RED: NodeRed, services: Services): void {
	const { userDir } = RED.settings;
	if (!userDir || pruned.has(RED)) return;
	pruned.add(RED);
	runInBackground(pruneStateFiles(userDir, getRuntimePaths(RED).keys(), services.now()), () => undefined);
}
