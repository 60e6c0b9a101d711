/** The Casso client of core over real HTTP: a transport on fetch, and a clock that notes its waits instead of waiting. */
import { cassoAuthorization, type CassoConnection, type CassoSecrets, type Transport } from '@saoke/core';
import type { Sandbox } from '@saoke/sandbox';

export interface TestConnection extends CassoConnection {
	/** What was asked to be slept, in ms. */
	slept: number[];
}

/** @param secrets default the sandbox's own API key */
export function connectTo(
	sandbox: Sandbox,
	secrets: CassoSecrets = { authentication: 'apiKey', apiKey: sandbox.apiKey },
): TestConnection {
	const slept: number[] = [];
	return {
		baseUrl: sandbox.cassoUrl,
		transport: fetchTransport(() => cassoAuthorization(secrets)),
		secrets: [secrets.apiKey, secrets.accessToken].filter((secret) => secret !== undefined),
		slept,
		runtime: {
			now: () => Date.now(),
			random: () => 0,
			sleep: async (ms) => {
				slept.push(ms);
				await Promise.resolve();
			},
		},
	};
}

/** @param authorization makes the header for each request */
export function fetchTransport(authorization: () => string): Transport {
	return async (request) => {
		const answer = await fetch(request.url, {
			method: request.method,
			headers: { ...request.headers, authorization: authorization() },
			body: request.body,
			redirect: 'manual',
			signal: AbortSignal.timeout(request.timeoutMs),
		});
		return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
	};
}

/** What a call is rejected with; fails the test where it succeeds. */
export async function rejected(call: Promise<unknown>): Promise<Error> {
	try {
		await call;
	} catch (error) {
		if (error instanceof Error) return error;
		throw new Error('Something that is no error was thrown');
	}
	throw new Error('The call was expected to fail');
}

/** Everything that a person or a log could see of an error: message, stack, own properties, causes. */
export function getEverything(error: unknown): string {
	const seen = new Set<unknown>();
	const look = (value: unknown): unknown => {
		if (typeof value !== 'object' || value === null) return value;
		if (seen.has(value)) return '[seen]';
		seen.add(value);
		return Object.fromEntries(
			Object.getOwnPropertyNames(value).map((name) => [name, look((value as Record<string, unknown>)[name])]),
		);
	};
	return JSON.stringify(look(error));
}
