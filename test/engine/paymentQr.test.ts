/** Payment: Create QR through n8n's own engine; the images are read back. */
import jsQR from 'jsqr';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { PNG } from 'pngjs';
import { startCassoEngine, type CassoEngine } from './harness/casso';
import type { NodeUnderTest } from './harness/engine';

let casso: CassoEngine;

beforeAll(async () => {
	casso = await startCassoEngine();
});

afterAll(async () => {
	await casso.sandbox.close();
});

describe('Create QR', () => {
	function parameters(more: IDataObject): IDataObject {
		return {
			resource: 'payment',
			operation: 'createQr',
			// Picked from the list: an id typed in goes through a check of n8n's that ends after 250 ms, which a busy machine can exceed.
			account: { __rl: true, mode: 'list', value: String(casso.account().id) },
			amount: 500_000,
			paymentCode: 'DH1024',
			...more,
		};
	}
	const createQr = (more: IDataObject = {}, node: Partial<NodeUnderTest> = {}): NodeUnderTest =>
		casso.casso(parameters(more), node);

	function bytes(item: INodeExecutionData | undefined, name: string): Buffer {
		return Buffer.from(item?.binary?.[name]?.data ?? '', 'base64');
	}

	it('makes the payload and both images, which say the same', async () => {
		const [item] = await casso.engine.items(createQr());
		const { accountNumber, bank } = casso.account();
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
		const [item] = await casso.engine.items(createQr({ image }));
		expect(Object.keys(item?.binary ?? {})).toEqual(fields);
	});

	it('returns the code as the payer sees it', async () => {
		const [item] = await casso.engine.items(createQr({ paymentCode: ' Đặt cọc DH1 ', image: 'svg' }));
		expect(item?.json.paymentCode).toBe('Dat coc DH1');
		expect(item?.json.payload).toContain('0811Dat coc DH1');
	});

	it('lets the payer enter the amount, and takes another BIN', async () => {
		const [item] = await casso.engine.items(createQr({ amount: 0, paymentCode: '', options: { bankBin: '970999' } }));
		expect(item?.json.payload).toMatch(/^000201010211.*0006970999/);
		expect(item?.json.payload).not.toMatch(/5303704\d*54/);
	});

	it('asks for the account once, whatever the number of items, and links each code to its item', async () => {
		const before = casso.requests().length;
		const orders = [{ code: 'DH1' }, { code: 'DH2' }, { code: 'DH3' }];
		const items = await casso.engine.items(createQr({ paymentCode: '={{ $json.code }}' }), orders);
		expect(items.map(({ json, pairedItem }) => [json.paymentCode, pairedItem])).toEqual(
			orders.map(({ code }, item) => [code, { item }]),
		);
		expect(casso.requests().length - before).toBe(1);
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
		expect((await casso.failure(parameters(more))).message).toMatch(message);
	});

	it('goes on past a bad item when told to', async () => {
		const node = createQr({ paymentCode: '={{ $json.code }}' }, { onError: 'continueRegularOutput' });
		const items = await casso.engine.items(node, [{ code: '😀' }, { code: 'DH1' }]);
		expect(items.map(({ json, pairedItem }) => [Boolean(json.error), pairedItem])).toEqual([
			[true, { item: 0 }],
			[false, { item: 1 }],
		]);
	});
});
