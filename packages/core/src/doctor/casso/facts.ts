/** What the probes of Casso share: each request is sent once, whoever needs its answer first. */
import { type CassoCall, type CassoConnection, parseCassoEnvelope, toCassoRequest } from '../../casso/client';
import type { WebhookHeaders, WebhookSecrets } from '../../casso/webhook/verify';
import { asNumber, asObject, asText, firstText } from '../../json';
import { toVietnamTime, vietnamDay } from '../../time';
import type { Answer, Asker } from '../asker';
import { CannotTell } from '../report';

export interface CassoAnswer extends Answer {
	/** `error` of the envelope; undefined if there is none. */
	error: number | undefined;
	/** `data` of the envelope. */
	data: unknown;
	/** True for an envelope of success. */
	isSuccess: boolean;
	/** True if the body is an envelope at all, of success or of failure. */
	isEnvelope: boolean;
}

/** A row of `/v2/transactions`, read as little as possible. */
export interface SampleRow {
	raw: Record<string, unknown>;
	id: string;
	/** Tells its account apart; empty if the record names none. */
	account: string;
	/** `YYYY-MM-DDTHH:mm:ss` as sent, whatever its zone; null if it is no time. */
	time: string | null;
	amount: number | null;
	/** What both dialects should have in common. */
	likeness: string;
}

export interface List {
	answer: CassoAnswer;
	form: 'paging' | 'array' | 'null' | 'unknown';
	/** The paging object; empty for the other forms. */
	paging: Record<string, unknown>;
	records: Array<Record<string, unknown>>;
}

export interface SampleAccount {
	raw: Record<string, unknown>;
	id: number | null;
	accountNumber: string;
}

/** A request that came to the listener. */
export interface ReceivedDelivery {
	/** Unix time in ms. */
	atMs: number;
	headers: WebhookHeaders;
	/** As received. */
	body: Uint8Array;
	/** HTTP status that was answered, and after how many ms. */
	answered: number;
	delayMs: number;
	/** True if it came to the address that the doctor registered by the API. */
	isOwn: boolean;
}

/** What the run may do beyond reading, and what it was given. */
export interface CassoExtras {
	/** Register a webhook of the doctor's own, and remove it again: its address, which nobody else uses, and its token. */
	write?: { address: string; token: string };
	/** Ask for a sync of one account, twice. */
	sync?: boolean;
	/** Address that Casso is to call, to be looked at. */
	webhookUrl?: string;
	/** Whether a request to that address from outside arrives; undefined if nobody tried. */
	isWebhookReached?: boolean;
	/** Waits for deliveries, and returns them; with `write`, it is called while the doctor's webhook is registered. */
	listen?: () => Promise<readonly ReceivedDelivery[]>;
	/** What deliveries are checked with. */
	secrets?: WebhookSecrets;
}

/** Every day since: longer than any history of Casso. */
const FIRST_DAY = '2020-01-01';
export const SAMPLE_SIZE = 100;

/** Pages read for the sample if the service gives few rows in each. */
const MAX_SAMPLE_PAGES = 4;

/** No account and no transaction has such an id yet, and it fits into 31 bits. */
export const UNUSED_ID = 2_000_000_000;

export class CassoFacts {
	/** Answers to reads, by what was asked. */
	readonly answers = new Map<string, Promise<CassoAnswer>>();
	private readonly made = new Map<string, Promise<unknown>>();

	constructor(
		readonly connection: CassoConnection,
		readonly asker: Asker,
		readonly extras: CassoExtras = {},
	) {}

	get today(): string {
		return vietnamDay(this.connection.runtime.now());
	}

	/** The answer to a read, asked once. @throws CannotTell if none came */
	async get(path: string, query: CassoCall['query'] = {}): Promise<CassoAnswer> {
		const key = JSON.stringify([path, query]);
		const known = this.answers.get(key) ?? this.call({ method: 'GET', path, query });
		this.answers.set(key, known);
		return await known;
	}

	/** Sends a call, again each time. */
	async call(call: CassoCall, isUndo = false): Promise<CassoAnswer> {
		const answer = await this.asker.ask(
			toCassoRequest(this.connection.baseUrl, call),
			isUndo ? 'undo' : call.method === 'GET' ? 'read' : 'write',
		);
		const envelope = parseCassoEnvelope(answer.body);
		const isOk = answer.status >= 200 && answer.status < 300;
		const isEmpty = answer.body.trim() === '' && call.method !== 'GET';
		return {
			...answer,
			error: envelope?.error,
			data: envelope?.data,
			isSuccess: isOk && (envelope?.isSuccess === true || isEmpty),
			isEnvelope: envelope?.error !== undefined || envelope?.data !== undefined,
		};
	}

	/** `data` of a read that must succeed. @throws CannotTell */
	async data(path: string, query?: CassoCall['query']): Promise<unknown> {
		const answer = await this.get(path, query);
		if (!answer.isSuccess) throw new CannotTell(`${path.replace(/\d+/g, '…')} was refused (${describeAnswer(answer)})`);
		return answer.data;
	}

	async accounts(): Promise<SampleAccount[]> {
		const data = await this.data('/accounts');
		if (!Array.isArray(data)) throw new CannotTell('the list of accounts is no list');
		return toObjects(data).map((raw) => ({ raw, id: asNumber(raw.id), accountNumber: asText(raw.accountNumber) }));
	}

	/** A page of `/v2/transactions`, newest first over all days unless the query says otherwise. */
	async list(query: Record<string, string | number | undefined> = {}, path = '/transactions'): Promise<List> {
		return toList(await this.get(path, { ...this.firstPage, ...query }));
	}

	/** Query of the newest transactions. */
	get firstPage(): Record<string, string | number> {
		return { fromDate: FIRST_DAY, toDate: this.today, pageSize: SAMPLE_SIZE, sort: 'DESC' };
	}

	/** The newest transactions of all accounts, up to a hundred or a little more. @throws CannotTell if there is none */
	async sample(): Promise<SampleRow[]> {
		const rows = await this.once('sample', async () => await this.readSample());
		if (rows.length === 0) throw new CannotTell('this key sees no transaction');
		return rows;
	}

	private async readSample(): Promise<SampleRow[]> {
		const rows: SampleRow[] = [];
		const ids = new Set<string>();
		for (let page = 1; page <= MAX_SAMPLE_PAGES && rows.length < SAMPLE_SIZE; page++) {
			const { records, answer } = await this.list(page === 1 ? {} : { page });
			if (page === 1 && !answer.isSuccess) throw new CannotTell(`the list was refused (${describeAnswer(answer)})`);
			const fresh = records.map(toSampleRow).filter(({ id }) => !ids.has(id));
			if (fresh.length === 0) break;
			for (const row of fresh) ids.add(row.id);
			rows.push(...fresh);
		}
		return rows;
	}

	/** Rows of one account by both calls: the account with most rows in the sample, or the first if rows name none. */
	async oneAccount(): Promise<{ list: List; sample: SampleRow[] }> {
		const sample = await this.sample();
		const counts = new Map<string, number>();
		for (const { raw } of sample) {
			const id = asText(raw.accountId);
			if (/^\d{1,15}$/.test(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
		}
		const [most] = [...counts].sort((a, b) => b[1] - a[1]);
		const id = most?.[0] ?? asText((await this.accounts())[0]?.id);
		if (id === '') throw new CannotTell('this key sees no account');
		return {
			list: await this.list({}, `/accounts/${id}/transactions`),
			sample: most ? sample.filter(({ raw }) => asText(raw.accountId) === id) : sample,
		};
	}

	/** Transactions found in both dialects, matched by reference, amount and memo. @throws CannotTell if none was */
	async pairs(): Promise<Array<{ row: SampleRow; raw: Record<string, unknown> }>> {
		const { list, sample } = await this.oneAccount();
		const byLikeness = unlike(sample, ({ likeness }) => likeness);
		const pairs = [...unlike(list.records, getLikeness)].flatMap(([likeness, raw]) => {
			const row = byLikeness.get(likeness);
			return row ? [{ row, raw }] : [];
		});
		if (pairs.length === 0)
			throw new CannotTell(
				list.records.length === 0
					? 'the account shows no transactions'
					: 'no transaction of the account was found in the list of all accounts',
			);
		return pairs;
	}

	/** What is made at most once in a run, by name. */
	async once<T>(name: string, make: () => Promise<T>): Promise<T> {
		const known = this.made.get(name) ?? make();
		this.made.set(name, known);
		return (await known) as T;
	}

	/** Days from a `YYYY-MM-DD` to today. */
	age(day: string): number {
		return Math.round((Date.parse(this.today) - Date.parse(day)) / 86_400_000);
	}
}

/** Items by a key; those that share one cannot be told apart, so that none of them is returned. */
function unlike<T>(items: readonly T[], getKey: (item: T) => string): Map<string, T> {
	const counts = new Map<string, number>();
	for (const item of items) counts.set(getKey(item), (counts.get(getKey(item)) ?? 0) + 1);
	return new Map(items.filter((item) => counts.get(getKey(item)) === 1).map((item) => [getKey(item), item]));
}

export function toList(answer: CassoAnswer): List {
	const { data, isSuccess } = answer;
	const paging = asObject(data);
	const form = !isSuccess
		? 'unknown'
		: Array.isArray(data)
			? 'array'
			: Array.isArray(paging?.records)
				? 'paging'
				: data === null
					? 'null'
					: 'unknown';
	const records: unknown[] = Array.isArray(data) ? data : Array.isArray(paging?.records) ? paging.records : [];
	return { answer, form, paging: form === 'paging' && paging ? paging : {}, records: toObjects(records) };
}

function toObjects(values: readonly unknown[]): Array<Record<string, unknown>> {
	return values.map(asObject).filter((value) => value !== undefined);
}

export function toSampleRow(raw: Record<string, unknown>): SampleRow {
	return {
		raw,
		id: asText(raw.id),
		account: firstText(raw, ['accountId', 'bankSubAccId']),
		time: toWallClock(raw.when),
		amount: asNumber(raw.amount),
		likeness: getLikeness(raw),
	};
}

function getLikeness(raw: Record<string, unknown>): string {
	return JSON.stringify([firstText(raw, ['tid', 'reference']), raw.amount, raw.description]);
}

/** The clock face of a time, its zone ignored: `YYYY-MM-DDTHH:mm:ss`. */
export function toWallClock(value: unknown): string | null {
	const face = asText(value).replace(/(?<=\d\d:\d\d(:\d\d(\.\d+)?)?)\s?(Z|[+-]\d\d:?\d\d)$/i, '');
	return toVietnamTime(face)?.slice(0, 19) ?? null;
}

/** Status and code of an answer; never its words, which may hold anything. */
export function describeAnswer({ status, error, isEnvelope }: CassoAnswer): string {
	if (!isEnvelope) return `HTTP ${status}, not Casso's JSON`;
	return `HTTP ${status}${error === undefined ? '' : `, error ${isShort(error) ? error : 'of an unusual size'}`}`;
}

function isShort(code: number): boolean {
	return Number.isInteger(code) && Math.abs(code) < 100_000;
}
