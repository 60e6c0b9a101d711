/** Payment: Match through n8n's own engine: its inputs and outputs, orders as people keep them, and what it refuses. */
import { NodeHelpers, type IDataObject } from 'n8n-workflow';
import { match, matchOutputs, outputHints, transaction, type MatchOutputs } from './harness/casso';
import { Engine, type NodeUnderTest } from './harness/engine';

const TYPE = 'n8n-nodes-casso.casso';

let engine: Engine;

beforeAll(async () => {
	engine = await Engine.load('.', {});
});

const outputs = async (node: NodeUnderTest, items: IDataObject[]): Promise<MatchOutputs> =>
	await matchOutputs(engine, node, items);
const hints = async (node: NodeUnderTest, items: IDataObject[]): Promise<string[]> =>
	await outputHints(engine, node, items);

/** What the node says when it refuses to go on. */
async function refusal(node: NodeUnderTest, items: IDataObject[]): Promise<string> {
	const { data } = await engine.run(node, items);
	return data.resultData.error?.message ?? 'no refusal';
}

describe('Match', () => {
	it('has three named outputs, and every other operation has one', () => {
		const outputsOf = (parameters: IDataObject): unknown => {
			const workflow = engine.workflow({ type: TYPE, parameters });
			const node = workflow.getNode('Under Test');
			if (!node) throw new Error('no node');
			return NodeHelpers.getNodeOutputs(workflow, node, engine.nodeType(TYPE).description);
		};
		expect(outputsOf({ resource: 'payment', operation: 'match' })).toEqual([
			{ type: 'main', displayName: 'Orders' },
			{ type: 'main', displayName: 'Unmatched' },
			{ type: 'main', displayName: 'Proposals' },
		]);
		expect(outputsOf({ resource: 'payment', operation: 'createQr' })).toEqual([{ type: 'main' }]);
		expect(outputsOf({ resource: 'transaction', operation: 'getAll' })).toEqual([{ type: 'main' }]);
	});

	it('has a second input for the orders, unless they are defined in the node', () => {
		const inputsOf = (parameters: IDataObject): unknown => {
			const workflow = engine.workflow({ type: TYPE, parameters });
			const node = workflow.getNode('Under Test');
			if (!node) throw new Error('no node');
			return NodeHelpers.getNodeInputs(workflow, node, engine.nodeType(TYPE).description);
		};
		const operation = { resource: 'payment', operation: 'match' };
		const both = [
			{ type: 'main', displayName: 'Transactions' },
			{ type: 'main', displayName: 'Orders' },
		];
		expect(inputsOf(operation)).toEqual(both);
		expect(inputsOf({ ...operation, ordersFrom: 'input' })).toEqual(both);
		expect(inputsOf({ ...operation, ordersFrom: 'define' })).toEqual([{ type: 'main' }]);
		expect(inputsOf({ resource: 'payment', operation: 'createQr' })).toEqual([{ type: 'main' }]);
		expect(inputsOf({ resource: 'transaction', operation: 'getAll' })).toEqual([{ type: 'main' }]);
	});

	it('gives every order its status when there was no transaction, and says so', async () => {
		const node = match([
			{ code: 'DH1', amount: 100, settled: true },
			{ code: 'DH2', amount: 100, validUntil: '10/03/2026' },
		]);
		const [matched, unmatched] = await outputs(node, []);
		expect(matched.map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual([
			['paid', [{ item: 0, input: 1 }]],
			['expired', [{ item: 1, input: 1 }]],
		]);
		expect(unmatched).toEqual([]);
		expect(await hints(node, [])).toEqual([expect.stringMatching(/^No transaction came in on the input Transactions/)]);
		expect(await hints(node, [transaction(1, 100, 'DH1')])).toEqual([]);
	});

	it('takes the rows of a sheet with the names of its own, past blank ones', async () => {
		const orders = [
			{ row_number: 2, 'Mã đơn': 'DH1', 'Số tiền': '500.000', 'Hạn trả': '10/03/2026 08:00', Xong: false },
			{ row_number: 3, 'Mã đơn': '', 'Số tiền': '', 'Hạn trả': '', Xong: false },
			{ row_number: 4, 'Mã đơn': 'DH2', 'Số tiền': 70_000, 'Hạn trả': '', Xong: false },
			{},
		];
		const orderFields = { codeField: 'Mã đơn', amountField: 'Số tiền', validUntilField: 'Hạn trả' };
		const [matched] = await outputs(match(orders, { orderFields }), [transaction(1, 70_000, 'DH2')]);
		expect(matched.map(({ json, pairedItem }) => [json['Mã đơn'], json.status, json.Xong, pairedItem])).toEqual([
			['DH1', 'expired', false, [{ item: 0, input: 1 }]],
			['DH2', 'paid', false, [{ item: 0 }, { item: 2, input: 1 }]],
		]);
		expect(Object.keys(matched[1]?.json ?? {})).not.toContain('code');
	});

	it('lets every transaction out as unmatched when no order waits, and says so', async () => {
		for (const none of [[], [{}]]) {
			const [matched, unmatched] = await outputs(match(none), [transaction(1, 100, 'DH1')]);
			expect([matched, unmatched.map(({ json }) => json.reason)]).toEqual([[], ['noCode']]);
			expect(await hints(match(none), [transaction(1, 100, 'DH1')])).toEqual([
				expect.stringMatching(/^No orders came in/),
			]);
		}
	});

	it('warns about codes that are easily mistaken', async () => {
		const orders = [
			{ code: 100_924, amount: 100 },
			{ code: 100_925, amount: 100 },
		];
		expect(await hints(match(orders), [transaction(1, 100, 'x')])).toEqual([
			expect.stringMatching(/100924 is a bare number.*1 more order/),
		]);
	});

	it('needs no credential', async () => {
		const bare = await Engine.load('.', {});
		const items = await bare.items(match([{ code: 'DH1', amount: 100 }]), [transaction(1, 100, 'DH1')]);
		expect(items[0]?.json.status).toBe('paid');
	});

	it.each([
		[match('[{'), [transaction(1, 1, 'x')], /^Orders: The list of orders is not valid JSON/],
		[match([{ code: 'DH1' }]), [transaction(1, 1, 'x')], /^Orders: Order 1 has no amount/],
		[match([{ ma: 'DH1', tien: 5 }]), [transaction(1, 1, 'x')], /^Orders: Order 1 has no code and no virtualAccount/],
		[
			match([{ code: 'DH1', amount: 1 }], { orderFields: { codeField: 'Mã đơn' } }),
			[transaction(1, 1, 'x')],
			/^Order Fields: No order has a field "Mã đơn"/,
		],
		[
			match([{ code: 'DH1', amount: 1 }]),
			[{}],
			/^Transactions: The item is empty, so no transaction came in \[item 0\]/,
		],
		[
			match([], { options: { tolerance: -5 } }),
			[transaction(1, 1, 'x')],
			/^Tolerance: Must be a whole number of VND, 0 or greater/,
		],
		[match([], { options: { maxAgeDays: -5 } }), [transaction(1, 1, 'x')], /^Ignore Transactions Older Than/],
		[match([]), [transaction(1, 1, 'x'), { name: 'An' }], /\[item 1\]$/],
	])('refuses what cannot be meant (%#)', async (node, items, message) => {
		expect(await refusal(node, items)).toMatch(message);
	});

	it('refuses to go on without orders when no node is connected to their input', async () => {
		const { data } = await engine.runBehind({ ...match([]), secondInput: undefined }, [transaction(1, 1, 'x')]);
		expect(data.resultData.error?.message).toMatch(/^Orders: Nothing is connected to the input Orders/);
	});

	it('goes on past an item that is no transaction when told to', async () => {
		const node = match([{ code: 'DH1', amount: 100 }], { onError: 'continueRegularOutput' });
		const [matched, rest] = await outputs(node, [{ name: 'An' }, transaction(1, 100, 'DH1')]);
		expect(matched[0]).toMatchObject({ json: { status: 'paid' }, pairedItem: [{ item: 1 }, { item: 0, input: 1 }] });
		expect(rest[0]).toMatchObject({
			json: { error: expect.stringContaining('no id of a transaction') as string },
			pairedItem: { item: 0 },
		});
	});

	it('sends it to the error output where the node has one', async () => {
		const node = match('[{"code":"DH1","amount":100}]', { onError: 'continueErrorOutput' });
		const { data } = await engine.run(node, [{ name: 'An' }, transaction(1, 99, 'la'), transaction(2, 100, 'DH1')]);
		const main = data.resultData.runData['Under Test']?.[0]?.data?.main ?? [];
		expect(main.map((items) => items?.map(({ json }) => json.status ?? json.reason ?? json.error))).toEqual([
			['paid'],
			['noCode'],
			[],
			[expect.stringContaining('no id of a transaction')],
		]);
	});

	it('puts what fails for all items on the first output when told to go on', async () => {
		const [matched, rest] = await outputs(match('[{', { onError: 'continueRegularOutput' }), [
			transaction(1, 100, 'DH1'),
		]);
		expect(matched[0]?.json.error).toMatch(/not valid JSON/);
		expect(rest).toEqual([]);
	});
});
