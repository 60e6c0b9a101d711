/** Which webhook a Casso Trigger takes for its own: that of a renamed node, of a copied one, of a copied installation. */
import { LifecycleBench, URL } from './harness/triggerLifecycle';

let bench: LifecycleBench;

beforeEach(async () => {
	bench = await LifecycleBench.start();
});

afterEach(async () => {
	await bench.close();
});

describe('a copy of the installation under another address', () => {
	it('leaves the webhook of the original alone when it is unpublished, and says so', async () => {
		const host = bench.host();
		await host.activate();
		const original = bench.hooks();
		bench.engine.baseUrl = 'http://127.0.0.1:5679/';
		await host.unpublish();
		expect(bench.hooks()).toEqual(original);
		expect(bench.engine.logs.at(-1)).toMatch(
			/^warn Casso Trigger leaves webhook \d+ at Casso unchanged, because it points/,
		);
	});

	it('registers beside it when it is published, and removes only its own', async () => {
		const host = bench.host();
		await host.activate();
		const original = bench.hooks();
		bench.engine.baseUrl = 'http://127.0.0.1:5679/';
		await host.activate('init');
		expect(bench.hooks()).toHaveLength(2);
		await host.unpublish();
		expect(bench.hooks()).toEqual(original);
	});

	it('removes nothing whose address it cannot read', async () => {
		const host = bench.host();
		await host.activate();
		const original = bench.hooks();
		bench.engine.baseUrl = 'http://127.0.0.1:5679/';
		bench.fail({ kind: 'httpError', status: 500, method: 'GET' });
		await host.unpublish();
		expect(bench.hooks()).toEqual(original);
	});
});

describe('a renamed node', () => {
	it('knows its webhook: nothing is registered a second time', async () => {
		const host = bench.host();
		await host.activate();
		const before = bench.hooks();
		host.change({ name: 'Ngân hàng' });
		await host.activate('init');
		expect(bench.hooks()).toEqual(before);
		await host.unpublish();
		expect(bench.hooks()).toEqual([]);
	});

	it('takes over a registration that an earlier version kept under the name', async () => {
		const host = bench.host();
		await host.activate();
		delete host.state.nodeId;
		host.stored = { 'node:Under Test': host.state };
		const before = bench.hooks();
		await host.activate('init');
		expect(bench.hooks()).toEqual(before);
	});

	it('is not taken for a copy, which has no webhook even under its name', async () => {
		const host = bench.host();
		await host.activate();
		const [original] = bench.hooks();
		host.change({ id: 'copy', webhookId: 'copied-hook' });
		await host.unpublish();
		expect(bench.hooks()).toEqual([original]);
	});
});

describe('a workflow that was imported without an ID for its webhook', () => {
	it.each(['automatic', 'manual'])('is not published (%s), and the error says what to do', async (registration) => {
		const host = bench.host({ registration, options: { allowLegacy: true } });
		host.change({ webhookId: null, name: 'Tiền về' });
		await expect(host.activate()).rejects.toMatchObject({
			message: expect.stringMatching(/would contain its name.*save it once/) as string,
		});
		expect(bench.hooks()).toEqual([]);
	});
});

it('the address in these tests is that of the engine', () => {
	expect(URL.startsWith(bench.engine.baseUrl)).toBe(true);
});
