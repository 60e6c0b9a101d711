/** Probes of webhook deliveries, judged from what came to a listener. */
import { asObject, asText, firstText } from '../../json';
import { ADAPTS, asAssumed, cannotTell, defineProbes, type Finding, otherwise } from '../report';
import { type CassoFacts, toWallClock } from './facts';
import { readDeliveries, readLegacy, readRepeats, readSome, readTransactions } from './received';

/** Maximum number of delivered transactions that are looked up by the API. */
const MAX_LOOKUPS = 3;

/** Keys that only the longer form of the legacy dialect has. */
const LEGACY_KEYS = ['bankName', 'bankAbbreviation', 'corresponsiveName'];

export const DELIVERY_PROBES = defineProbes<CassoFacts>([
	{
		id: 'signing',
		question: 'whether non-ASCII and `/` are signed as `JSON.stringify` writes them',
		assumed: 'they are',
		ifWrong: 'tell us; meanwhile use a legacy webhook',
		option: 'Accept Legacy Deliveries',
		needsVersion: true,
		how: 'a delivery whose memo is such as `Tiền nhà 11/2026`',
		needs: 'deliveries',
		judge: async (facts) => {
			const signed = (await readSome(facts)).filter(({ isSigned }) => isSigned);
			const special = signed.filter(({ body }) => /[^\x20-\x7e]|\/|\\u|\\\//.test(new TextDecoder().decode(body)));
			if (special.length === 0) return cannotTell('no signed delivery had such characters');
			const refused = special.filter(({ verdict }) => !verdict.isAuthentic).length;
			if (refused === 0) return asAssumed(`authentic, in all ${special.length}`);
			const isKeyRight = signed.some(({ verdict }) => verdict.isAuthentic);
			return isKeyRight
				? otherwise(`${refused} of ${special.length} are refused, and others are authentic`)
				: cannotTell('every signed delivery was refused: the key may be wrong');
		},
	},
	{
		id: 'retries',
		question: 'when Casso tries again, how often, how long',
		assumed: 'up to 17 times within 24 hours',
		ifWrong: 'let a Casso Polling Trigger run beside the webhook',
		how: '`--answer 500`, and a transfer: the times at which it comes again',
		needs: 'deliveries',
		judge: async (facts) => {
			const failed = (await readRepeats(facts)).filter(({ first }) => first.answered !== 200);
			if (failed.length === 0) return cannotTell('no delivery was answered with a failure');
			const gaps = failed.flatMap(({ gapsMs }) => gapsMs).map((ms) => Math.round(ms / 1000));
			return gaps.length === 0
				? cannotTell('none came again in that time')
				: asAssumed(`came again after ${gaps.slice(0, 16).join(', ')} s`);
		},
	},
	{
		id: 'resigned',
		question: 'whether an attempt is signed again',
		assumed: 'it is; not relied on',
		ifWrong: 'set it to 0 (default), otherwise late attempts are refused',
		option: 'Replay Window (Minutes): 0',
		how: 'as before: when each attempt was signed',
		needs: 'deliveries',
		judge: async (facts) => {
			const signed = (await readRepeats(facts)).filter(({ times }) => times.length > 1);
			if (signed.length === 0) return cannotTell('no signed delivery came twice');
			const isSame = signed.some(({ times }) => new Set(times).size === 1);
			return isSame ? otherwise('the same signature came again') : asAssumed('each attempt had a time of its own');
		},
	},
	{
		id: 'deadline',
		question: 'how long Casso waits for an answer',
		assumed: '5 seconds',
		ifWrong: `${ADAPTS}: they answer before slow work`,
		how: '`--delay 4000`, then `--delay 6000` and `--delay 31000`: whether it comes again',
		needs: 'deliveries',
		judge: async (facts) => {
			const slow = (await readRepeats(facts)).filter(({ first }) => first.answered === 200 && first.delayMs >= 1000);
			if (slow.length === 0) return cannotTell('no delivery was answered slowly');
			const seconds = Math.round((slow[0]?.first.delayMs ?? 0) / 1000);
			const isAgain = slow.some(({ gapsMs }) => gapsMs.length > 0);
			const seen = isAgain
				? `came again after an answer that took ${seconds} s`
				: `an answer after ${seconds} s counts`;
			return isAgain === seconds >= 5 ? asAssumed(seen) : otherwise(seen);
		},
	},
	{
		id: 'sameAccount',
		question: 'whether a delivery and the API name the same account number, at a virtual account, too',
		assumed: 'they do: account number and ID make one transaction',
		ifWrong: 'write by ID alone, and leave `accountNumber` out before Payment: Match',
		needsVersion: true,
		how: 'a delivered transaction, read by the API',
		needs: 'deliveries',
		judge: judgeSameAccount,
	},
	{
		id: 'deliveredTimes',
		question: 'the zone of times in deliveries',
		assumed: 'Vietnam time',
		ifWrong: 'times of triggers are off',
		needsVersion: true,
		how: 'the time of a transfer against the time at which it came',
		needs: 'deliveries',
		judge: async (facts) => {
			const fresh = (await readTransactions(facts)).filter(({ raw }) => getTimeOfDay(raw) !== undefined);
			if (fresh.length === 0) return cannotTell('no delivery had a time of day');
			const hours = fresh.map(({ raw, atMs }) => (atMs + 7 * 3_600_000 - toMs(raw)) / 3_600_000);
			if (hours.some((late) => late >= -0.5 && late < 2)) return asAssumed('just before it came, as Vietnam time');
			if (hours.some((late) => late >= 6.5 && late < 9)) return otherwise('seven hours before it came: UTC');
			return cannotTell('no transaction was fresh');
		},
	},
	{
		id: 'deliveredDays',
		question: 'times of banks that give only a day, in deliveries',
		assumed: '00:00:00, in V2 perhaps 07:00:00; no order is taken from them',
		ifWrong: ADAPTS,
		how: 'a transfer at such a bank',
		needs: 'deliveries',
		judge: async (facts) => {
			const clocks = (await readTransactions(facts)).map(({ raw }) => (toWallClock(getTime(raw)) ?? '').slice(11));
			const found = [...new Set(clocks.filter((clock) => ['00:00:00', '07:00:00'].includes(clock)))];
			return found.length === 0 ? cannotTell('every delivered time has a time of day') : asAssumed(found.join(' and '));
		},
	},
	{
		id: 'legacyWhen',
		question: '`when` of legacy deliveries',
		assumed: 'day and time',
		ifWrong: `${ADAPTS}: such a transaction counts as 00:00`,
		how: 'a legacy delivery',
		needs: 'deliveries',
		judge: async (facts) => {
			const legacy = await readLegacy(facts);
			const days = legacy.filter(({ raw }) => /^\d{4}-\d\d-\d\d$/.test(asText(raw.when))).length;
			return days === 0 ? asAssumed(`in all ${legacy.length}`) : otherwise(`a day only in ${days} of ${legacy.length}`);
		},
	},
	{
		id: 'legacyKeys',
		question: 'which fields legacy deliveries have',
		assumed: 'also bank and counterparty',
		ifWrong: `${ADAPTS}: these fields stay empty`,
		how: 'a legacy delivery',
		needs: 'deliveries',
		judge: async (facts) => {
			const legacy = await readLegacy(facts);
			const full = legacy.filter(({ raw }) => LEGACY_KEYS.every((key) => raw[key] !== undefined)).length;
			return full === legacy.length ? asAssumed('those') : otherwise('only the older ones');
		},
	},
	{
		id: 'legacyBatch',
		question: 'whether a legacy delivery holds several transactions',
		assumed: 'it may',
		ifWrong: ADAPTS,
		how: 'several transfers at once',
		needs: 'deliveries',
		judge: async (facts) => {
			await readLegacy(facts);
			const most = Math.max(...(await readSome(facts)).map(({ transactions }) => transactions.length));
			return most > 1 ? asAssumed(`up to ${most}`) : cannotTell('each held one');
		},
	},
	{
		id: 'order',
		question: 'the order of deliveries',
		assumed: 'none is relied on',
		ifWrong: ADAPTS,
		how: 'three transfers at once',
		needs: 'deliveries',
		judge: async (facts) => {
			const firsts = (await readRepeats(facts)).map(({ id }) => Number(id));
			if (firsts.length < 3) return cannotTell('fewer than three transactions came');
			const isRising = firsts.every((id, place) => id >= (firsts[place - 1] ?? id));
			return asAssumed(isRising ? 'in order of their IDs, this time' : 'not in order of their IDs');
		},
	},
	{
		id: 'apiDialect',
		question: 'whether the API can make a Webhook V2',
		assumed: 'it cannot: such a webhook is legacy',
		ifWrong: `${ADAPTS}: both are accepted`,
		how: 'a transfer while the webhook of the doctor is registered (`--write` with `--deliveries`)',
		needs: 'deliveries',
		judge: async (facts) => {
			const own = (await readDeliveries(facts)).filter(({ isOwn }) => isOwn);
			if (own.length === 0) return cannotTell("no delivery came to the doctor's own webhook");
			return own.some(({ isSigned }) => isSigned) ? otherwise('it is signed') : asAssumed('it has a token alone');
		},
	},
	{
		id: 'sender',
		question: 'addresses and User-Agent of Casso',
		assumed: 'not checked',
		ifWrong: "the proxy's list of allowed addresses",
		how: 'the doctor prints both for each delivery; they are not in the report',
		needs: 'person',
	},
	{
		id: 'strict',
		question: 'whether strict mode wants `true` or `1`',
		assumed: '`true`',
		ifWrong: 'switch strict mode off',
		how: 'switch strict mode on in the dashboard: does the test call pass?',
		needs: 'person',
	},
	{
		id: 'pausedWebhook',
		question: 'what happens after a day of failures',
		assumed: 'the webhook is paused, and what it missed is not sent',
		ifWrong: 'a Casso Polling Trigger beside it brings it in any case',
		how: '`--answer 500` for more than a day, then without: the dashboard, and what comes',
		needs: 'person',
	},
]);

function getTime(raw: Record<string, unknown>): string {
	return firstText(raw, ['transactionDateTime', 'when']);
}

function getTimeOfDay(raw: Record<string, unknown>): string | undefined {
	const clock = /\d\d:\d\d/.test(getTime(raw)) ? toWallClock(getTime(raw))?.slice(11) : undefined;
	return clock === '00:00:00' || clock === '07:00:00' ? undefined : clock;
}

const toMs = (raw: Record<string, unknown>): number => Date.parse(`${toWallClock(getTime(raw)) ?? ''}Z`);

async function judgeSameAccount(facts: CassoFacts): Promise<Finding> {
	const delivered = [...new Map((await readTransactions(facts)).map((one) => [one.id, one])).values()];
	let equal = 0;
	let different = 0;
	let virtual = 0;
	for (const { raw, id } of delivered.filter((one) => /^\d{1,18}$/.test(one.id)).slice(0, MAX_LOOKUPS)) {
		const { data, isSuccess } = await facts.get(`/transactions/${id}`);
		const record = asObject(Array.isArray(data) ? data[0] : data);
		const number = asText(record?.bankSubAccId);
		if (!isSuccess || number === '') continue;
		if (firstText(raw, ['virtualAccountNumber', 'virtualAccount']) !== '') virtual++;
		if (number === firstText(raw, ['accountNumber', 'bank_sub_acc_id', 'subAccId'])) equal++;
		else different++;
	}
	if (equal + different === 0) return cannotTell('no delivered transaction could be read by the API');
	const seen = `${virtual === 0 ? 'none' : `${virtual}`} at a virtual account`;
	return different > 0
		? otherwise(`different for ${different} of ${equal + different}, ${seen}`)
		: asAssumed(`equal for ${equal}, ${seen}`);
}
