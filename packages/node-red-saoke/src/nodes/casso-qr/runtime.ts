/** Node `casso-qr`: a VietQR code for an account, an amount and a payment code, drawn on this machine. */
import { getAccount } from '@saoke/core';
import { readNumberOption } from '@saoke/core/common';
import { getBankBin, makeVietQrPayload, toTransferText } from '@saoke/core/vietQr';
import { getSettings } from '../../host/configured';
import { handleInput, type Work } from '../../host/inputNode';
import { getLifetime, type Lifetime } from '../../host/lifetime';
import type { HostNode, NodeProperties, NodeRed } from '../../host/nodeRed';
import type { Services } from '../../host/services';
import { showMissing } from '../../host/showMissing';
import { readTyped } from '../../host/typedValue';
import { getCassoConfig } from '../casso-config/runtime';

interface CassoQrProperties extends NodeProperties {
	casso?: string;
	account?: string;
	accountType?: string;
	/** VND; empty or 0 lets the payer enter it. */
	amount?: string;
	amountType?: string;
	paymentCode?: string;
	paymentCodeType?: string;
	/** In place of the one that Casso names for the account. */
	bankBin?: string;
}

/** Pixels of one module; a usual code then is some 400 pixels wide. */
const SCALE = 8;

export function registerCassoQr(RED: NodeRed, services: Services): void {
	RED.nodes.registerType('casso-qr', function (this: HostNode, properties: CassoQrProperties) {
		RED.nodes.createNode(this, properties);
		const lifetime = getLifetime(this);
		showMissing(this, (signal) => getCassoConfig(RED, getSettings(RED, this, properties).casso).connect({ signal }));
		handleInput(this, lifetime, services, async (work) => await run(RED, this, properties, services, lifetime, work));
	});
}

async function run(
	RED: NodeRed,
	node: HostNode,
	stored: CassoQrProperties,
	services: Services,
	lifetime: Lifetime,
	{ message, send, onPause }: Work,
): Promise<number> {
	const properties = getSettings(RED, node, stored);
	const typed = async (name: 'account' | 'amount' | 'paymentCode', parameter: string): Promise<unknown> =>
		await readTyped(
			{ RED, node, message, nowMs: services.now() },
			{ value: properties[name], type: properties[`${name}Type`] },
			parameter,
		);
	const amount = readNumberOption('amount', await typed('amount', 'amount')) ?? 0;
	const text = await typed('paymentCode', 'paymentCode');
	const isText = typeof text === 'string' || typeof text === 'number';
	const paymentCode = toTransferText(isText ? String(text).trim() : '', 'paymentCode');
	const connection = getCassoConfig(RED, properties.casso).connect({ signal: lifetime.signal, onPause });
	const found = await getAccount(connection, await typed('account', 'accountId'));
	const { accountNumber, accountName, bankName } = found.account;
	const bankBin = properties.bankBin?.trim() || getBankBin(found);
	const qrText = makeVietQrPayload({
		bankBin,
		accountNumber,
		amount: amount === 0 ? undefined : amount,
		memo: paymentCode,
	});
	// Loaded when a code is drawn: most flows draw none.
	const { drawQrPng, drawQrSvg } = await import('@saoke/core/vietQr/image');
	message.payload = {
		...{ bankBin, bankName, accountNumber, accountName, amount, paymentCode, qrText },
		png: Buffer.from(await drawQrPng(qrText, SCALE)),
		svg: drawQrSvg(qrText, SCALE),
	};
	send(message);
	return 1;
}
