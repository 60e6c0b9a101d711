/**
 * All webhooks that this Node-RED has registered with Casso, stored in one file. Changes of one address run in sequence,
 * and each deployment removes webhooks that no node uses: the deployed configuration wins over requests in progress.
 */
import { ApiError, deleteOwnWebhook, ParameterError, type CassoConnection } from '@saoke/core';
import { runInBackground } from '../../host/runInBackground';
import type { NodeRed } from '../../host/nodeRed';
import type { HttpClient, Services } from '../../host/services';
import { StateFile, WEBHOOKS_FILE } from '../../host/stateFile';
import { getCassoConfig, type CassoConfigNode } from '../casso-config/runtime';

export interface Registered {
	/** Address that Casso calls. */
	url: string;
	/** Undefined until Casso has answered: then the webhook is found by its address. */
	webhookId?: number;
	/** Only Casso stores the token itself. */
	tokenHash: string;
	isIncomeOnly: boolean;
	/** Id of the node that registered it. */
	nodeId: string;
	/** Id of its connection. */
	cassoId: string;
}

const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 15 * 60_000;
/** Maximum total wait for one call over all attempts, in ms. */
export const CALL_WAIT_MS = 20_000;

export class Registrations {
	private readonly records = new Map<string, Registered>();
	/** Running nodes that register, by id, and the address of each; undefined while its settings are invalid. */
	private readonly wanted = new Map<string, string | undefined>();
	/** Last used connections: if one is deleted with its webhook node, it is still needed to remove the webhook. */
	private readonly connections = new Map<string, CassoConfigNode>();
	/** Addresses used by a node of this process: only these cannot belong to another installation. */
	private readonly ownUrls = new Set<string>();
	private readonly turns = new Map<string, Promise<void>>();
	private readonly file: StateFile | undefined;
	/** A deployment must not abort write requests, so they do not use a connection's client. */
	private readonly client: HttpClient;
	private loading: Promise<void> | undefined;
	private retries = new AbortController();

	constructor(
		private readonly RED: NodeRed,
		private readonly services: Services,
	) {
		const { userDir } = RED.settings;
		this.file = userDir ? new StateFile(userDir, WEBHOOKS_FILE) : undefined;
		this.client = services.makeHttpClient();
		RED.events.on('flows:stopping', () => this.retries.abort());
		RED.events.on('flows:started', () => {
			this.retries = new AbortController();
			runInBackground(this.removeUnwanted(), () => undefined);
		});
	}

	/** @param url undefined while the node's address is unknown */
	want(nodeId: string, url: string | undefined): void {
		this.wanted.set(nodeId, url);
		if (url !== undefined) this.ownUrls.add(url);
	}

	forget(nodeId: string): void {
		this.wanted.delete(nodeId);
	}

	/** @returns the stored registration of this address, also from before a restart */
	async find(url: string): Promise<Registered | undefined> {
		await this.load();
		return this.records.get(url);
	}

	/** @throws SaokeError if it cannot be written; it is still kept in memory */
	async keep(record: Registered): Promise<void> {
		this.records.set(record.url, record);
		await this.save();
	}

	/** Runs work that changes one address at Casso, after all earlier work on it. */
	async inTurn<T>(url: string, work: () => Promise<T>): Promise<T> {
		const turn = (this.turns.get(url) ?? Promise.resolve()).then(work);
		const over = turn.then(
			() => undefined,
			() => undefined,
		);
		this.turns.set(url, over);
		runInBackground(
			over.then(() => {
				if (this.turns.get(url) === over) this.turns.delete(url);
			}),
			() => undefined,
		);
		return await turn;
	}

	/** @returns a connection whose requests a deployment does not abort, so that the outcome of a change is known */
	connect(config: CassoConfigNode): CassoConnection {
		this.connections.set(config.id, config);
		const { signal } = new AbortController();
		return config.connect({ signal, maxTotalWaitMs: CALL_WAIT_MS, client: this.client });
	}

	/** Removes a webhook from Casso, by id and by address. @throws errors of the call */
	async remove(record: Registered): Promise<void> {
		const other = await deleteOwnWebhook(this.connect(this.getConnection(record)), record.webhookId, record.url);
		if (other) this.warnOfOther(other.id);
		await this.drop(record);
	}

	private async drop({ url }: Registered): Promise<void> {
		this.records.delete(url);
		await this.save().catch(() => undefined);
	}

	private warnOfOther(webhookId: number | undefined): void {
		this.RED.log.warn(
			`[saoke] Webhook ${webhookId ?? ''} at Casso points to another address and is not removed: remove it in Casso's dashboard if nothing uses it.`,
		);
	}

	/**
	 * True if the node now has another address than the one it was stored with, and never had that one in this process:
	 * this may be a copy of an installation that still uses the webhook.
	 */
	private mayBelongToAnother({ url, nodeId }: Registered): boolean {
		return this.wanted.get(nodeId) !== undefined && !this.ownUrls.has(url);
	}

	private async removeUnwanted(): Promise<void> {
		await this.load();
		for (const { url } of this.records.values()) runInBackground(this.removeUntilGone(url), () => undefined);
	}

	private async removeUntilGone(url: string): Promise<void> {
		const { signal } = this.retries;
		for (let attempt = 1; !signal.aborted; attempt++) {
			try {
				await this.inTurn(url, async () => {
					const record = this.records.get(url);
					if (!record || this.isWanted(record)) return;
					if (!this.mayBelongToAnother(record)) {
						await this.remove(record);
						return;
					}
					this.warnOfOther(record.webhookId);
					await this.drop(record);
				});
				return;
			} catch (error) {
				if (needsSomebody(error)) {
					this.RED.log.warn(`[saoke] ${what(error)} Remove the webhook ${url} in Casso's dashboard.`);
					return;
				}
				if (attempt === 1) this.RED.log.warn(`[saoke] ${what(error)} Retrying until it succeeds: ${url}`);
				const waitMs = retryWaitMs(attempt, this.services.random());
				await this.services.sleep(waitMs, signal).catch(() => undefined);
			}
		}
	}

	private isWanted({ url, nodeId }: Registered): boolean {
		if (this.wanted.has(nodeId) && this.wanted.get(nodeId) === undefined) return true;
		return [...this.wanted.values()].includes(url);
	}

	/** @throws ParameterError if the connection is gone */
	private getConnection({ cassoId }: Registered): CassoConfigNode {
		try {
			return getCassoConfig(this.RED, cassoId);
		} catch (error) {
			const last = this.connections.get(cassoId);
			if (last) return last;
			throw error;
		}
	}

	private async load(): Promise<void> {
		this.loading ??= (async () => {
			const stored = await this.file?.load().catch(() => undefined);
			if (!Array.isArray(stored)) return;
			for (const record of stored.filter(isRegistered)) this.records.set(record.url, record);
		})();
		await this.loading;
	}

	private async save(): Promise<void> {
		await this.file?.save([...this.records.values()]);
	}
}

/** @param attempt number of the attempt that just failed, from 1 @param random uniform in [0, 1) */
export function retryWaitMs(attempt: number, random: number): number {
	return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1)) * (0.8 + 0.4 * random);
}

/** Another attempt with the same connection cannot help. */
function needsSomebody(error: unknown): boolean {
	if (error instanceof ApiError) return [401, 403].includes(error.httpStatus);
	return error instanceof ParameterError;
}

function what(error: unknown): string {
	return `A webhook could not be removed from Casso (${error instanceof Error ? error.message : 'unknown'}).`;
}

function isRegistered(stored: unknown): stored is Registered {
	const { url, webhookId, tokenHash, nodeId, cassoId } = (stored ?? {}) as Partial<Record<keyof Registered, unknown>>;
	const isIdKnown = webhookId === undefined || typeof webhookId === 'number';
	return isIdKnown && [url, tokenHash, nodeId, cassoId].every((value) => typeof value === 'string');
}
