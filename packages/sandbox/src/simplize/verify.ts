/** Checks one request in the order of spec 10: key, parameters, window, signature, user. Knows nothing of its endpoint's data. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { failures } from './failures';
import type { SimplizePartner } from './partner';
import {
	findMatchingRule,
	isInWindow,
	isSignedBy,
	readTimestamp,
	readWindow,
	splitQuery,
	withoutSignature,
	type RawPair,
} from './signature';

export interface ReceivedRequest {
	apiKey: string | undefined;
	rawQuery: string;
	body: Buffer;
	isUserScoped: boolean;
}

/** Each may be in the query once. */
const SINGLE = ['signature', 'timestamp', 'recvWindow', 'externalUserId'];

/** @returns the decoded query @throws ApiFailure, the first that applies */
export function verify(partner: SimplizePartner, request: ReceivedRequest): ReadonlyMap<string, string> {
	if (request.apiKey === undefined || !isSame(request.apiKey, partner.apiKey)) throw failures.unknownKey();
	const pairs = splitQuery(request.rawQuery);
	if (pairs === null) throw failures.brokenQuery();
	const query = new Map(pairs.map((pair) => [pair.name, pair.value]));
	for (const name of request.isUserScoped ? ['externalUserId', 'timestamp', 'signature'] : ['timestamp', 'signature']) {
		if (!query.get(name)) throw failures.missingParameter(name);
	}
	for (const name of SINGLE) {
		if (pairs.filter((pair) => pair.name === name).length > 1) throw failures.duplicateParameter(name);
	}
	const until = checkTime(partner, query);
	checkSignature(partner, request, pairs, query.get('signature') ?? '', until);
	if (request.isUserScoped && !partner.data.isLinked(query.get('externalUserId') ?? '')) throw failures.userNotLinked();
	return query;
}

/** @returns until when the request would be accepted, server time in Unix ms */
function checkTime(partner: SimplizePartner, query: ReadonlyMap<string, string>): number {
	const timestamp = readTimestamp(query.get('timestamp') ?? '');
	if (timestamp === null) throw failures.invalidParameter('timestamp', 'must be Unix milliseconds');
	const window = readWindow(query.get('recvWindow'));
	if (window === null) throw failures.invalidParameter('recvWindow', 'must be from 1 to 60000');
	const now = partner.now();
	if (!isInWindow(timestamp, now, window)) {
		const difference = timestamp - now;
		throw failures.outsideWindow(`timestamp is ${String(Math.abs(difference))} ms ${difference > 0 ? 'ahead' : 'old'}`);
	}
	return timestamp + window;
}

function checkSignature(
	partner: SimplizePartner,
	request: ReceivedRequest,
	pairs: readonly RawPair[],
	signature: string,
	until: number,
): void {
	const { signaturePayload, signatureEncoding } = partner.quirks.values;
	const material = { query: withoutSignature(pairs), body: request.body, signature };
	if (!isSignedBy(material, partner.apiSecret, { payload: signaturePayload, encoding: signatureEncoding })) {
		const other = findMatchingRule(material, partner.apiSecret);
		throw failures.badSignature(
			other ? `matches profile "${other.payload}" in ${other.encoding}` : 'matches no profile',
		);
	}
	if (partner.quirks.values.rejectReplays && !partner.isFirstUse(signature, until)) throw failures.replayed();
}

/** Without a hint from the time it takes. */
function isSame(given: string, wanted: string): boolean {
	const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(wanted));
}
