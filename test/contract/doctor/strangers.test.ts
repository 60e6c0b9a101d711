/** The doctor's listener has a public address: strangers who find it neither fill its memory nor hide what Casso sends. */
import { signWebhook } from '@saoke/core';
import { freePort } from '../../../hosts/ports';
import { listen, type Listener } from '../../../tools/doctor/listener';

const KEY = 'security-key-of-the-doctor';
const BODY = '{"error":0,"data":{"id":1,"amount":1,"accountNumber":"001"}}';

let url: string;
let listener: Listener;
const lines: string[] = [];

beforeEach(async () => {
	const port = await freePort();
	url = `http://127.0.0.1:${port}`;
	listener = await listen({ port, url, secrets: { securityKey: KEY }, answer: 200, delayMs: 0, ownPath: 'own' });
	jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
	jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});

afterEach(async () => {
	jest.restoreAllMocks();
	await listener.close();
});

async function send(body: string, key: string): Promise<number> {
	const headers = signWebhook(BODY, { securityKey: key, signedAtMs: Date.now() });
	return (await fetch(url, { method: 'POST', body, headers })).status;
}

it('a body of two megabytes is refused, and not kept', async () => {
	// The connection may end before all of it is sent.
	expect(await send(`"${'x'.repeat(2 * 1024 * 1024)}"`, KEY).catch(() => 413)).toBe(413);
	expect(listener.received).toEqual([]);
});

it('of 1,100 forgeries 1,000 are kept and shown, and the real one after them', async () => {
	for (let sent = 0; sent < 1_100; sent += 50) {
		const statuses = await Promise.all(Array.from({ length: 50 }, async () => await send(BODY, 'another key')));
		expect(new Set(statuses)).toEqual(new Set([401]));
	}
	expect(await send(BODY, KEY)).toBe(200);
	expect(listener.received).toHaveLength(1_001);
	expect(lines).toHaveLength(1_001);
	expect(lines.at(-1)).toContain('"dialect":"v2"');
});
