/** The doctor of Simplize: asks the service what its documentation leaves open, and whether all is in order. */
import type { SimplizeConnection } from '../../simplize/client';
import { type AskOptions, Asker } from '../asker';
import { checkClock, checkContact, checkLatency } from '../connection';
import {
	allRight,
	attention,
	type Check,
	defineChecks,
	judgeCheck,
	judgeProbe,
	type Probe,
	type Report,
	toReport,
} from '../report';
import { describeAnswer, type SimplizeExtras, SimplizeFacts, TRY_WAYS_TO_SIGN } from './facts';
import { HISTORY_PROBES } from './histories';
import { SERVICE_PROBES } from './service';
import { SIGNING_PROBES } from './signing';

export const SIMPLIZE_PROBES: ReadonlyArray<Probe<SimplizeFacts>> = [
	...SIGNING_PROBES,
	...HISTORY_PROBES,
	...SERVICE_PROBES,
];

const CONTACT: Check<SimplizeFacts> = {
	id: 'address',
	question: 'Does Simplize answer at the base URL?',
	judge: async (facts) =>
		await checkContact(
			facts.contact(),
			describeAnswer,
			'Check the base URL that Simplize gave you, and the network of this machine. If both are right, try again later.',
		),
};

const CHECKS = defineChecks<SimplizeFacts>([
	{
		id: 'key',
		question: 'Are key and signature accepted?',
		judge: async (facts) => {
			const answer = await facts.contact();
			if (answer.isSuccess) return allRight('accepted');
			return attention(describeAnswer(answer), `Check key, secret and clock. If all are right, ${TRY_WAYS_TO_SIGN}.`);
		},
	},
	{
		id: 'clock',
		question: "Does this machine's clock agree with Simplize's?",
		judge: async (facts) => checkClock(await facts.contact()),
	},
]);

/** After all requests. */
const LATENCY: Check<SimplizeFacts> = {
	id: 'latency',
	question: 'How fast does Simplize answer?',
	judge: ({ asker }) => checkLatency(asker.tookMs),
};

export interface SimplizeDoctorOptions extends AskOptions {
	extras?: SimplizeExtras;
}

/**
 * Runs the doctor: at most 60 requests, one at a time, with pauses. Every call of Simplize only reads.
 *
 * Never throws for what the service answers: everything ends in a row of the report.
 *
 * @param connection as for every operation
 */
export async function runSimplizeDoctor(
	connection: SimplizeConnection,
	options: SimplizeDoctorOptions = {},
): Promise<Report> {
	const asker = new Asker(connection.transport, connection.runtime, options);
	const facts = new SimplizeFacts(connection, asker, options.extras);
	const checks = [await judgeCheck(CONTACT, facts)];
	const rows: Report['rows'] = [];
	const isReached = checks[0]?.verdict === 'all right';
	if (isReached) {
		for (const check of CHECKS) checks.push(await judgeCheck(check, facts));
		for (const probe of SIMPLIZE_PROBES) rows.push(await judgeProbe(probe, facts, new Set()));
		checks.push(await judgeCheck(LATENCY, facts));
	}
	return toReport('Simplize', { checks, rows, requests: asker.sent, day: facts.today }, isReached);
}
