/** Payment: Create QR. A VietQR code for an account, an amount and a payment code, made on this machine. */
import type { NormalisedAccount } from '@saoke/core/casso';
import { ParameterError, readNumberOption } from '@saoke/core/common';
import { getBankBin, makeVietQrPayload, toTransferText } from '@saoke/core/vietQr';
import { choice, isTool, readCollection, readParameter } from '@saoke/n8n-kit';
import type { IBinaryKeyData, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { accountLocator, readAccount } from '../../shared/accounts';
import type { OperationContext } from '../../shared/connection';

const showOnlyForCreateQr = { resource: ['payment'], operation: ['createQr'] };

/** Pixels of one module; a code is then usually about 400 pixels wide. */
const DEFAULT_SCALE = 8;
/** Below it, a phone does not read the code from a screen, or from a picture that a messenger made smaller. */
const SMALLEST_SCALE = 4;
const LARGEST_SCALE = 40;
/** How long the link to an image works: as long as a payer may reasonably take. */
const LINK_LIFETIME = '7d';

export const description: INodeProperties[] = [
	accountLocator(showOnlyForCreateQr),
	{
		displayName: 'Amount',
		name: 'amount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		displayOptions: { show: showOnlyForCreateQr },
		description: 'In VND. 0 lets the payer enter it.',
	},
	{
		displayName: 'Payment Code',
		name: 'paymentCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. DH1024',
		displayOptions: { show: showOnlyForCreateQr },
		description:
			"What the payer's bank sends as the description: up to 25 letters, digits, spaces and _ \\ - . Diacritics are removed.",
	},
	{
		displayName: 'Image',
		name: 'image',
		type: 'options',
		default: 'both',
		displayOptions: { show: showOnlyForCreateQr },
		options: [
			{ name: 'PNG', value: 'png', description: 'For chat apps and e-mail, in the binary field png' },
			{ name: 'PNG and SVG', value: 'both', description: 'In the binary fields png and svg' },
			{ name: 'SVG', value: 'svg', description: 'For web pages and print, in the binary field svg' },
		],
		description: 'Which images to create. They are drawn by n8n itself: no account number is sent anywhere.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: showOnlyForCreateQr },
		options: [
			{
				displayName: 'Bank BIN',
				name: 'bankBin',
				type: 'string',
				default: '',
				placeholder: 'e.g. 970436',
				description: "The bank's six-digit NAPAS number, used instead of the one that Casso reports for the account",
			},
			{
				displayName: 'Scale',
				name: 'scale',
				type: 'number',
				typeOptions: { minValue: SMALLEST_SCALE, maxValue: LARGEST_SCALE },
				default: DEFAULT_SCALE,
				description: `Pixels of the smallest square of the code, from ${SMALLEST_SCALE} to ${LARGEST_SCALE}. With 8, a code is usually about 400 pixels wide.`,
			},
		],
	},
];

export async function executeItems(item: OperationContext): Promise<INodeExecutionData[]> {
	const { context, itemIndex } = item;
	const options = readCollection(context, 'options', itemIndex);
	const amount = readNumberOption('amount', readParameter(context, 'amount', itemIndex));
	const paymentCode = toTransferText(readText(readParameter(context, 'paymentCode', itemIndex)), 'paymentCode');
	const image = choice(readParameter(context, 'image', itemIndex), ['both', 'png', 'svg'], 'image', 'both');
	const scale = scaleFrom(options.scale);
	const found = await readAccount(item);
	const bankBin = bankBinFrom(options.bankBin, found);
	const { accountNumber, accountName, bankName } = found.account;
	const payload = makeVietQrPayload({
		bankBin,
		accountNumber,
		amount: amount === 0 ? undefined : amount,
		memo: paymentCode,
	});
	const json = { payload, bankBin, accountNumber, accountName, bankName, amount: amount ?? 0, paymentCode };
	const binary = await draw(context, payload, image, scale);
	// A model gets no binary data, so it gets a link to them.
	return [{ json: isTool(context) ? { ...json, ...linkToImage(context, binary) } : json, binary }];
}

function bankBinFrom(override: unknown, account: NormalisedAccount): string {
	const typed = readText(override);
	return typed === '' ? getBankBin(account) : typed;
}

/** Expressions may give numbers where text is meant. */
function readText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function scaleFrom(value: unknown): number {
	const scale = value ?? DEFAULT_SCALE;
	if (typeof scale === 'number' && Number.isInteger(scale) && scale >= SMALLEST_SCALE && scale <= LARGEST_SCALE)
		return scale;
	throw new ParameterError(
		'scale',
		'This is not a number of pixels',
		`Enter a whole number from ${SMALLEST_SCALE} to ${LARGEST_SCALE}: phones do not read smaller codes.`,
	);
}

async function draw(
	context: IExecuteFunctions,
	payload: string,
	image: 'both' | 'png' | 'svg',
	scale: number,
): Promise<IBinaryKeyData> {
	// Loaded when a code is drawn: the libraries build tables, which would cost every start of n8n several ms.
	const { drawQrPng, drawQrSvg } = await import('@saoke/core/vietQr/image');
	const binary: IBinaryKeyData = {};
	if (image !== 'svg') {
		binary.png = await context.helpers.prepareBinaryData(
			Buffer.from(await drawQrPng(payload, scale)),
			'vietqr.png',
			'image/png',
		);
	}
	if (image !== 'png') {
		binary.svg = await context.helpers.prepareBinaryData(
			Buffer.from(drawQrSvg(payload, scale)),
			'vietqr.svg',
			'image/svg+xml',
		);
	}
	return binary;
}

/**
 * A link that n8n signs, to the image that n8n stores with the execution: only this n8n serves it.
 *
 * @returns nothing if n8n keeps binary data in memory, where it has no address
 */
function linkToImage(context: IExecuteFunctions, { png, svg }: IBinaryKeyData): { imageUrl?: string } {
	const stored = png ?? svg;
	if (!stored?.id) return {};
	return { imageUrl: context.helpers.createBinarySignedUrl(stored, LINK_LIFETIME) };
}
