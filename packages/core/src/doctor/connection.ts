/** Checks that both services share: whether one answers, the clock and the speed. */
import type { Answer } from './asker';
import { allRight, attention, cannotTell, type Finding, NoAnswer } from './report';

/** A Date counts whole seconds, and the answer was on its way: less than this is no difference. */
const NOTABLE_CLOCK_MS = 2000;

const SLOW_MS = 5000;

/**
 * First of all: without an answer nothing else can be asked.
 *
 * @param contact the answer to the first request
 * @param advice what to do if nothing answers, or something else than the service
 */
export async function checkContact<Contact extends { isEnvelope: boolean }>(
	contact: Promise<Contact>,
	describe: (answer: Contact) => string,
	advice: string,
): Promise<Finding> {
	try {
		const answer = await contact;
		return answer.isEnvelope ? allRight('yes') : attention(describe(answer), advice);
	} catch (error) {
		if (error instanceof NoAnswer) return attention(error.message, advice);
		throw error;
	}
}

/** @param answer any answer; its Date header is compared with the middle between request and answer */
export function checkClock({ headers, atMs, tookMs }: Pick<Answer, 'headers' | 'atMs' | 'tookMs'>): Finding {
	const serverMs = Date.parse(headers.date ?? '');
	if (Number.isNaN(serverMs)) return cannotTell('the answer has no Date');
	// A Date is cut to whole seconds: half a second later is the best guess.
	const aheadMs = atMs - tookMs / 2 - (serverMs + 500);
	const seconds = Math.round(Math.abs(aheadMs) / 1000);
	if (Math.abs(aheadMs) < NOTABLE_CLOCK_MS + tookMs / 2) return allRight('they agree within two seconds');
	return attention(
		`this machine is ${seconds} s ${aheadMs > 0 ? 'ahead' : 'behind'}`,
		'Set the clock of this machine (time synchronisation).',
	);
}

/** @param tookMs of every answer so far */
export function checkLatency(tookMs: readonly number[]): Finding {
	const sorted = [...tookMs].sort((a, b) => a - b);
	const median = sorted[Math.floor(sorted.length / 2)];
	if (median === undefined) return cannotTell('no answer came');
	const seen = `${Math.round(median)} ms usually, ${Math.round(sorted.at(-1) ?? 0)} ms at most`;
	if (median < SLOW_MS) return allRight(seen);
	return attention(seen, 'Reads take long: choose shorter ranges of days.');
}
