/** What the editor may ask about Simplize with keys that are typed: lists, and a check that signs as it is set. */
import { EventEmitter } from 'node:events';
import type { Report } from '@saoke/core/doctor';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { serveSimplize } from '../../../packages/node-red-saoke/src/admin/simplize';
import type { NodeRed } from '../../../packages/node-red-saoke/src/host/nodeRed';
import { makeFetchClient } from '../harness/fetchClient';

let sandbox: Sandbox;
const permissions: string[] = [];
const posts = new Map<string, (request: unknown, response: unknown) => void>();

beforeAll(async () => {
	sandbox = await startSandbox({ transactions: 0, simplize: { quirks: { signatureEncoding: 'base64' } } });
	const RED = {
		auth: { needsPermission: (name: string) => permissions.push(name) },
		httpAdmin: {
			get: () => undefined,
			post: (path: string, _guard: unknown, handler: (request: unknown, response: unknown) => void) =>
				posts.set(path, handler),
		},
	};
	serveSimplize(RED as unknown as NodeRed, {
		makeHttpClient: () => makeFetchClient(),
		now: () => Date.now(),
		steadyNow: () => Date.now(),
		random: () => 0.5,
		sleep: async () => await Promise.resolve(),
	});
});

afterAll(async () => {
	await sandbox.close();
});

async function ask(place: string, fields: Record<string, string> = {}): Promise<{ status: number; answer: unknown }> {
	const { apiKey, apiSecret } = sandbox.simplize;
	const body = { baseUrl: sandbox.simplizeUrl, apiKey, apiSecret, signatureEncoding: 'base64', ...fields };
	return await new Promise((resolve) => {
		let status = 0;
		const response = Object.assign(new EventEmitter(), {
			writeHead: (code: number) => (status = code),
			end: (text: string) => resolve({ status, answer: JSON.parse(text) as unknown }),
		});
		posts.get(`/saoke/simplize/${place}`)?.({ headers: { 'content-type': 'application/json' }, body }, response);
	});
}

test('every question needs the permission to write', () => {
	expect(permissions.length).toBeGreaterThan(3);
	expect(new Set(permissions)).toEqual(new Set(['saoke.write']));
});

test('users, and the portfolios of one', async () => {
	const [portfolio] = sandbox.simplize.data.portfolios;
	const users = await ask('users');
	expect(users.answer).toContainEqual(expect.objectContaining({ id: portfolio?.externalUserId }));
	const { answer } = await ask('portfolios', { externalUserId: portfolio?.externalUserId ?? '' });
	expect(answer).toContainEqual({ id: portfolio?.id, label: `${portfolio?.name} – ${portfolio?.id}` });
	expect(answer).not.toHaveLength(sandbox.simplize.data.portfolios.length);
	expect(await ask('portfolios')).toMatchObject({ status: 400, answer: { parameter: 'externalUserId' } });
});

test('the check signs as the connection is set, and calls that all right', async () => {
	const report = (await ask('check')).answer as Report;
	expect(report.exitCode).toBe(0);
	expect(report.rows.find(({ id }) => id === 'signatureEncoding')).toMatchObject({ consequence: 'It is set already.' });
	const refused = (await ask('check', { signatureEncoding: 'hex' })).answer as Report;
	expect(refused.exitCode).toBe(1);
});
