/** The faults of webhook deliveries: what each one is, and what it does to a request. */
import type { RegisteredWebhook } from './model';
import { randomAlphanumerics } from './registry';
import { findFault, type FaultDefinition, type FaultRule, type FaultSet } from '../../engine/faults';
import {
	numberFrom0,
	oneOf,
	text,
	whole,
	wholeFrom0,
	wholeFrom1,
	type Fields,
	type FromFields,
} from '../../engine/schema';

type WebhookRecord = Record<string, unknown>;

/** Legacy: an array. V2: one object. An empty ping has no `data`, or an empty array. */
export interface WebhookPayload {
	error: number;
	data?: WebhookRecord[] | WebhookRecord;
}

/** What a request is signed with. */
export interface Signing {
	dialect: RegisteredWebhook['dialect'];
	secret: string;
	/** Unix ms. */
	t: number;
}

/** Effects on one attempt, in the order in which a request is put together. */
interface AttemptFaultDefinition<F extends Fields, Required extends string> extends FaultDefinition<F, Required> {
	alterPayload?: (payload: WebhookPayload, rule: FromFields<F, Required>) => WebhookPayload;
	alterSigning?: (signing: Signing, rule: FromFields<F, Required>) => Signing;
	/** @param proof the header that proves where the request comes from */
	alterProof?: (proof: Record<string, string>) => Record<string, string>;
	alterBody?: (body: string) => string;
}

function fault<const F extends Fields, const Required extends keyof F & string = never>(
	definition: AttemptFaultDefinition<F, Required>,
): AttemptFaultDefinition<F, Required> {
	return definition;
}

export const DELIVERY_FAULT_SCOPE = {
	/** Default every webhook. */
	webhookId: wholeFrom0,
	/** Only the attempt with this number (1 is the first); default every attempt. */
	attempt: wholeFrom1,
} as const;

/** Decided for every attempt. */
const ATTEMPT_FAULTS = {
	/** V2: a `v1` of the right form that is wrong. Legacy: another token. */
	badSignature: fault({
		fields: {},
		alterProof: ({ 'X-Casso-Signature': header, ...rest }): Record<string, string> =>
			header === undefined
				? { 'secure-token': randomAlphanumerics(32) }
				: { ...rest, 'X-Casso-Signature': `${header.slice(0, -1)}${header.endsWith('0') ? '1' : '0'}` },
	}),
	/** Signed, correctly, with another key. Legacy: another token. */
	wrongKey: fault({
		fields: {},
		alterSigning: (signing) => ({ ...signing, secret: randomAlphanumerics(signing.dialect === 'v2' ? 64 : 32) }),
	}),
	noSignature: fault({ fields: {}, alterProof: () => ({}) }),
	/** Valid header, changed body: the first amount is ten times as large. */
	tamper: fault({
		fields: {},
		alterBody: (body) =>
			body.replace(/"amount":(-?\d+)/, (_match, amount: string) => `"amount":${amount === '0' ? '1' : `${amount}0`}`),
	}),
	/** `t` is this many ms in the past (negative: in the future), correctly signed. */
	staleTime: fault({
		fields: { ageMs: whole },
		required: ['ageMs'],
		form: { ageMs: 600_000 },
		alterSigning: (signing, { ageMs }) => ({ ...signing, t: signing.t - ageMs }),
	}),
	/** After success, exactly the same bytes and headers again, this many schedule ms later. */
	replay: fault({ fields: { afterMs: numberFrom0 }, required: ['afterMs'], form: { afterMs: 5_000 } }),
	/** After success, the same event again, newly signed, this many times (default 1), one after the other. */
	duplicate: fault({ fields: { copies: wholeFrom1 }, form: { copies: 1 } }),
	/** The same request this many times at once. */
	parallel: fault({
		fields: { copies: { type: 'integer', minimum: 2, maximum: 100 } },
		required: ['copies'],
		form: { copies: 5 },
	}),
	memo: fault({
		fields: { form: oneOf('long', 'vietnamese', 'html') },
		required: ['form'],
		form: { form: 'vietnamese' },
		alterPayload: (payload, { form }) => alterRecords(payload, (record) => ({ ...record, description: MEMOS[form] })),
	}),
	/** Keys left out of each record; default every key but id, reference, amount, time and account. */
	missingKeys: fault({
		fields: { keys: { type: 'array', items: text } },
		alterPayload: (payload, { keys }) =>
			alterRecords(payload, (record) => {
				const stays = (key: string): boolean => (keys === undefined ? NEVER_OPTIONAL.has(key) : !keys.includes(key));
				return Object.fromEntries(Object.entries(record).filter(([key]) => stays(key)));
			}),
	}),
	/** An authentic body whose `error` is not 0. */
	errorBody: fault({
		fields: { error: whole },
		form: { error: 1 },
		alterPayload: (payload, { error = 1 }) => ({ ...payload, error }),
	}),
};

/** Decided once, when an event arises. */
const EVENT_FAULTS = {
	/** Events are held until `group` (default 2) are there, and go out last first, one after the other. */
	outOfOrder: {
		fields: { group: { type: 'integer', minimum: 2 }, maxHoldMs: numberFrom0 },
		form: { group: 2 },
	},
	late: { fields: { delayMs: numberFrom0 }, required: ['delayMs'], form: { delayMs: 10_000 } },
	/** Never delivered at all. */
	drop: { fields: {} },
} as const;

export const DELIVERY_FAULTS = { ...ATTEMPT_FAULTS, ...EVENT_FAULTS };

export type EventFault = FaultRule<typeof EVENT_FAULTS, typeof DELIVERY_FAULT_SCOPE>;
export type AttemptFault = FaultRule<typeof ATTEMPT_FAULTS, typeof DELIVERY_FAULT_SCOPE>;
export type DeliveryFault = EventFault | AttemptFault;

/** The rules that act on a new event for this webhook. */
export function takeEventFaults(faults: FaultSet<DeliveryFault>, webhookId: number): EventFault[] {
	const acting = faults.take((rule) => isEventFault(rule) && (rule.webhookId ?? webhookId) === webhookId);
	return acting.map((fault) => fault.rule).filter(isEventFault);
}

/** The rules that act on the attempt with this number. */
export function takeAttemptFaults(faults: FaultSet<DeliveryFault>, webhookId: number, number: number): AttemptFault[] {
	const acting = faults.take(
		(rule) => !isEventFault(rule) && (rule.webhookId ?? webhookId) === webhookId && (rule.attempt ?? number) === number,
	);
	return acting.map((fault) => fault.rule).filter((rule): rule is AttemptFault => !isEventFault(rule));
}

/** True for a rule that is decided when an event arises. */
function isEventFault(rule: DeliveryFault): rule is EventFault {
	return Object.hasOwn(EVENT_FAULTS, rule.kind);
}

/** The effect of a kind of fault; it takes rules of that kind only. */
type Alter<T> = (value: T, rule: never) => T;
type Step = 'alterPayload' | 'alterSigning' | 'alterProof' | 'alterBody';

/** What one step of putting a request together gives under the faults of the attempt. The first rule of a kind counts. */
export function applyFaults<T>(step: Step, value: T, faults: readonly AttemptFault[]): T {
	let altered = value;
	for (const [kind, definition] of Object.entries(ATTEMPT_FAULTS)) {
		const rule = findFault(faults, kind as AttemptFault['kind']);
		const alter = (definition as { [Name in Step]?: Alter<T> })[step];
		if (rule !== undefined && alter !== undefined) altered = alter(altered, rule as never);
	}
	return altered;
}

const NEVER_OPTIONAL = new Set([
	'id',
	'amount',
	'reference',
	'tid',
	'transactionDateTime',
	'when',
	'accountNumber',
	'bank_sub_acc_id',
	'subAccId',
]);

const MEMOS = {
	long: `${'NGUYEN VAN A chuyen tien mua hang '.repeat(150)}DH1024`,
	vietnamese: 'Nguyễn Thị Đào thanh toán đơn hàng DH1024 / "quà" 50% \\ 🎁 \u2028 Quận 3',
	html: '<script>alert("DH1024")</script><img src=x onerror=alert(1)> DH1024',
} as const;

function alterRecords(payload: WebhookPayload, alter: (record: WebhookRecord) => WebhookRecord): WebhookPayload {
	if (payload.data === undefined) return payload;
	return { ...payload, data: Array.isArray(payload.data) ? payload.data.map(alter) : alter(payload.data) };
}
