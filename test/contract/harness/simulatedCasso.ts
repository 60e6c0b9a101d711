/** A sandbox on a clock of the test's own, and a connection to it that never really waits. */
import { cassoAuthorization, type CassoConnection } from '@saoke/core';
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
		requests: () => {
			const fresh = sandbox.casso.requests.list({ afterId: looked });
			looked = fresh.at(-1)?.id ?? looked;
			return fresh;
		},
	};
}

/** Identity of a row as the feed has it. */
export function getKey(sandbox: Sandbox, row: SandboxTransaction): string {
	return `${sandbox.casso.data.getTransactionAccount(row).accountNumber}/${row.id}`;
}
