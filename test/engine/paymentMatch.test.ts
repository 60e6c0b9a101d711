/** Payment: Match through n8n's own engine: which order the money settles, and what leaves by the other outputs. */
import type { IDataObject } from 'n8n-workflow';
import { match, matchOutputs, outputHints, transaction, type MatchOutputs } from './harness/casso';
import { Engine, type NodeUnderTest } from './harness/engine';

let engine: Engine;

beforeAll(async () => {
	engine = await Engine.load('.', {});
});

const outputs = async (node: NodeUnderTest, items: IDataObject[]): Promise<MatchOutputs> =>
	await matchOutputs(engine, node, items);
const hints = async (node: NodeUnderTest, items: IDataObject[]): Promise<string[]> =>
	await outputHints(engine, node, items);

describe('Match', () => {
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
});
