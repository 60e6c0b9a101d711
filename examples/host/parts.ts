/** What a host brings to core, for a program on Node: a way to send, a clock, and the keys from the environment. */
import {
	cassoAuthorization,
	CASSO_PUBLIC_BASE_URL,
	checkBaseUrl,
	SaokeError,
	type CassoConnection,
	type Runtime,
	type Transport,
} from '@saoke/core';

export const runtime: Runtime = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Sends as it is told: no retries, no redirects. Core decides what is tried again. */
export const overFetch: Transport = async ({ method, url, headers, body, timeoutMs }) => {
	const answer = await fetch(url, {
		method,
		headers,
		body,
		redirect: 'manual',
		signal: AbortSignal.timeout(timeoutMs),
	});
	return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
};

/** @throws ParameterError where CASSO_API_KEY is missing or CASSO_BASE_URL is no address */
export function cassoFromEnvironment(env: NodeJS.ProcessEnv): CassoConnection {
	const { CASSO_API_KEY: apiKey = '', CASSO_BASE_URL: baseUrl } = env;
	const authorization = cassoAuthorization({ authentication: 'apiKey', apiKey });
	return {
		baseUrl: checkBaseUrl(baseUrl, CASSO_PUBLIC_BASE_URL),
		transport: async (request) => await overFetch({ ...request, headers: { ...request.headers, authorization } }),
		runtime,
		secrets: [apiKey],
	};
}

/** Ends a program with what happened and what to do next. */
export function fail(error: unknown): void {
	const hint = error instanceof SaokeError ? `\n${error.hint}` : '';
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}${hint}\n`);
	process.exitCode = 1;
}
