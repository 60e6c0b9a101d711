/** Connection: Check of the Simplize node, through n8n's engine and against the sandbox. */
import { closeAll, node, start } from './support';

jest.setTimeout(120_000);
afterEach(closeAll);

test('returns what was found, asks at most 60 times, and shows nothing of the key', async () => {
	const { engine, sandbox } = await start();
	const run = await engine.run(node('connection', 'check'));
	const found = (run.data.resultData.runData['Under Test']?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json);
	expect(found.find(({ id }) => id === 'key')).toMatchObject({ verdict: 'all right', todo: 'nothing' });
	expect(found.length).toBeGreaterThan(5);
	expect(sandbox.simplize.calls.list().length).toBeLessThanOrEqual(60);
	expect(JSON.stringify(run)).not.toContain(sandbox.simplize.apiSecret);
});

test('a refused signature is told first', async () => {
	const { engine } = await start({}, { apiSecret: 'another-secret' });
	const [first] = await engine.items(node('connection', 'check'));
	expect(first?.json).toMatchObject({ id: 'key', verdict: 'attention', todo: 'set' });
});
