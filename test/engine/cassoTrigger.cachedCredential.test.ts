/** The Casso Trigger reads its credential once a second, however many deliveries arrive, and never uses an older one. */
import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import { cachedCredential } from '../../nodes/Casso/trigger/cachedCredential';
import { Engine, type DeliveredRequest } from './harness/engine';
import { KEY, record, trigger, v2 } from './harness/receiver';

const NEXT_KEY = 'N'.repeat(64);

let stored: ICredentialDataDecryptedObject | undefined;
let reads: number;

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
	stored = secrets(KEY);
	reads = 0;
});

afterEach(() => {
	jest.useRealTimers();
});

function secrets(securityKey: string): ICredentialDataDecryptedObject {
	return { securityKey, previousSecurityKey: '', secureToken: '', previousSecureToken: '' };
}

/** An n8n whose stored credential may change between two reads. */
async function load(): Promise<Engine> {
	return await Engine.load('.', {
		get cassoWebhookApi(): ICredentialDataDecryptedObject {
			reads++;
			if (!stored) throw new Error('n8n cannot read the credential');
			return stored;
		},
	});
}

const signed = (key = KEY): DeliveredRequest => v2(record(), { key });

async function isTaken(engine: Engine, request: DeliveredRequest): Promise<boolean> {
	const { result } = await engine.deliver(trigger(engine), request);
	return result.workflowData !== undefined;
}

it('reads once for a burst, its forgeries included', async () => {
	const engine = await load();
	const sent = Array.from({ length: 60 }, (_, place) => signed(place % 3 === 0 ? 'forged' : KEY));
	const taken = await Promise.all(sent.map(async (request) => await isTaken(engine, request)));
	expect(taken.filter(Boolean)).toHaveLength(40);
	expect(await isTaken(engine, signed())).toBe(true);
	expect(reads).toBe(1);
});

it('forgets a key one second after it was read, however busy the trigger is', async () => {
	const engine = await load();
	expect(await isTaken(engine, signed())).toBe(true);
	stored = secrets(NEXT_KEY);
	for (let tenth = 1; tenth < 10; tenth++) {
		await jest.advanceTimersByTimeAsync(100);
		expect(await isTaken(engine, signed())).toBe(true);
	}
	await jest.advanceTimersByTimeAsync(100);
	expect(await isTaken(engine, signed())).toBe(false);
	expect(await isTaken(engine, signed(NEXT_KEY))).toBe(true);
	expect(reads).toBe(2);
});

it('refuses while the credential cannot be read, and reads again for the next delivery', async () => {
	const engine = await load();
	stored = undefined;
	expect(await isTaken(engine, signed())).toBe(false);
	stored = secrets(KEY);
	expect(await isTaken(engine, signed())).toBe(true);
	expect(reads).toBe(2);
});

it('a read that hangs keeps those waiting that came within a second, and nobody later', async () => {
	const answers: (() => void)[] = [];
	const context = {
		getWorkflow: () => ({ id: 'hanging' }),
		getNode: () => ({ id: 'node', credentials: {} }),
		getMode: () => 'webhook',
		getCredentials: async () => await new Promise((resolve) => answers.push(() => resolve(secrets(KEY)))),
	} as unknown as IWebhookFunctions;
	void cachedCredential(context, 'cassoWebhookApi');
	void cachedCredential(context, 'cassoWebhookApi');
	await jest.advanceTimersByTimeAsync(1_000);
	const later = cachedCredential(context, 'cassoWebhookApi');
	expect(answers).toHaveLength(2);
	answers[1]?.();
	expect(await later).toEqual(secrets(KEY));
});

it('never uses the key of another credential', async () => {
	const one = await load();
	expect(await isTaken(one, signed())).toBe(true);
	stored = secrets(NEXT_KEY);
	const other = await load();
	expect(await isTaken(other, signed())).toBe(false);
	expect(await isTaken(other, signed(NEXT_KEY))).toBe(true);
	expect(await isTaken(one, signed())).toBe(true);
});
