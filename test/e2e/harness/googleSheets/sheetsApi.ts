/** The routes of sheets.googleapis.com that spreadsheet tools use, on real state: one request in, one answer out. */
import type { ValueInputOption, ValueRenderOption } from './cell';
import { GoogleError } from './googleError';
import { Quota, type RequestKind } from './quota';
import { Spreadsheet, type ValueRange } from './spreadsheet';
import type { Tokens } from './tokens';

export interface SheetsRequest {
	method: string;
	/** Path and query. */
	url: string;
	authorization?: string;
	body?: unknown;
}

export interface SheetsAnswer {
	status: number;
	body: unknown;
}

/** One line of the log. */
export interface LoggedRequest {
	/** e.g. `values.append` */
	call: string;
	kind: RequestKind;
	status: number;
	/** Cells written by it. */
	cells: number;
}

export interface Fault {
	status: 429 | 503;
	/** Only these calls; any where it is not given. */
	call?: string;
	/** So often; default once. */
	count?: number;
	/** The call takes effect and only its answer is lost. */
	carriedOut?: boolean;
}

interface Call {
	name: string;
	kind: RequestKind;
	run: () => unknown;
}

const RENDER: readonly string[] = ['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'];
const ROUTE = /^\/v4\/spreadsheets\/([^/:]+)(?:\/values(?:\/(.+?))?)?(:append|:clear|:batchUpdate)?$/;

export class SheetsApi {
	readonly requests: LoggedRequest[] = [];
	readonly quota: Quota;
	private readonly spreadsheets = new Map<string, Spreadsheet>();
	private readonly faults: (Fault & { left: number })[] = [];

	constructor(
		private readonly tokens: Tokens,
		now: () => number = Date.now,
	) {
		this.quota = new Quota(now);
	}

	addSpreadsheet(id: string): Spreadsheet {
		const spreadsheet = new Spreadsheet(id);
		this.spreadsheets.set(id, spreadsheet);
		return spreadsheet;
	}

	addFault(fault: Fault): void {
		this.faults.push({ ...fault, left: fault.count ?? 1 });
	}

	/** Forgets spreadsheets, log, faults and what the quota counted. */
	reset(): void {
		this.spreadsheets.clear();
		this.requests.length = 0;
		this.faults.length = 0;
		this.quota.reset();
	}

	/** How many requests were answered with anything but 200. */
	refused(): number {
		return this.requests.filter((request) => request.status !== 200).length;
	}

	/** How many requests of this kind came, refused ones included. */
	count(kind?: RequestKind): number {
		return this.requests.filter((request) => kind === undefined || request.kind === kind).length;
	}

	handle(request: SheetsRequest): SheetsAnswer {
		const logged: LoggedRequest = {
			call: 'unknown',
			kind: request.method === 'GET' ? 'read' : 'write',
			status: 0,
			cells: 0,
		};
		this.requests.push(logged);
		try {
			const user = this.tokens.getUser(request.authorization);
			const call = this.route(request);
			logged.call = call.name;
			logged.kind = call.kind;
			const fault = this.faults.find(
				(candidate) => candidate.left > 0 && (candidate.call === undefined || candidate.call === call.name),
			);
			if (fault) fault.left--;
			if (fault && !fault.carriedOut) throw faultError(fault);
			this.quota.take(user, call.kind);
			const body = call.run();
			logged.cells = countCells(body);
			if (fault) throw faultError(fault);
			logged.status = 200;
			return { status: 200, body };
		} catch (error) {
			if (!(error instanceof GoogleError)) throw error;
			logged.status = error.httpStatus;
			return { status: error.httpStatus, body: error.body() };
		}
	}

	private route(request: SheetsRequest): Call {
		const { pathname, searchParams } = new URL(request.url, 'https://sheets.googleapis.com');
		const match = ROUTE.exec(pathname);
		const spreadsheet = this.spreadsheets.get(match?.[1] ?? '');
		if (!match || !spreadsheet) throw new GoogleError(404, 'Requested entity was not found.');
		const range = match[2] === undefined ? undefined : decodeURIComponent(match[2]);
		const isValues = pathname.includes('/values');
		const body = (request.body ?? {}) as Record<string, unknown>;
		const key = `${request.method} ${isValues ? 'values' : 'spreadsheet'}${range === undefined ? '' : '/range'}${match[3] ?? ''}`;
		const input = (): ValueInputOption => inputOption(searchParams.get('valueInputOption') ?? body.valueInputOption);
		switch (key) {
			case 'GET spreadsheet':
				return { name: 'spreadsheets.get', kind: 'read', run: () => spreadsheet.properties() };
			case 'GET values/range':
				return {
					name: 'values.get',
					kind: 'read',
					run: () => spreadsheet.read(range ?? '', renderOption(searchParams.get('valueRenderOption'))),
				};
			case 'PUT values/range':
				return {
					name: 'values.update',
					kind: 'write',
					run: () => ({
						spreadsheetId: spreadsheet.id,
						...spreadsheet.update([sameRange(range ?? '', body)], input())[0],
					}),
				};
			case 'POST values/range:append':
				return {
					name: 'values.append',
					kind: 'write',
					run: () => ({
						spreadsheetId: spreadsheet.id,
						...spreadsheet.append(range ?? '', sameRange(range ?? '', body).values, input()),
					}),
				};
			case 'POST values:batchUpdate':
				return {
					name: 'values.batchUpdate',
					kind: 'write',
					run: () => ({
						spreadsheetId: spreadsheet.id,
						responses: spreadsheet.update(readList<ValueRange>(body.data), input()),
					}),
				};
			case 'POST spreadsheet:batchUpdate':
				return { name: 'spreadsheets.batchUpdate', kind: 'write', run: () => batchUpdate(spreadsheet, body.requests) };
			default:
				throw new GoogleError(404, `The stand-in does not know ${key}`);
		}
	}
}

/** The body may name its range; then it has to be that of the path. */
function sameRange(range: string, body: ValueRange): ValueRange {
	if (body.range !== undefined && body.range.replaceAll("'", '') !== range.replaceAll("'", '')) {
		throw new GoogleError(400, `Requested writing within range [${range}], but the request body names [${body.range}]`);
	}
	return { range, values: body.values, majorDimension: body.majorDimension };
}

function inputOption(value: unknown): ValueInputOption {
	if (value === 'RAW' || value === 'USER_ENTERED') return value;
	throw new GoogleError(400, "'valueInputOption' is required but not specified");
}

function renderOption(value: string | null): ValueRenderOption {
	if (value === null) return 'FORMATTED_VALUE';
	if (RENDER.includes(value)) return value as ValueRenderOption;
	throw new GoogleError(400, `Invalid value at 'value_render_option', "${value}"`);
}

function readList<T>(value: unknown): T[] {
	if (Array.isArray(value) && value.length > 0) return value as T[];
	throw new GoogleError(400, 'Must specify at least one request.');
}

function batchUpdate(spreadsheet: Spreadsheet, requests: unknown): unknown {
	const replies = readList<Record<string, { sheetId?: number | string; dimension?: string; length?: number }>>(
		requests,
	).map((request) => {
		const grow = request.appendDimension;
		if (!grow) throw new GoogleError(400, 'The stand-in takes appendDimension only');
		spreadsheet.appendDimension(Number(grow.sheetId ?? 0), grow.dimension ?? '', grow.length ?? 0);
		return {};
	});
	return { spreadsheetId: spreadsheet.id, replies };
}

function countCells(body: unknown): number {
	const answer = body as {
		updatedCells?: number;
		updates?: { updatedCells: number };
		responses?: { updatedCells: number }[];
	};
	return (
		answer.updatedCells ??
		answer.updates?.updatedCells ??
		answer.responses?.reduce((sum, one) => sum + one.updatedCells, 0) ??
		0
	);
}

function faultError(fault: Fault): GoogleError {
	return fault.status === 429
		? new GoogleError(
				429,
				"Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service 'sheets.googleapis.com' for consumer 'project_number:1'.",
			)
		: new GoogleError(503, 'The service is currently unavailable.');
}
