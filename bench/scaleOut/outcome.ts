/** What came of a run: rows against what was sent, and how its deliveries were answered. */
import type { Sandbox, SandboxTransaction } from '@saoke/sandbox';
import type { LedgerRow } from '../../demo/scaled/ledger';
import type { RunResult } from './measure';

type CassoBank = Sandbox['casso'];

const CASSO_DEADLINE_MS = 5_000;

/** Holds the ledger against what was sent. */
export function compare(
	rows: readonly LedgerRow[],
	transactions: readonly SandboxTransaction[],
	casso: CassoBank,
): Pick<RunResult, 'missing' | 'surplus' | 'wrong'> {
	const numberOf = new Map(casso.data.accounts.map(({ id, accountNumber }) => [id, accountNumber]));
	const sent = new Map(
		transactions.map((transaction) => [`${numberOf.get(transaction.accountId) ?? ''} ${transaction.id}`, transaction]),
	);
	const found = new Set(rows.map(getKey));
	return {
		missing: [...sent.keys()].filter((key) => !found.has(key)),
		surplus: rows.length - found.size + [...found].filter((key) => !sent.has(key)).length,
		wrong: rows.filter((row) => {
			const original = sent.get(getKey(row));
			return (
				original !== undefined && (String(original.amount) !== row.amount || original.description !== row.description)
			);
		}).length,
	};
}

/** How the attempts to deliver since then went. */
export function summariseAttempts(
	casso: CassoBank,
	startedMs: number,
): Pick<RunResult, 'acceptedPerSecond' | 'latencyMs' | 'slowerThan5s' | 'failedAttempts'> {
	const all = casso.deliveries
		.list()
		.flatMap(({ attempts }) => attempts)
		.filter(({ startedAt }) => Date.parse(startedAt) >= startedMs);
	const good = all.filter(({ success }) => success);
	const ends = good.map(({ startedAt, durationMs }) => Date.parse(startedAt) + durationMs).sort((a, b) => a - b);
	const most = Math.floor(ends.length * 0.9);
	const times = good.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
	const at = (share: number): number =>
		Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN);
	return {
		acceptedPerSecond: (most * 1_000) / ((ends[most - 1] ?? NaN) - startedMs),
		latencyMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
		slowerThan5s: times.filter((ms) => ms > CASSO_DEADLINE_MS).length,
		failedAttempts: all.length - good.length,
	};
}

function getKey(row: Pick<LedgerRow, 'account_number' | 'transaction_id'>): string {
	return `${row.account_number} ${row.transaction_id}`;
}
