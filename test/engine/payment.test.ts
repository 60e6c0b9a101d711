/** The Payment resource, and the option Payment Code, through n8n's own engine. */
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import jsQR from 'jsqr';
import { NodeHelpers, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import { PNG } from 'pngjs';
import { Engine, type NodeUnderTest } from './harness/engine';

const TYPE = 'n8n-nodes-casso.casso';

let sandbox: Sandbox;
let engine: Engine;

beforeAll(async () => {
	sandbox = await startSandbox({ seed: 7, accounts: 3 });
	engine = await Engine.load('.', {
		cassoApi: { authentication: 'apiKey', apiKey: sandbox.apiKey, baseUrl: sandbox.cassoUrl },
	});
});

afterAll(async () => {
	await sandbox.close();
});

/** With the orders on the second input, or as JSON text in the node. */
function match(
	orders: IDataObject[] | string,
	more: Partial<NodeUnderTest> & { options?: IDataObject; orderFields?: IDataObject } = {},
): NodeUnderTest {
	const { options = {}, orderFields = {}, ...node } = more;
	const parameters = { resource: 'payment', operation: 'match', options };
	return typeof orders === 'string'
		? { type: TYPE, parameters: { ...parameters, ordersFrom: 'define', orders }, ...node }
		: { type: TYPE, parameters: { ...parameters, orderFields }, secondInput: orders, ...node };
}

function transaction(
	id: number,
	amount: number,
	description: string,
	transactedAt = '2026-03-10T09:00:00+07:00',
): IDataObject {
	return { id, reference: `FT${id}`, transactedAt, amount, description, accountNumber: '0071000888888' };
}

/** What the node says when it refuses to go on. */
async function refusal(node: NodeUnderTest, items: IDataObject[] = [{}]): Promise<string> {
	const { data } = await engine.run(node, items);
	return data.resultData.error?.message ?? 'no refusal';
}

type Outputs = [orders: INodeExecutionData[], unmatched: INodeExecutionData[], proposals: INodeExecutionData[]];

async function outputs(node: NodeUnderTest, items: IDataObject[]): Promise<Outputs> {
	const { data } = await engine.run(node, items);
	if (data.resultData.error) throw new Error(data.resultData.error.message);
	const [orders, unmatched, proposals] = data.resultData.runData['Under Test']?.[0]?.data?.main ?? [];
	return [orders ?? [], unmatched ?? [], proposals ?? []];
}

/** What the editor shows above the output. */
async function hints(node: NodeUnderTest, items: IDataObject[]): Promise<string[]> {
	const { data } = await engine.run(node, items);
	const shown = data.resultData.runData['Under Test']?.[0]?.hints ?? [];
	expect(shown.every(({ type, location }) => type === 'warning' && location === 'outputPane')).toBe(true);
	return shown.map(({ message }) => message);
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

	it('settles an order over three executions, while the workflow alone keeps what was received', async () => {
		const first: IDataObject[] = [
			{ code: 'DH1024', amount: 500_000, received: [], settled: false, row_number: 2 },
			{ code: 'DH1025', amount: 300_000, received: [], settled: false, row_number: 3 },
		];
		const deposit = transaction(1, 200_000, 'MBVCB.3278907687.DH1024 coc.CT tu 0011004012345');
		const [afterFirst] = await outputs(match(first), [deposit]);
		expect(afterFirst.map(({ json }) => json)).toEqual([
			{
				...first[0],
				received: [{ transactionId: 1, accountNumber: '0071000888888', amount: 200_000 }],
				settled: false,
				status: 'underpaid',
				difference: -300_000,
			},
			{ ...first[1], status: 'unpaid', difference: -300_000 },
		]);

		// The deposit comes once more, as polls and retried deliveries do; the list went through a sheet as text.
		const stored = JSON.stringify(afterFirst.map(({ json }) => ({ ...json, received: JSON.stringify(json.received) })));
		const [afterSecond, strangers] = await outputs(match(stored), [
			deposit,
			transaction(2, 300_000, 'dh 10 24 tra not'),
			transaction(3, 299_999, 'NGUYEN VAN A'),
		]);
		expect(afterSecond[0]?.json).toMatchObject({
			status: 'paid',
			difference: 0,
			settled: true,
			received: [{ transactionId: 1 }, { transactionId: 2, accountNumber: '0071000888888', amount: 300_000 }],
		});
		expect(strangers.map(({ json }) => [json.id, json.reason])).toEqual([[3, 'noCode']]);

		const [afterThird, nobody] = await outputs(match(afterSecond.map(({ json }) => json)), [
			transaction(2, 300_000, 'dh 10 24 tra not'),
			transaction(4, 300_000, 'DH1025'),
		]);
		expect(afterThird.map(({ json }) => [json.code, json.status, json.settled, json.row_number])).toEqual([
			['DH1024', 'paid', true, 2],
			['DH1025', 'paid', true, 3],
		]);
		expect(nobody).toEqual([]);
	});

	it('links orders to the transactions that paid them, and strangers to themselves', async () => {
		const orders = [
			{ code: 'DH1', amount: 100 },
			{ code: 'DH2', amount: 100 },
			{ code: 'DH3', amount: 100 },
		];
		const items = [
			transaction(1, 50, 'DH2'),
			transaction(2, 50, 'la'),
			transaction(3, 50, 'DH2'),
			transaction(4, 100, 'DH1'),
			transaction(5, 9, 'DH1 DH3'),
		];
		const [matched, unmatched] = await outputs(match(orders), items);
		expect(matched.map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 3 }, { item: 0, input: 1 }],
			[{ item: 0 }, { item: 2 }, { item: 1, input: 1 }],
			[{ item: 2, input: 1 }],
		]);
		expect(unmatched.map(({ pairedItem, json }) => [pairedItem, json.reason, json.codes])).toEqual([
			[{ item: 1 }, 'noCode', undefined],
			[{ item: 4 }, 'severalCodes', ['DH1', 'DH3']],
		]);
	});

	it('leaves old transactions out without dropping the rest, and takes a tolerance', async () => {
		const orders = [
			{ code: 'DH1', amount: 100_000 },
			{ code: 'DH2', amount: 100_000 },
		];
		const now = new Date().toISOString();
		const items = [transaction(1, 100_000, 'DH1', '2020-01-01T00:00:00+07:00'), transaction(2, 99_500, 'DH2', now)];
		const [matched, unmatched] = await outputs(match(orders, { options: { maxAgeDays: 3, tolerance: 500 } }), items);
		expect(matched.map(({ json }) => json.status)).toEqual(['unpaid', 'paid']);
		expect(unmatched.map(({ json }) => [json.id, json.reason])).toEqual([[1, 'tooOld']]);
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

	it('returns only the orders paid now when told to', async () => {
		const orders = [
			{ code: 'DH1', amount: 100 },
			{ code: 'DH2', amount: 100, received: [{ transactionId: 1, amount: 100 }] },
			{ code: 'DH3', amount: 100 },
		];
		const node = match(orders, { options: { changedOnly: true } });
		const [matched] = await outputs(node, [transaction(1, 100, 'DH2'), transaction(2, 50, 'DH3')]);
		expect(matched.map(({ json, pairedItem }) => [json.code, pairedItem])).toEqual([
			['DH3', [{ item: 1 }, { item: 2, input: 1 }]],
		]);
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

	it('reads orders as people write them, and lets late and early money out as such', async () => {
		const orders = [
			{ code: 'DH1', amount: '500.000', validUntil: '10/03/2026 08:00' },
			{ code: 'DH2', amount: '500000 ₫', expiresAt: '2026-03-10' },
			{ code: 'DH3', amount: '500,000 VND', validFrom: '11/03/2026' },
		];
		const items = [1, 2, 3].map((id) => transaction(id, 500_000, `DH${id}`));
		const [matched, unmatched] = await outputs(match(orders), items);
		expect(matched.map(({ json }) => json.status)).toEqual(['expired', 'paid', 'unpaid']);
		expect(unmatched.map(({ json, pairedItem }) => [json.reason, json.codes, pairedItem])).toEqual([
			['expired', ['DH1'], { item: 0 }],
			['tooEarly', ['DH3'], { item: 2 }],
		]);
	});

	it('knows an order by the virtual account of a raw record, and says which output holds it', async () => {
		const orders = [{ virtualAccount: 'VA0123', amount: 100 }];
		const raw = {
			id: 7,
			reference: 'FT7',
			description: 'chuyen tien',
			amount: 100,
			transactionDateTime: '2026-03-10 09:00:00',
			accountNumber: '0071000888888',
			virtualAccountNumber: 'va 0123',
		};
		const [matched] = await outputs(match(orders), [raw]);
		expect(matched[0]?.json).toMatchObject({ status: 'paid', received: [{ transactionId: 7 }] });
		expect(await hints(match(orders), [raw])).toEqual([]);
		expect(await hints(match(orders), [transaction(7, 100, 'chuyen tien')])).toEqual([
			expect.stringMatching(/choose Raw/),
		]);
	});

	it('proposes open orders for money that names none, on an output of their own, and settles nothing', async () => {
		const orders = [
			{ code: 'DH1', amount: 100, row_number: 2 },
			{ code: 'DH2', amount: 100, payerName: 'Nguyễn Văn An' },
		];
		const items = [transaction(1, 99, 'la'), { ...transaction(2, 100, 'tt'), counterpartyName: 'NGUYEN VAN AN' }];
		const [matched, unmatched, proposals] = await outputs(match(orders), items);
		expect(matched.map(({ json }) => json.status)).toEqual(['unpaid', 'unpaid']);
		expect(unmatched.map(({ json }) => json.id)).toEqual([1]);
		expect(proposals).toEqual([
			{
				json: {
					...items[1],
					reason: 'noCode',
					proposals: [
						expect.objectContaining({ code: 'DH2', difference: -100, nameMatches: true }),
						expect.objectContaining({ code: 'DH1', row_number: 2, nameMatches: false }),
					],
					proposalCount: 2,
				},
				pairedItem: { item: 1 },
			},
		]);
		// Whoever decides passes the code in as the description.
		const decided = { ...items[1], description: 'DH2' };
		const [settled] = await outputs(match(orders), [decided]);
		expect(settled.map(({ json }) => json.status)).toEqual(['unpaid', 'paid']);
	});

	it('takes rows of a ledger, whose own id is not that of the transaction', async () => {
		const row = { ...transaction(900, 100, 'DH1'), id: 1, transactionId: 900 };
		const [matched] = await outputs(match([{ code: 'DH1', amount: 100 }]), [row]);
		expect(matched[0]?.json.received).toEqual([{ transactionId: 900, accountNumber: '0071000888888', amount: 100 }]);
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

describe('Create QR', () => {
	const account = (): { id: number; accountNumber: string; bank: { bin: number } } => {
		const [first] = sandbox.casso.data.accounts;
		if (!first) throw new Error('no account');
		return first;
	};

	function createQr(more: IDataObject = {}, node: Partial<NodeUnderTest> = {}): NodeUnderTest {
		const parameters = {
			resource: 'payment',
			operation: 'createQr',
			// Picked from the list: an id typed in goes through a check of n8n's that ends after 250 ms, which a busy machine can exceed.
			account: { __rl: true, mode: 'list', value: String(account().id) },
			amount: 500_000,
			paymentCode: 'DH1024',
			...more,
		};
		return { type: TYPE, parameters, ...node };
	}

	function bytes(item: INodeExecutionData | undefined, name: string): Buffer {
		return Buffer.from(item?.binary?.[name]?.data ?? '', 'base64');
	}

	it('makes the payload and both images, which say the same', async () => {
		const [item] = await engine.items(createQr());
		const { accountNumber, bank } = account();
		expect(item?.json).toMatchObject({
			bankBin: String(bank.bin),
			accountNumber,
			amount: 500_000,
			paymentCode: 'DH1024',
		});
		expect(item?.json.payload).toContain(
			`0006${bank.bin}01${String(accountNumber.length).padStart(2, '0')}${accountNumber}`,
		);
		expect(item?.binary?.png).toMatchObject({ mimeType: 'image/png', fileName: 'vietqr.png' });
		expect(item?.binary?.svg).toMatchObject({ mimeType: 'image/svg+xml', fileName: 'vietqr.svg' });
		const { data, width, height } = PNG.sync.read(bytes(item, 'png'));
		expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(item?.json.payload);
		expect(bytes(item, 'svg').toString()).toContain('<svg');
		expect(bytes(item, 'svg').toString()).not.toContain(accountNumber);
	});

	it.each([
		['png', ['png']],
		['svg', ['svg']],
	])('makes only %s when that is wanted', async (image, fields) => {
		const [item] = await engine.items(createQr({ image }));
		expect(Object.keys(item?.binary ?? {})).toEqual(fields);
	});

	it('returns the code as the payer sees it', async () => {
		const [item] = await engine.items(createQr({ paymentCode: ' Đặt cọc DH1 ', image: 'svg' }));
		expect(item?.json.paymentCode).toBe('Dat coc DH1');
		expect(item?.json.payload).toContain('0811Dat coc DH1');
	});

	it('lets the payer enter the amount, and takes another BIN', async () => {
		const [item] = await engine.items(createQr({ amount: 0, paymentCode: '', options: { bankBin: '970999' } }));
		expect(item?.json.payload).toMatch(/^000201010211.*0006970999/);
		expect(item?.json.payload).not.toMatch(/5303704\d*54/);
	});

	it('asks for the account once, whatever the number of items, and links each code to its item', async () => {
		const before = sandbox.casso.requests.list().length;
		const orders = [{ code: 'DH1' }, { code: 'DH2' }, { code: 'DH3' }];
		const items = await engine.items(createQr({ paymentCode: '={{ $json.code }}' }), orders);
		expect(items.map(({ json, pairedItem }) => [json.paymentCode, pairedItem])).toEqual(
			orders.map(({ code }, item) => [code, { item }]),
		);
		expect(sandbox.casso.requests.list().length - before).toBe(1);
	});

	it.each([
		[{ paymentCode: 'DH'.repeat(13) }, /^Payment Code: A QR code has room for 25 characters/],
		[{ paymentCode: 'HD/25#1' }, /^Payment Code: Bank apps do not take \/ # in the memo/],
		[{ options: { scale: 1 } }, /^Scale: /],
		[{ options: { scale: 3 } }, /^Scale: /],
		[{ options: { scale: 41 } }, /^Scale: /],
		[{ amount: -1 }, /^Amount: /],
		[{ amount: 0.5 }, /^Amount: /],
		[{ options: { bankBin: '97' } }, /^Bank BIN: /],
		[{ options: { scale: 0 } }, /^Scale: /],
		[{ account: { __rl: true, mode: 'list', value: '99999' } }, /^Account: No linked account has this ID/],
	])('refuses %j', async (more, message) => {
		expect(await refusal(createQr(more))).toMatch(message);
	});

	it('goes on past a bad item when told to', async () => {
		const node = createQr({ paymentCode: '={{ $json.code }}' }, { onError: 'continueRegularOutput' });
		const items = await engine.items(node, [{ code: '😀' }, { code: 'DH1' }]);
		expect(items.map(({ json, pairedItem }) => [Boolean(json.error), pairedItem])).toEqual([
			[true, { item: 0 }],
			[false, { item: 1 }],
		]);
	});
});

describe('the option Payment Code of Get Many', () => {
	const [first, second] = ['MBVCB.3278907687.dh 1024.CT tu 0011004012345', 'DH12 DH13'];

	beforeAll(() => {
		const [account] = sandbox.casso.data.accounts;
		if (!account) throw new Error('no account');
		for (const description of [first, second, 'NGUYEN VAN A']) {
			sandbox.casso.addTransaction({ accountNumber: account.accountNumber, amount: 10_000, memo: description });
		}
	});

	function getMany(options: IDataObject, output = 'simplified'): NodeUnderTest {
		return {
			type: TYPE,
			parameters: {
				resource: 'transaction',
				operation: 'getAll',
				accountScope: 'all',
				returnAll: true,
				sort: 'DESC',
				output,
				options,
			},
		};
	}

	async function newest(options: IDataObject, output?: string): Promise<IDataObject[]> {
		const items = await engine.items(getMany(options, output));
		return items.map(({ json }) => json).filter(({ amount }) => amount === 10_000);
	}

	const byDescription = (rows: IDataObject[], text: string): IDataObject | undefined =>
		rows.find(({ description }) => description === text);

	it('adds the code, null where there is none, and all of them where there are several', async () => {
		const rows = await newest({ paymentCode: 'DH' });
		expect(byDescription(rows, first ?? '')).toMatchObject({ paymentCode: 'DH1024' });
		expect(byDescription(rows, first ?? '')).not.toHaveProperty('paymentCodes');
		expect(byDescription(rows, second ?? '')).toMatchObject({ paymentCode: null, paymentCodes: ['DH12', 'DH13'] });
		expect(byDescription(rows, 'NGUYEN VAN A')).toMatchObject({ paymentCode: null });
	});

	it('adds it to raw records too, and nothing when it is off', async () => {
		expect(byDescription(await newest({ paymentCode: 'DH????' }, 'raw'), first ?? '')).toMatchObject({
			paymentCode: 'DH1024',
			tid: expect.any(String) as string,
		});
		expect(byDescription(await newest({}), first ?? '')).not.toHaveProperty('paymentCode');
		expect(await refusal(getMany({ paymentCode: ' ' }))).toMatch(/^Payment Code: This option is empty/);
	});

	it('refuses a pattern that cannot be meant', async () => {
		expect(await refusal(getMany({ paymentCode: '*' }))).toMatch(/^Payment Code: The pattern does not begin/);
	});
});
