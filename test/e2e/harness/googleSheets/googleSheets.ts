/** Google's token and Sheets hosts on this machine, behind an intercepting proxy: n8n talks to them as to the real ones. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateCACertificate, getLocal, type CompletedRequest } from 'mockttp';
import { GoogleError } from './googleError';
import { SheetsApi, type SheetsAnswer } from './sheetsApi';
import { Tokens } from './tokens';

/** What the hosts that take messages answer. */
const TAKEN: Record<string, unknown> = {
	'api.telegram.org': { ok: true, result: { message_id: 1 } },
	'slack.com': { ok: true, channel: 'C1', ts: '1.1', message: {} },
	'openapi.zalo.me': { error: 0, message: 'Success', data: { message_id: '1' } },
};
const TOO_MANY = {
	ok: false,
	error_code: 429,
	description: 'Too Many Requests: retry after 1',
	parameters: { retry_after: 1 },
};

/** A message that reached a host behind the proxy which the test answers itself. */
export interface OutsideMessage {
	host: string;
	path: string;
	body: unknown;
}

export interface GoogleSheets {
	api: SheetsApi;
	tokens: Tokens;
	/** ms that a request takes on its way there; the state is read and changed after it. */
	latencyMs: number;
	/** Token requests so far; they do not count against the Sheets quota. */
	tokenRequests: () => number;
	/** What was sent through Telegram, Slack and Zalo, except what was refused. */
	messages: OutsideMessage[];
	/** How many of the next messages Telegram refuses because there were too many. */
	floods: number;
	/** Telegram refuses a message with this text once. */
	refusedOnce: string | undefined;
	/** Settings of a process that shall meet this in place of Google. */
	env: Record<string, string>;
	close: () => Promise<void>;
}

/** @returns the running stand-in; any host that it does not know gets 502, so that nothing leaves the machine */
export async function startGoogleSheets(): Promise<GoogleSheets> {
	const authority = await generateCACertificate({ subject: { commonName: 'Saoke test authority' } });
	const folder = mkdtempSync(path.join(tmpdir(), 'saoke-google-'));
	const caFile = path.join(folder, 'ca.pem');
	writeFileSync(caFile, authority.cert);
	const proxy = getLocal({ https: { key: authority.key, cert: authority.cert }, recordTraffic: false });
	await proxy.start();
	const address = `http://127.0.0.1:${proxy.port}`;
	const tokens = new Tokens();
	let tokenRequests = 0;
	const google: GoogleSheets = {
		api: new SheetsApi(tokens),
		tokens,
		latencyMs: 0,
		tokenRequests: () => tokenRequests,
		messages: [],
		floods: 0,
		refusedOnce: undefined,
		env: {
			HTTPS_PROXY: address,
			https_proxy: address,
			NO_PROXY: '127.0.0.1,localhost',
			no_proxy: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: caFile,
		},
		close: async () => {
			await proxy.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
	// The second is the older address, which Google still answers.
	for (const url of ['https://oauth2.googleapis.com/token', 'https://www.googleapis.com/oauth2/v4/token']) {
		await proxy.forPost(url).thenCallback(async (request) => {
			tokenRequests++;
			return json(tokenAnswer(tokens, new URLSearchParams(await request.body.getText())));
		});
	}
	await proxy
		.forAnyRequest()
		.forHost('sheets.googleapis.com')
		.thenCallback(async (request) => json(await sheetsAnswer(google, request)));
	for (const host of Object.keys(TAKEN)) {
		await proxy
			.forAnyRequest()
			.forHost(host)
			.thenCallback(async (request) => json(await takeMessage(google, host, request)));
	}
	await proxy.forUnmatchedRequest().thenReply(502, 'The stand-in does not know this host.');
	return google;
}

async function takeMessage(google: GoogleSheets, host: string, request: CompletedRequest): Promise<SheetsAnswer> {
	if (host === 'api.telegram.org' && google.floods > 0) {
		google.floods--;
		return { status: 429, body: TOO_MANY };
	}
	if (google.refusedOnce !== undefined && (await request.body.getText())?.includes(google.refusedOnce)) {
		google.refusedOnce = undefined;
		return { status: 429, body: TOO_MANY };
	}
	google.messages.push({
		host,
		path: request.path.replace(/^\/bot[^/]+/, '/bot***'),
		// Files come as a form.
		body: (await request.body.getJson().catch(() => undefined)) ?? (await request.body.getText()),
	});
	return { status: 200, body: TAKEN[host] };
}

async function sheetsAnswer(google: GoogleSheets, request: CompletedRequest): Promise<SheetsAnswer> {
	if (google.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, google.latencyMs));
	const text = await request.body.getText();
	return google.api.handle({
		method: request.method,
		url: request.path,
		authorization: getHeader(request, 'authorization'),
		body: text ? (JSON.parse(text) as unknown) : undefined,
	});
}

function getHeader(request: CompletedRequest, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

function tokenAnswer(tokens: Tokens, form: URLSearchParams): SheetsAnswer {
	try {
		return { status: 200, body: tokens.exchange(form) };
	} catch (error) {
		if (!(error instanceof GoogleError)) throw error;
		return { status: error.httpStatus, body: { error: error.message } };
	}
}

function json(answer: SheetsAnswer): { statusCode: number; headers: Record<string, string>; body: string } {
	return {
		statusCode: answer.status,
		headers: { 'content-type': 'application/json; charset=UTF-8' },
		body: JSON.stringify(answer.body),
	};
}
