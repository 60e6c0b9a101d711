/** How long to wait, and what is tried again (casso-api 3). No real clock: sleep and chance are injected. */
import fc from 'fast-check';
import {
	NetworkError,
	ParameterError,
	type HttpMethod,
	type HttpRequest,
	type HttpResponse,
	type Runtime,
	type Transport,
} from '@saoke/core';
import { backoffMs, parseRetryAfter, getPath, send } from '../../../packages/core/src/http/client';
const NOW = Date.parse('2026-11-20T11:00:00Z');
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('parseRetryAfter', () => {
	it.each([
		['seconds', '120', 120_000],
		['0 seconds', '0', 0],
		['blanks around', ' 5 ', 5_000],
		['an HTTP date', 'Fri, 20 Nov 2026 11:00:30 GMT', 30_000],
		['the older form', 'Friday, 20-Nov-26 11:00:30 GMT', 30_000],
		['the asctime form, which is GMT', 'Fri Nov 20 11:00:30 2026', 30_000],
		['a date that is over', 'Fri, 20 Nov 2026 10:00:00 GMT', 0],
	])('%s', (_case, header, expected) => {
		expect(parseRetryAfter(header, NOW)).toBe(expected);
	});

	it.each([
		undefined,
		'',
		'  ',
		'soon',
		'in 12 minutes',
		'abc 12',
		'-5',
		'1.5',
		'1e3',
		'2026-11-20',
		'99999999999',
		'Fri, 99 Xyz 2026 11:00:30 GMT',
	])('says nothing usable: %p', (header) => {
		expect(parseRetryAfter(header, NOW)).toBeUndefined();
	});

	it('every date of JavaScript is read to the second', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 86_400 }), (seconds) => {
				expect(parseRetryAfter(new Date(NOW + seconds * 1000).toUTCString(), NOW)).toBe(seconds * 1000);
			}),
		);
	});
});

describe('backoffMs', () => {
	it('lies between half and all of a ceiling that doubles from 0.5 s and never passes 30 s', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1000 }), chance, (attempt, random) => {
				const ceiling = Math.min(30_000, 500 * 2 ** (attempt - 1));
				const wait = backoffMs(attempt, () => random);
				expect(wait).toBeGreaterThanOrEqual(Math.floor(ceiling / 2));
				expect(wait).toBeLessThanOrEqual(ceiling);
			}),
		);
	});

	it('obeys the service in full and adds at most a quarter of a second', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 10 }),
				chance,
				fc.integer({ min: 0, max: 1e9 }),
				(attempt, random, asked) => {
					const wait = backoffMs(attempt, () => random, asked);
					expect(wait).toBeGreaterThanOrEqual(asked);
					expect(wait).toBeLessThanOrEqual(asked + 250);
				},
			),
		);
	});

	it('differs between clients', () => {
		expect(backoffMs(3, () => 0)).not.toBe(backoffMs(3, () => 0.9));
	});
});

type Step = number | Error | Partial<HttpResponse>;

/** A transport that plays the given steps, the last one for ever, and a clock that only notes what was slept. */
function play(
	steps: Step[],
	runtimeChange: Partial<Runtime> = {},
): { sent: HttpRequest[]; slept: number[]; transport: Transport; runtime: Runtime } {
	const sent: HttpRequest[] = [];
	const slept: number[] = [];
	const transport: Transport = async (request) => {
		const step = steps[Math.min(sent.length, steps.length - 1)];
		sent.push(request);
		if (step instanceof Error) throw step;
		const change = typeof step === 'number' ? { status: step } : step;
		return await Promise.resolve({ status: 200, headers: {}, body: '', ...change });
	};
	const runtime: Runtime = {
		now: () => NOW,
		random: () => 0,
		sleep: async (ms) => {
			slept.push(ms);
			await Promise.resolve();
		},
		...runtimeChange,
	};
	return { sent, slept, transport, runtime };
}

const request = (method: HttpMethod = 'GET'): HttpRequest => ({
	method,
	url: 'https://oauth.casso.vn/v2/accounts?secret=1',
	headers: {},
	timeoutMs: 1,
});

describe('send, for a read', () => {
	it.each([429, 502, 503, 504])('tries HTTP %d again', async (status) => {
		const { sent, slept, transport, runtime } = play([status, status, 200]);
		const answer = await send(transport, runtime, () => request(), { isRead: true });
		expect(answer.status).toBe(200);
		expect(sent).toHaveLength(3);
		expect(slept).toEqual([250, 500]);
	});

	it.each([200, 201, 204, 302, 400, 401, 403, 404, 408, 409, 410, 422, 500, 501, 505])(
		'takes HTTP %d as it is',
		async (status) => {
			const { sent, slept, transport, runtime } = play([status]);
			expect((await send(transport, runtime, () => request(), { isRead: true })).status).toBe(status);
			expect(sent).toHaveLength(1);
			expect(slept).toEqual([]);
		},
	);

	it('tries a broken connection again', async () => {
		const { sent, transport, runtime } = play([new Error('socket hang up'), 200]);
		expect((await send(transport, runtime, () => request(), { isRead: true })).status).toBe(200);
		expect(sent).toHaveLength(2);
	});

	it('gives up after five attempts with the last answer', async () => {
		const { sent, slept, transport, runtime } = play([503]);
		expect((await send(transport, runtime, () => request(), { isRead: true })).status).toBe(503);
		expect(sent).toHaveLength(5);
		expect(slept).toEqual([250, 500, 1000, 2000]);
	});

	it('gives up after five broken connections, saying which call and why, without its query', async () => {
		const { sent, transport, runtime } = play([
			Object.assign(new Error('connect https://user:key@host'), { code: 'ECONNREFUSED' }),
		]);
		const failure = send(transport, runtime, () => request(), { isRead: true });
		await expect(failure).rejects.toThrow(new NetworkError('GET', '/v2/accounts', 'ECONNREFUSED'));
		expect(sent).toHaveLength(5);
	});

	it.each([
		['seconds', '7', 7000],
		['a date', 'Fri, 20 Nov 2026 11:00:09 GMT', 9000],
	])('obeys Retry-After in %s', async (_form, header, expected) => {
		const { slept, transport, runtime } = play([{ status: 429, headers: { 'retry-after': header } }, 200]);
		await send(transport, runtime, () => request(), { isRead: true });
		expect(slept).toEqual([expected]);
	});

	it('does not wait longer than allowed: it hands back the answer at once', async () => {
		const { sent, slept, transport, runtime } = play([{ status: 429, headers: { 'retry-after': '3600' } }]);
		expect((await send(transport, runtime, () => request(), { isRead: true })).status).toBe(429);
		expect(sent).toHaveLength(1);
		expect(slept).toEqual([]);
	});

	it('counts its waiting over all attempts', async () => {
		const { slept, transport, runtime } = play([{ status: 503, headers: { 'retry-after': '50' } }]);
		await send(transport, runtime, () => request(), { isRead: true });
		expect(slept).toEqual([50_000, 50_000]);
	});

	it('never waits longer in all than the host allows, whatever is asked', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.nat(200), { minLength: 1, maxLength: 6 }),
				fc.nat(200_000),
				chance,
				async (seconds, limit, random) => {
					const steps = seconds.map((asked) => ({ status: 429, headers: { 'retry-after': String(asked) } }));
					const { sent, slept, transport, runtime } = play(steps, { maxTotalWaitMs: limit, random: () => random });
					await send(transport, runtime, () => request(), { isRead: true });
					expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(limit);
					expect(sent.length).toBeLessThanOrEqual(5);
				},
			),
		);
	});

	it('makes a new request for every attempt, so that nothing signed is sent twice', async () => {
		const { sent, transport, runtime } = play([503, 503, 200]);
		await send(transport, runtime, () => request(), { isRead: true });
		expect(new Set(sent).size).toBe(3);
	});

	it('enters the gate for every attempt, and leaves it with the answer or without one', async () => {
		const heard: (number | undefined)[] = [];
		const { transport, runtime } = play([429, new Error('reset'), 200]);
		let inside = 0;
		const gate = {
			enter: () => {
				inside++;
				return Promise.resolve();
			},
			leave: (response?: { status: number }) => {
				inside--;
				heard.push(response?.status);
			},
		};
		await send(transport, runtime, () => request(), { isRead: true, gate });
		expect(heard).toEqual([429, undefined, 200]);
		expect(inside).toBe(0);
	});

	it('stops when the host stops while it waits', async () => {
		const { sent, transport, runtime } = play([503], { sleep: () => Promise.reject(new Error('cancelled')) });
		await expect(send(transport, runtime, () => request(), { isRead: true })).rejects.toThrow('cancelled');
		expect(sent).toHaveLength(1);
	});

	it('passes on at once that the key cannot be sent', async () => {
		const { sent, transport, runtime } = play([
			new ParameterError('apiKey', 'The credential has no API key', 'Enter it.'),
		]);
		await expect(send(transport, runtime, () => request(), { isRead: true })).rejects.toThrow(
			'The credential has no API key',
		);
		expect(sent).toHaveLength(1);
	});
});

describe('send, for a write', () => {
	it.each(['POST', 'PUT', 'DELETE'] as const)('%s is sent once, whatever comes back', async (method) => {
		for (const step of [429, 502, 503, 504, { status: 429, headers: { 'retry-after': '0' } }]) {
			const { sent, slept, transport, runtime } = play([step]);
			await send(transport, runtime, () => request(method), { isRead: false });
			expect(sent).toHaveLength(1);
			expect(slept).toEqual([]);
		}
		const { sent, transport, runtime } = play([new Error('timeout of 30000ms exceeded')]);
		await expect(send(transport, runtime, () => request(method), { isRead: false })).rejects.toThrow(
			`No answer to ${method} /v2/accounts: timed out`,
		);
		expect(sent).toHaveLength(1);
	});
});

describe('what a failed connection tells', () => {
	it.each([
		['its code', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'ECONNRESET'],
		['the code of its cause', new Error('x', { cause: { code: 'ENOTFOUND' } }), 'ENOTFOUND'],
		['that it took too long', new Error('timeout of 5000ms exceeded'), 'timed out'],
		['that it was ended', new Error('The operation was aborted'), 'aborted'],
		['nothing that could hold a secret', new Error('Authorization: Apikey TOP-SECRET'), 'the connection failed'],
		['nothing of an odd code', Object.assign(new Error('x'), { code: 'Apikey TOP-SECRET' }), 'the connection failed'],
		['nothing of what is no error', 'TOP-SECRET', 'the connection failed'],
	])('%s', async (_case, thrown, reason) => {
		const { runtime } = play([200]);
		const transport = async (): Promise<HttpResponse> => {
			await Promise.resolve();
			throw thrown as Error;
		};
		const failure = await send(transport, runtime, () => request('POST'), { isRead: false }).catch(
			(error: unknown) => error,
		);
		expect(failure).toBeInstanceOf(NetworkError);
		expect((failure as Error).message).toBe(`No answer to POST /v2/accounts: ${reason}`);
		expect(JSON.stringify([failure, (failure as Error).stack, (failure as Error).cause])).not.toContain('TOP-SECRET');
	});
});

it.each([
	['https://oauth.casso.vn/v2/accounts?fromDate=1#x', '/v2/accounts'],
	['http://127.0.0.1:4010/casso/v2/webhooks?webhook=https%3A%2F%2Fa', '/casso/v2/webhooks'],
	['https://oauth.casso.vn', ''],
])('the path of %s', (url, path) => {
	expect(getPath(url)).toBe(path);
});
