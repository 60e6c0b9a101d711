/** What the probes of Simplize share: how requests are signed, and the histories of one portfolio. */
import { asNumber, asObject, asText } from '../../json';
import { type SimplizeCall, type SimplizeConnection, toSimplizeRequest } from '../../simplize/client';
import { needsNoEscaping } from '../../simplize/signing/canonical';
import {
	DEFAULT_PROFILE,
	profileHeader,
	SIGNATURE_ENCODINGS,
	SIGNATURE_PAYLOADS,
	type SigningProfile,
} from '../../simplize/signing/profile';
import { vietnamDay } from '../../time';
import type { Answer, Asker } from '../asker';
import { CannotTell } from '../report';

export interface SimplizeAnswer extends Answer {
	/** `status` of the body; null if there is none. */
	code: number | null;
	data: unknown;
	total: number | null;
	isSuccess: boolean;
	isEnvelope: boolean;
}

export interface SimplizeExtras {
	/** The partner's own ID of a user; default one from the list of users. */
	externalUserId?: string;
	/** A portfolio of that user; default one from the sync status. */
	portfolioId?: number;
	/** How the transport signs; default as core does. */
	profile?: SigningProfile;
	/** Try the other ways to sign if requests are refused. Wrong signatures may lock a key: only if a person asked for it. */
	detect?: boolean;
}

/** How requests are signed so that they are accepted. */
export interface Signing {
	encoding: SigningProfile['encoding'];
	/** Undefined if no POST could be tried, or none was accepted. */
	payload: SigningProfile['payload'] | undefined;
	/** The answer to the last POST that was refused, in statuses. */
	refusal?: string;
	/** True if requests are only accepted with a window of a minute. */
	needsWindow: boolean;
	/** Requests that were refused before. */
	refused: number;
}

const USERS = '/api/general/v1/partner/users';
const SYNC_STATUS = '/api/personalize/v1/partner/sync/portfolio/batch/status';
const PORTFOLIO = '/api/personalize/v1/partner/portfolio';
const LONGEST_WINDOW_MS = 60_000;
export const HISTORY_SIZE = 1000;

/** The end of a sentence: what to do if requests are refused and all else is right. */
export const TRY_WAYS_TO_SIGN =
	'try the ways to sign: Signing: Detect in n8n, "Find the signing rule" in Node-RED, --detect of the doctor';

export class SimplizeFacts {
	private readonly made = new Map<string, Promise<unknown>>();
	private profile: SigningProfile;
	private recvWindow: number | undefined;

	constructor(
		readonly connection: SimplizeConnection,
		readonly asker: Asker,
		readonly extras: SimplizeExtras = {},
	) {
		this.profile = extras.profile ?? DEFAULT_PROFILE;
	}

	get today(): string {
		return vietnamDay(this.connection.runtime.now());
	}

	/** What is made at most once in a run, by name. */
	async once<T>(name: string, make: () => Promise<T>): Promise<T> {
		const known = this.made.get(name) ?? make();
		this.made.set(name, known);
		return (await known) as T;
	}

	/** Sends a call, signed as it was found to be accepted. Every call of Simplize only reads. */
	private async send(call: SimplizeCall): Promise<SimplizeAnswer> {
		const request = toSimplizeRequest(this.connection.baseUrl, {
			...call,
			query: { ...call.query, recvWindow: this.recvWindow },
			headers: profileHeader(this.profile),
		});
		const answer = await this.asker.ask(request, 'read');
		const body = asObject(answer.json);
		const code = asNumber(body?.status);
		const isSuccess = answer.status >= 200 && answer.status < 300 && code === 200;
		return { ...answer, code, data: body?.data, total: asNumber(body?.total), isSuccess, isEnvelope: code !== null };
	}

	/** The first answer of all. */
	async contact(): Promise<SimplizeAnswer> {
		return await this.once('contact', async () => await this.getUsers());
	}

	private async getUsers(): Promise<SimplizeAnswer> {
		return await this.send({ method: 'GET', path: USERS, query: { page: 0, size: HISTORY_SIZE } });
	}

	/** Finds out how to sign; the default first, other ways only if the run may try them. @throws CannotTell */
	async signing(): Promise<Signing> {
		return await this.once('signing', async () => {
			const found: Signing = { encoding: this.profile.encoding, payload: undefined, needsWindow: false, refused: 0 };
			await this.findEncoding(found);
			await this.findPayload(found);
			return found;
		});
	}

	private async findEncoding(found: Signing): Promise<void> {
		if ((await this.contact()).isSuccess) return;
		found.refused++;
		this.recvWindow = LONGEST_WINDOW_MS;
		if ((await this.getUsers()).isSuccess) {
			found.needsWindow = true;
			return;
		}
		this.recvWindow = undefined;
		if (!this.extras.detect) throw new CannotTell('requests are refused; --detect tries other ways to sign');
		const { encoding: usual } = this.profile;
		for (const encoding of SIGNATURE_ENCODINGS.filter((other) => other !== usual)) {
			found.refused++;
			this.profile = { ...this.profile, encoding };
			if (!(await this.getUsers()).isSuccess) continue;
			found.encoding = encoding;
			return;
		}
		throw new CannotTell('requests are refused in every way to sign: check key, secret and clock');
	}

	private async findPayload(found: Signing): Promise<void> {
		const { payload: usual } = this.profile;
		const portfolio = await this.findPortfolio();
		if (!portfolio) return;
		const others = this.extras.detect ? SIGNATURE_PAYLOADS.filter((other) => other !== usual) : [];
		for (const payload of [usual, ...others]) {
			this.profile = { ...this.profile, payload };
			const answer = await this.send(toHistoryCall('cash-histories', portfolio, { size: 1 }));
			if (answer.isSuccess) {
				found.payload = payload;
				return;
			}
			found.refused++;
			found.refusal = describeAnswer(answer);
		}
		this.profile = { ...this.profile, payload: usual };
	}

	/** A read that must be accepted. @throws CannotTell */
	private async read(name: string, call: () => Promise<SimplizeAnswer>): Promise<SimplizeAnswer> {
		await this.signing();
		const answer = await this.once(name, call);
		if (!answer.isSuccess) throw new CannotTell(`refused (${describeAnswer(answer)})`);
		return answer;
	}

	async users(): Promise<{ answer: SimplizeAnswer; rows: Array<Record<string, unknown>> }> {
		const answer = await this.read('users', async () => await this.getUsers());
		return { answer, rows: toRows(answer.data) };
	}

	/** The outcome of bulk syncs, asked before it is known how a POST is signed. */
	async syncStatus(): Promise<SimplizeAnswer> {
		return await this.once('sync status', async () => await this.send({ method: 'GET', path: SYNC_STATUS }));
	}

	/** Portfolios with their users, by the sync status; ids that have to be escaped only if asked for. */
	async knownPortfolios(isEscaped = false): Promise<Portfolio[]> {
		const { data } = await this.syncStatus();
		const lists = Object.values(asObject(data) ?? {}).flatMap((list) => toRows(list));
		return lists
			.map((row) => ({ externalUserId: asText(row.userId), portfolioId: asNumber(row.portfolioId) ?? -1 }))
			.filter(({ externalUserId, portfolioId }) => externalUserId !== '' && Number.isSafeInteger(portfolioId))
			.filter(({ portfolioId, externalUserId }) => portfolioId > 0 && needsNoEscaping(externalUserId) !== isEscaped);
	}

	private async findPortfolio(): Promise<Portfolio | undefined> {
		const { externalUserId, portfolioId } = this.extras;
		if (externalUserId !== undefined && portfolioId !== undefined) return { externalUserId, portfolioId };
		return (await this.knownPortfolios()).find(
			(one) => externalUserId === undefined || one.externalUserId === externalUserId,
		);
	}

	/** @throws CannotTell if none is known, or no way to sign a POST is */
	async portfolio(): Promise<Portfolio> {
		const { payload } = await this.signing();
		const portfolio = await this.findPortfolio();
		if (!portfolio) throw new CannotTell('no portfolio is known: give SIMPLIZE_USER and SIMPLIZE_PORTFOLIO');
		if (!payload) throw new CannotTell('requests with a body are refused');
		return portfolio;
	}

	/** A call about the portfolio, whatever comes of it. @param body fields that differ from the usual ones; undefined leaves one out */
	async history(kind: HistoryKind, body: Record<string, unknown> = {}, portfolio?: Portfolio): Promise<SimplizeAnswer> {
		const target = portfolio ?? (await this.portfolio());
		return await this.once(
			JSON.stringify([kind, Object.entries(body), target]),
			async () => await this.send(toHistoryCall(kind, target, body)),
		);
	}

	/** Rows of the whole history, or as many as come in one page. @throws CannotTell if there are none */
	async rows(kind: HistoryKind): Promise<{ answer: SimplizeAnswer; rows: Array<Record<string, unknown>> }> {
		const answer = await this.history(kind);
		if (!answer.isSuccess) throw new CannotTell(`refused (${describeAnswer(answer)})`);
		const rows = toRows(answer.data);
		if (rows.length === 0) throw new CannotTell('the portfolio shows no records');
		return { answer, rows };
	}

	async detail({ portfolioId, externalUserId }: Portfolio): Promise<SimplizeAnswer> {
		await this.signing();
		return await this.once(
			JSON.stringify(['detail', portfolioId, externalUserId]),
			async () =>
				await this.send({
					method: 'GET',
					path: `${PORTFOLIO}/detail/${portfolioId}`,
					query: { externalUserId, summary: 'false' },
				}),
		);
	}
}

export interface Portfolio {
	externalUserId: string;
	portfolioId: number;
}

type HistoryKind = 'cash-histories' | 'stock-transactions';

function toHistoryCall(
	kind: HistoryKind,
	{ externalUserId, portfolioId }: Portfolio,
	change: Record<string, unknown>,
): SimplizeCall {
	const usual = { ticker: null, transactionTypes: null, fromDate: '01/01/2020', toDate: '31/12/2099', page: 0 };
	return {
		method: 'POST',
		path: `${PORTFOLIO}/${kind}`,
		query: { externalUserId },
		body: { ...usual, size: HISTORY_SIZE, portfolioId, ...change },
	};
}

export function toRows(data: unknown): Array<Record<string, unknown>> {
	return Array.isArray(data) ? data.map(asObject).filter((row) => row !== undefined) : [];
}

/** Statuses of an answer; never its words, which may hold anything. */
export function describeAnswer({ status, code, isEnvelope }: SimplizeAnswer): string {
	if (!isEnvelope) return `HTTP ${status}, not Simplize's JSON`;
	return `HTTP ${status}, status ${Math.abs(code ?? 0) < 1000 ? code : 'of an unusual size'}`;
}
