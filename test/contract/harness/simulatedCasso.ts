/** A sandbox on a clock of the test's own, and a connection to it that never really waits. */
import {
	cassoAuthorization,
	pollCasso,
	type CassoConnection,
	type CassoPoll,
	type PollCassoOptions,
} from '@saoke/core';
import {
	startSandbox,
	type LoggedRequest,
	type Sandbox,
	type SandboxOptions,
	type SandboxTransaction,
} from '@saoke/sandbox';

export const START = Date.parse('2026-03-10T12:00:00+07:00');

export interface SimulatedCasso {
	sandbox: Sandbox;
	connection: CassoConnection;
	/** What the bank and, with `skewMs`, the reader take for now; Unix time in ms. */
	clock: { nowMs: number; skewMs: number };
	/** What was asked to be slept, in ms. */
	slept: number[];
	/** Back to the start: no rows, no faults, the first time. */
	reset: () => void;
	/** Adds a row of so long ago. @returns its key */
	add: (ageMs: number, more?: { id?: number; account?: number }) => string;
	rows: () => readonly SandboxTransaction[];
	/** Calls that reached the sandbox since the last look. */
	requests: () => LoggedRequest[];
}

export async function startSimulatedCasso(options: SandboxOptions = {}): Promise<SimulatedCasso> {
	const clock = { nowMs: START, skewMs: 0 };
	const sandbox = await startSandbox({ accounts: 3, transactions: 0, now: () => clock.nowMs, ...options });
	const slept: number[] = [];
	const authorization = cassoAuthorization({ authentication: 'apiKey', apiKey: sandbox.apiKey });
	let looked = 0;
	const requests: SimulatedCasso['requests'] = () => {
		const fresh = sandbox.casso.requests.list({ afterId: looked });
		looked = fresh.at(-1)?.id ?? looked;
		return fresh;
	};
	return {
		sandbox,
		clock,
		slept,
		connection: {
			baseUrl: sandbox.cassoUrl,
			transport: async (request) => {
				const answer = await fetch(request.url, {
					method: request.method,
					headers: { ...request.headers, authorization },
					body: request.body,
				});
				return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
			},
			runtime: {
				now: () => clock.nowMs + clock.skewMs,
				random: () => 0.5,
				sleep: async (ms) => {
					slept.push(ms);
					clock.nowMs += ms;
					await Promise.resolve();
				},
			},
		},
		rows: () => sandbox.casso.data.transactions.range(null, -Infinity, Infinity).list,
		requests,
		reset: () => {
			sandbox.casso.reset();
			Object.assign(clock, { nowMs: START, skewMs: 0 });
			requests();
		},
		add: (ageMs, { id, account = 0 } = {}) => {
			const time = Math.floor((clock.nowMs - ageMs) / 1000) * 1000;
			const accountId = sandbox.casso.data.accounts[account]?.id;
			return getKey(sandbox, sandbox.casso.addTransaction({ amount: 1000, time, accountId, id }));
		},
	};
}

/** Identity of a row as the feed has it. */
export function getKey(sandbox: Sandbox, row: SandboxTransaction): string {
	return `${sandbox.casso.data.getTransactionAccount(row).accountNumber}/${row.id}`;
}

/** A host that keeps the state as JSON, and counts what it was given. */
export class PollingHost {
	stored: string | undefined;
	readonly emitted: string[] = [];

	constructor(private readonly casso: SimulatedCasso) {}

	/** @param isSaved false: the host stops before it saved what an empty poll changed */
	async poll(options: PollCassoOptions = {}, isSaved = true): Promise<CassoPoll<string>> {
		const stored: unknown = this.stored === undefined ? undefined : JSON.parse(this.stored);
		const poll = await pollCasso(
			this.casso.connection,
			stored,
			{ pageSize: 5, ...options },
			({ transaction }) => `${transaction.accountNumber}/${transaction.id}`,
		);
		if (isSaved || poll.emit.length > 0) this.stored = JSON.stringify(poll.nextState);
		this.emitted.push(...poll.emit);
		return poll;
	}
}
