/** What the contract tests of Simplize share: core over plain fetch, against the sandbox, with a clock that may be wrong. */
import {
	DEFAULT_PROFILE,
	makeSigningTransport,
	type HttpResponse,
	type Runtime,
	type SigningKeys,
	type SimplizeConnection,
	type Transport,
} from '@saoke/core';
import { startSandbox, type Sandbox, type SimplizePartnerOptions } from '@saoke/sandbox';

export interface Client {
	connection: SimplizeConnection;
	/** Ms that each wait was asked for; none is really waited. */
	waits: number[];
	/** Ms by which this machine's clock is wrong. */
	clock: { offsetMs: number };
}

const open: Sandbox[] = [];

export async function start(simplize: SimplizePartnerOptions = {}): Promise<Sandbox> {
	const sandbox = await startSandbox({ transactions: 0, simplize });
	open.push(sandbox);
	return sandbox;
}

export async function closeAll(): Promise<void> {
	await Promise.all(open.splice(0).map(async (sandbox) => await sandbox.close()));
}

export function createClient(sandbox: Sandbox, changes: Partial<SigningKeys> = {}): Client {
	const { apiKey, apiSecret } = sandbox.simplize;
	const keys: SigningKeys = { apiKey, apiSecret, recvWindow: 5000, profile: DEFAULT_PROFILE, ...changes };
	const waits: number[] = [];
	const clock = { offsetMs: 0 };
	const now = (): number => Date.now() + clock.offsetMs;
	const runtime: Runtime = {
		now,
		random: () => 0.5,
		sleep: async (ms) => {
			waits.push(ms);
			await Promise.resolve();
		},
	};
	const transport = makeSigningTransport(fetchTransport, keys, now);
	return {
		connection: { transport, runtime, baseUrl: sandbox.simplizeUrl, recvWindow: keys.recvWindow, secrets: [apiKey] },
		waits,
		clock,
	};
}

const fetchTransport: Transport = async ({ method, url, headers, body }): Promise<HttpResponse> => {
	const response = await fetch(url, { method, headers, body, redirect: 'manual' });
	return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
};

/** Everything of one portfolio. */
export const everything = (
	portfolioId = 862,
	externalUserId = 'USER015',
): {
	externalUserId: string;
	portfolioId: number;
	ticker: null;
	transactionTypes: null;
	fromDate: string;
	toDate: string;
} => ({
	externalUserId,
	portfolioId,
	ticker: null,
	transactionTypes: null,
	fromDate: '01/01/2000',
	toDate: '31/12/2099',
});
