/**
 * Everything in which sources about Casso disagree or are silent, as switches. One table gives the type, the default
 * (the first choice) and the check of what the control API is sent. README.md names the spec's tag for each.
 */

/** Switches with a fixed set of choices; the first is the default. */
export const QUIRK_CHOICES = {
	/** Key of the balance in `/v2/transactions`. */
	balanceSpelling: ['cusumBalance', 'cusum_balance'],
	/** Balances in `/v2/transactions`: the number, null, or no key. */
	balanceValue: ['number', 'null', 'missing'],
	/** `minimal`: only the six oldest fields, `when` a bare date. */
	recordForm: ['full', 'minimal'],
	bookingDate: ['present', 'null', 'missing'],
	/** `when` of `/v2/transactions`. */
	whenForm: ['dateTime', 'date'],
	/** Value of an unknown text field of `/v2/transactions`. */
	unknownText: ['empty', 'null'],
	/** `nextPage` and `prevPage` at the ends. */
	pageEnd: ['null', 'zero', 'missing'],
	/** `data` of a list call. */
	listForm: ['paging', 'array'],
	/** `totalPages` and `totalRecords`. */
	totals: ['exact', 'tooHigh', 'tooLow', 'zero', 'missing'],
	/** `page` and `pageSize` in an answer. */
	pageNumbers: ['number', 'string'],
	/** Page past the end: no records, or the last page once more. */
	pastEnd: ['empty', 'lastPage'],
	/** Bad dates, `fromDate` after `toDate`, bad `sort` or page numbers: refused, or taken as if missing. */
	badQuery: ['reject', 'default'],
	/** HTTP status of answers whose `error` is not 0. */
	errorStatus: ['http', 'always200'],
	/** What `Z` means in the accounts dialect. */
	zTimes: ['vietnam', 'utc'],
	/** `privateId` against `id`. */
	privateId: ['equal', 'different'],
	/** `dateOnly`: the banks give no time of day (00:00:00; in V2 07:00:00). */
	bankTimes: ['full', 'dateOnly'],
	syncData: ['null', 'list', 'object'],
	userInfoForm: ['live', 'documented'],
	/** `bank.bin` of userInfo. */
	bin: ['number', 'string', 'empty'],
	/** `data` of `/v2/transactions/:id`. */
	transactionDetail: ['object', 'array', 'null'],
	/** Answer to a transaction id that does not exist. */
	unknownTransaction: ['notFound', 'null', 'emptyArray'],
	createdStatus: [200, 201],
	/** Body of a successful delete by id. */
	deleteByIdBody: ['webhook', 'null', 'emptyBody'],
	/** Body of a successful delete by URL. */
	deleteByUrlBody: ['list', 'null', 'emptyBody'],
	/** HTTP status of `error` 12. */
	webhookNotExistsStatus: [200, 404, 400],
	/** `param2` of an API-made webhook: empty or its token. */
	param2: ['empty', 'token'],
	/** Registering a URL once more: a second webhook, or refused. */
	duplicateWebhook: ['second', 'reject'],
	/** `when` of the legacy webhook. */
	legacyWhen: ['dateTime', 'date'],
	/** Keys of the legacy webhook: all, or those of the 2021 sample. */
	legacyKeys: ['full', 'minimal'],
	/** Keys that no source names, in every record. */
	extraKeys: ['none', 'some'],
} as const;

/** Switches that are whole numbers: `[default, least, greatest]`; a default of null means "off". */
const QUIRK_NUMBERS = {
	/** Greatest page size that the server gives, whatever is asked. */
	maxPageSize: [null, 1, 1_000_000],
	/** How many days "last 7 days" goes back from today. */
	defaultDays: [7, 0, 3650],
	/** Delay of every API answer (ms). */
	latencyMs: [0, 0, 600_000],
	/** From `POST /v2/sync` to the appearance of queued transactions (ms). */
	syncDelayMs: [300, 0, 600_000],
	/** A second sync of one account within this time is refused with 429 (ms). */
	syncCooldownMs: [0, 0, 86_400_000],
	/** How many transactions that arrive together one legacy delivery may hold. */
	legacyBatchSize: [1, 1, 10_000],
} as const;

type ChoiceQuirks = { [Name in keyof typeof QUIRK_CHOICES]: (typeof QUIRK_CHOICES)[Name][number] };
type NumberQuirks = {
	[Name in keyof typeof QUIRK_NUMBERS]: (typeof QUIRK_NUMBERS)[Name][0] extends null ? number | null : number;
};
export type CassoQuirks = ChoiceQuirks & NumberQuirks;

/** The switches as the sandbox starts with them. */
export function defaultQuirks(): CassoQuirks {
	const choices = Object.entries(QUIRK_CHOICES).map(([name, values]) => [name, values[0]]);
	const numbers = Object.entries(QUIRK_NUMBERS).map(([name, limits]) => [name, limits[0]]);
	return Object.fromEntries([...choices, ...numbers]) as CassoQuirks;
}

/** Holds the current switches; a change is checked whole before any of it counts. */
export class QuirkSet {
	private current: CassoQuirks;

	constructor(private readonly initial: Partial<CassoQuirks> = {}) {
		this.current = changed(defaultQuirks(), initial);
	}

	get values(): Readonly<CassoQuirks> {
		return this.current;
	}

	/** @throws RangeError that names the switch and its choices */
	set(change: Partial<CassoQuirks>): void {
		this.current = changed(this.current, change);
	}

	/** Back to what the sandbox was started with. */
	reset(): void {
		this.current = changed(defaultQuirks(), this.initial);
	}
}

function changed(current: CassoQuirks, change: Partial<CassoQuirks>): CassoQuirks {
	for (const [name, value] of Object.entries(change)) checkQuirk(name, value);
	return { ...current, ...change };
}

function checkQuirk(name: string, value: unknown): void {
	if (Object.hasOwn(QUIRK_CHOICES, name)) {
		const choices: readonly unknown[] = QUIRK_CHOICES[name as keyof typeof QUIRK_CHOICES];
		if (choices.includes(value)) return;
		throw new RangeError(`Quirk ${name} must be one of ${choices.join(', ')}; got ${String(value)}.`);
	}
	if (!Object.hasOwn(QUIRK_NUMBERS, name)) throw new RangeError(`There is no quirk ${name}.`);
	const [initial, least, greatest] = QUIRK_NUMBERS[name as keyof typeof QUIRK_NUMBERS];
	if (value === null && initial === null) return;
	if (Number.isInteger(value) && (value as number) >= least && (value as number) <= greatest) return;
	throw new RangeError(
		`Quirk ${name} must be a whole number from ${String(least)} to ${String(greatest)}; got ${String(value)}.`,
	);
}
