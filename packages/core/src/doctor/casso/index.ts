/** The doctor of Casso: asks the service what its documentation leaves open, and whether all is in order. */
import type { CassoConnection } from '../../casso/client';
import { type AskOptions, Asker } from '../asker';
import { type Check, judgeCheck, judgeProbe, type Probe, type Report, type ReportRow, toReport } from '../report';
import { CHECKS, CONTACT } from './checks';
import { type CassoExtras, CassoFacts } from './facts';
import { PAGING_PROBES } from './paging';

/** Everything that reading alone can tell. */
const CASSO_READ_PROBES: ReadonlyArray<Probe<CassoFacts>> = [...PAGING_PROBES];

export interface CassoDoctorOptions extends AskOptions {
	/** Probes to run; default those that only read. CASSO_PROBES has all. */
	probes?: ReadonlyArray<Probe<CassoFacts>>;
	/** Register a webhook at an address of the doctor's own, and remove it again. */
	write?: { ownAddress: string; makeToken: () => string };
	/** Ask for a sync of one account, twice. */
	sync?: boolean;
	/** What the probes may use beyond the API: the address of a webhook, deliveries that came to it. */
	extras?: CassoExtras;
}

/**
 * Runs the doctor: at most 60 requests, one at a time, with pauses. Only reads unless `write` or `sync` is given.
 *
 * Never throws for what the service answers: everything ends in a row of the report.
 *
 * @param connection as for every operation; its gate is not used
 */
export async function runCassoDoctor(connection: CassoConnection, options: CassoDoctorOptions = {}): Promise<Report> {
	const { probes = CASSO_READ_PROBES, write, sync, extras } = options;
	const asker = new Asker(connection.transport, connection.runtime, options);
	const facts = new CassoFacts(connection, asker, { ...extras, ...write });
	const allowed = new Set<string>();
	if (write) allowed.add('write');
	if (sync) allowed.add('sync');
	if (extras?.deliveries) allowed.add('deliveries');
	const contact = await judgeCheck(CONTACT, facts);
	const isReached = contact.verdict === 'all right';
	const checks = [
		contact,
		...(isReached ? await inOrder(CHECKS, (check: Check<CassoFacts>) => judgeCheck(check, facts)) : []),
	];
	const rows = isReached ? await inOrder(probes, (probe) => judgeProbe(probe, facts, allowed)) : [];
	return toReport('Casso', { checks, rows, requests: asker.sent, day: facts.today }, isReached);
}

/** One after the other: a request at a time. */
async function inOrder<T>(items: readonly T[], judge: (item: T) => Promise<ReportRow>): Promise<ReportRow[]> {
	const rows: ReportRow[] = [];
	for (const item of items) rows.push(await judge(item));
	return rows;
}
