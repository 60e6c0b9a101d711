/** Connection: Check, through n8n's real engine and against the sandbox: what it finds, and that it only reads. */
import { NodeHelpers, type INode } from 'n8n-workflow';
import { API_KEY, startCassoEngine, type CassoEngine } from './harness/casso';

jest.setTimeout(120_000);
const check = { resource: 'connection', operation: 'check' };

describe('Connection: Check', () => {
	let casso: CassoEngine;

	afterEach(async () => {
		await casso.sandbox.close();
	});

	it('returns a record for each finding, with the conclusion as a hint, and only reads', async () => {
		casso = await startCassoEngine();
		// Once, for all items with one key.
		const run = await casso.engine.run(casso.casso(check), [{}, {}, {}]);
		const [task] = run.data.resultData.runData['Under Test'] ?? [];
		const found = (task?.data?.main?.[0] ?? []).map(({ json }) => json);
		expect(found.length).toBeGreaterThan(5);
		expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
		for (const row of found) {
			expect(Object.keys(row)).toEqual(['question', 'verdict', 'consequence', 'option', 'todo', 'evidence', 'id']);
		}
		expect(found.find(({ id }) => id === 'pageSize')).toMatchObject({ verdict: 'as assumed', todo: 'nothing' });
		expect(task?.hints).toEqual([expect.objectContaining({ location: 'outputPane' })]);
		const requests = casso.requests();
		expect(requests.length).toBeLessThanOrEqual(60);
		expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('leaves out what the nodes adapt to by themselves', async () => {
		casso = await startCassoEngine();
		casso.sandbox.casso.quirks.set({
			balanceSpelling: 'cusum_balance',
			bookingDate: 'null',
			unknownText: 'null',
			extraKeys: 'some',
			userInfoForm: 'documented',
			bin: 'string',
			totals: 'missing',
			pageNumbers: 'string',
			pageEnd: 'zero',
			pastEnd: 'lastPage',
			badQuery: 'default',
			defaultDays: 30,
		});
		const items = await casso.engine.items(casso.casso(check));
		expect(items.length).toBeGreaterThan(20);
		expect(items.filter(({ json }) => json.verdict === 'otherwise' || json.verdict === 'attention')).toEqual([]);
	});

	it('a refused key comes first, as a finding, and is in no output', async () => {
		casso = await startCassoEngine();
		const wrong = `${API_KEY}-wrong`;
		const engine = await casso.withCredential({ apiKey: wrong });
		const run = await engine.run(casso.casso(check));
		const stored = JSON.stringify(run);
		expect(run.data.resultData.error).toBeUndefined();
		expect((await engine.items(casso.casso(check)))[0]?.json).toMatchObject({ id: 'key', todo: 'set' });
		expect(stored).not.toContain(wrong);
	});

	it.each([
		['connection', 'check', ['cassoApi']],
		['webhook', 'create', ['cassoApi', 'cassoWebhookApi']],
		['webhook', 'delete', ['cassoApi']],
	])('%s: %s needs these credentials', async (resource, operation, needed) => {
		casso = await startCassoEngine();
		const { description } = casso.engine.nodeType('casso');
		const parameters = { resource, operation };
		const node = { typeVersion: 1, parameters } as unknown as INode;
		const shown = (description.credentials ?? []).filter((credential) =>
			NodeHelpers.displayParameter(parameters, credential, node, description),
		);
		expect(shown.map(({ name }) => name)).toEqual(needed);
	});
});
