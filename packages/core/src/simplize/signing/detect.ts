/**
 * Finds out by which rule the service checks signatures (simplize-api 3.3, rule 7): one harmless request, sent once for
 * each rule, until one is accepted. Only ever started by a person: wrong signatures may lock a key.
 */
import { ApiError } from '../../errors';
import { historyBody } from '../cashHistory';
import { callSimplize, type SimplizeConnection } from '../client';
import type { HistoryQuery } from '../historyQuery';
import { profileHeader, SIGNATURE_ENCODINGS, SIGNATURE_PAYLOADS, type SigningProfile } from './profile';

export interface ProfileTrial {
	profile: SigningProfile;
	isAccepted: boolean;
	/** HTTP status of the answer. */
	httpStatus: number;
	/** `status` of the body, if it had one. */
	serviceStatus: number | null;
	/** The service's own words; empty if it said nothing. */
	message: string;
}

export interface ProfileDetection {
	/** The first rule that was accepted; null if none was. */
	profile: SigningProfile | null;
	/** What to do now, in plain words. */
	conclusion: string;
	trials: ProfileTrial[];
}

const PATH = '/api/personalize/v1/partner/portfolio/cash-histories';

/** Answers that say nothing about a signature, and after which it is wiser to stop. */
const BUSY = 429;

/**
 * @param query of a portfolio that the key may read; one record of it is asked for, by POST, so that all rules differ
 * @throws NetworkError when the service does not answer
 */
export async function detectProfile(connection: SimplizeConnection, query: HistoryQuery): Promise<ProfileDetection> {
	const trials: ProfileTrial[] = [];
	let clockHint = '';
	for (const profile of candidates()) {
		try {
			await callSimplize(connection, {
				method: 'POST',
				path: PATH,
				query: { externalUserId: query.externalUserId },
				body: historyBody(query, 0, 1),
				headers: profileHeader(profile),
			});
			trials.push({ profile, isAccepted: true, httpStatus: 200, serviceStatus: 200, message: '' });
			return { profile, conclusion: acceptedConclusion(profile), trials };
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			const { httpStatus, serviceCode, serviceMessage, clockAheadMs } = error.failure;
			trials.push({
				profile,
				isAccepted: false,
				httpStatus,
				serviceStatus: serviceCode ?? null,
				message: serviceMessage ?? '',
			});
			if (clockAheadMs !== undefined) clockHint = error.hint;
			if (httpStatus === BUSY || serviceCode === BUSY || httpStatus >= 500) break;
		}
	}
	return { profile: null, conclusion: clockHint || refusedConclusion(trials), trials };
}

/** The default first, then every other rule. */
function candidates(): SigningProfile[] {
	return SIGNATURE_ENCODINGS.flatMap((encoding) => SIGNATURE_PAYLOADS.map((payload) => ({ payload, encoding })));
}

function acceptedConclusion({ payload, encoding }: SigningProfile): string {
	return `Simplize accepted the request. In the credential, set Signature Payload to "${payload}" and Signature Encoding to "${encoding}".`;
}

function refusedConclusion(trials: readonly ProfileTrial[]): string {
	const last = trials.at(-1);
	if (last && (last.httpStatus === BUSY || last.serviceStatus === BUSY || last.httpStatus >= 500)) {
		return 'Simplize is busy or having trouble, so the search was stopped. Try again in a few minutes.';
	}
	const answer = ({ httpStatus, serviceStatus, message }: ProfileTrial): string =>
		`${httpStatus} ${String(serviceStatus)} ${message}`;
	const different =
		[...new Set(trials.map(answer))].length > 1
			? trials.find((trial, _place, all) => isRare(answer(trial), all.map(answer)))
			: undefined;
	if (different) {
		const { payload, encoding } = different.profile;
		return `No rule was accepted, but "${payload}" with "${encoding}" was refused in other words than the rest: it may be the right one, with another reason. Read its message.`;
	}
	return 'No rule was accepted, and all were refused alike. Check API key, API secret, user and portfolio first; if they are right, ask Simplize how requests are signed.';
}

/** True for an answer that less than half of the trials got. */
function isRare(answer: string, answers: readonly string[]): boolean {
	return answers.filter((other) => other === answer).length * 2 < answers.length;
}
