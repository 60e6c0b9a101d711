/** The doctor of Casso: asks the service what its documentation leaves open, and whether all is in order. */
import type { CassoConnection } from '../../casso/client';
import { type AskOptions, Asker } from '../asker';
import { type Check, judgeCheck, judgeProbe, type Probe, type Report, toReport } from '../report';
import { CHECKS, CONTACT, LAST_CHECKS } from './checks';
import { type CassoExtras, CassoFacts } from './facts';
import { LIMITS } from './limits';
import { PAGING_PROBES } from './paging';
import { RECORD_PROBES } from './records';
import { TIME_PROBES } from './times';

const READ_PROBES: ReadonlyArray<Probe<CassoFacts>> = [...PAGING_PROBES, ...RECORD_PROBES, ...TIME_PROBES];

/** What every run asks: reading alone tells it, and a user may have to act on the answer, or to know it. */
export const CASSO_READ_PROBES: ReadonlyArray<Probe<CassoFacts>> = [...READ_PROBES, LIMITS];

export interface CassoDoctorOptions extends AskOptions {
	/** Probes and checks beyond those of every run: CASSO_MORE. */
	more?: { probes: ReadonlyArray<Probe<CassoFacts>>; checks: ReadonlyArray<Check<CassoFacts>> };
	/** What the run may do beyond reading, and what it is given. */
	extras?: CassoExtras;
}

/**
 * Runs the doctor: at most 60 requests, one at a time, with pauses. Only reads unless `extras` allows more.
 *
 * Never throws for what the service answers: everything ends in a row of the report.
 *
 * @param connection as for every operation; its gate is not used
 */
export async function runCassoDoctor(connection: CassoConnection, options: CassoDoctorOptions = {}): Promise<Report> {
	const { more, extras = {} } = options;
	const asker = new Asker(connection.transport, connection.runtime, options);
	const facts = new CassoFacts(connection, asker, extras);
	const allowed = new Set<string>();
	if (extras.write) allowed.add('write');
	if (extras.sync) allowed.add('sync');
	if (extras.listen) allowed.add('deliveries');
	const checks = [await judgeCheck(CONTACT, facts)];
	const rows: Report['rows'] = [];
	const isReached = checks[0]?.verdict === 'all right';
	if (isReached) {
		for (const check of CHECKS) checks.push(await judgeCheck(check, facts));
		for (const probe of [...READ_PROBES, ...(more?.probes ?? []), LIMITS])
			rows.push(await judgeProbe(probe, facts, allowed));
		for (const check of [...(more?.checks ?? []), ...LAST_CHECKS]) checks.push(await judgeCheck(check, facts));
	}
	return toReport('Casso', { checks, rows, requests: asker.sent, day: facts.today }, isReached);
}
