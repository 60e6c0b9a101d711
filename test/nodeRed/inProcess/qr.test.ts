/** `casso-qr` against the sandbox: the code is read back from the picture, as a phone does. */
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { getError, LISTENERS, TestRuntime } from '../harness/helper';

let sandbox: Sandbox;
let runtime: TestRuntime;

beforeEach(async () => {
	sandbox = await startSandbox({ transactions: 1 });
	runtime = new TestRuntime();
	runtime.time.isFree = true;
});

afterEach(async () => {
	await sandbox.close();
	await runtime.stop();
});

async function start(properties: Record<string, unknown> = {}): Promise<void> {
	const [account] = sandbox.casso.data.accounts;
	await runtime.start(
		[
			...LISTENERS,
			{ id: 'config', type: 'casso-config', baseUrl: sandbox.cassoUrl },
			{
				id: 'qr',
				type: 'casso-qr',
				z: 'tab',
				casso: 'config',
				account: String(account?.id),
				accountType: 'list',
				amount: 'amount',
				amountType: 'msg',
				paymentCode: 'paymentCode',
				paymentCodeType: 'msg',
				wires: [['out']],
				...properties,
			},
			{ id: 'out', type: 'helper', z: 'tab' },
		],
		{ config: { apiKey: sandbox.apiKey } },
	);
}

interface Code {
	png: Buffer;
	svg: string;
	qrText: string;
	[field: string]: unknown;
}

function scan(png: Buffer): string | undefined {
	const { data, width, height } = PNG.sync.read(png);
	return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

test('the picture holds account, amount and code', async () => {
	await start();
	const { payload } = await runtime.ask('qr', 'out', { amount: 150_000, paymentCode: 'DH1024' });
	const { png, svg, qrText, ...shown } = payload as Code;
	const [account] = sandbox.casso.data.accounts;
	expect(shown).toMatchObject({ accountNumber: account?.accountNumber, amount: 150_000, paymentCode: 'DH1024' });
	expect(Object.keys(shown).sort()).toEqual(
		['accountName', 'accountNumber', 'amount', 'bankBin', 'bankName', 'paymentCode'].sort(),
	);
	expect(qrText).toContain(account?.accountNumber);
	expect(qrText).toMatch(/5406150000.*0806DH1024/);
	expect(scan(png)).toBe(qrText);
	expect(svg).toMatch(/^<\?xml[^>]*>\s*<svg/);
});

test('without an amount, the payer enters it', async () => {
	await start({ amount: '', amountType: 'num' });
	const { payload } = await runtime.ask('qr', 'out', { paymentCode: 'DH1024' });
	expect((payload as Code).amount).toBe(0);
	expect(scan((payload as Code).png)).not.toMatch(/54\d\d150000/);
});

test("a bank's number of one's own takes the place of Casso's", async () => {
	await start({ bankBin: '970422' });
	const { payload } = await runtime.ask('qr', 'out', { amount: 1000, paymentCode: 'DH1024' });
	expect(scan((payload as Code).png)).toContain('0006970422');
});

test.each([
	['a code that banks do not take', { amount: 1000, paymentCode: 'DH#1024' }, 'paymentCode'],
	['a code that is too long', { amount: 1000, paymentCode: 'D'.repeat(26) }, 'paymentCode'],
	['an amount that is none', { amount: '1.5', paymentCode: 'DH1' }, 'amount'],
	['no amount in the message', { paymentCode: 'DH1' }, 'amount'],
])('%s is an error that names the setting', async (_, message, parameter) => {
	await start();
	expect(getError(await runtime.ask('qr', 'caught', message))).toMatchObject({
		code: 'INVALID_PARAMETER',
		cause: { parameter },
	});
});
