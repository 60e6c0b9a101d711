/** The editor of a real Node-RED in a real browser: flows with every node, and their dialogs. */
import type { Sandbox } from '@saoke/sandbox';
import type { Browser, Page } from 'playwright-core';
import type { FlowNode } from '../../../hosts/nodeRedApi';
import { tab, type TestHost } from './nodeRedHost';

/** A field of each dialog with the key of its label. */
export const LABELS: Record<string, [field: string, key: string]> = {
	'casso-config': ['node-config-input-authentication', 'casso-config.label.authentication'],
	'casso-accounts': ['node-input-operation', 'common.operation'],
	'casso-transactions': ['node-input-accountScope', 'casso-transactions.label.accountScope'],
	'casso-webhook': ['node-input-dialects', 'casso-webhook.label.dialects'],
	'casso-poll': ['node-input-interval', 'casso-poll.label.interval'],
	'casso-match': ['node-input-tolerance', 'casso-match.label.tolerance'],
	'casso-qr': ['node-input-bankBin', 'casso-qr.label.bankBin'],
	'simplize-config': ['node-config-input-signaturePayload', 'simplize-config.label.signaturePayload'],
	simplize: ['node-input-operation', 'common.operation'],
};

export interface EditorNode {
	id: string;
	valid?: boolean;
	[property: string]: unknown;
}

/** What the page's own script offers. */
export interface EditorWindow {
	document: { querySelector: (query: string) => { textContent: string | null; scrollIntoView: () => void } | null };
	RED: {
		nodes: {
			getType: (type: string) => unknown;
			node: (id: string) => EditorNode | null;
			createExportableNodeSet: (nodes: EditorNode[], options?: Record<string, unknown>) => unknown[];
			createCompleteNodeSet: (options?: Record<string, unknown>) => unknown[];
			eachNode: (callback: (node: EditorNode) => void) => void;
		};
		editor: { edit: (node: EditorNode | null) => void; editConfig: (name: string, type: string, id: string) => void };
	};
}

/** One node of each type, all settings deployed. */
export function editorFlows(sandbox: Sandbox): FlowNode[] {
	return [
		tab('tab'),
		{
			id: 'casso',
			type: 'casso-config',
			name: '',
			authentication: 'apiKey',
			baseUrl: sandbox.cassoUrl,
			configVersion: 1,
			credentials: { apiKey: sandbox.apiKey },
		},
		{
			id: 'simplizeConfig',
			type: 'simplize-config',
			name: '',
			baseUrl: sandbox.simplizeUrl,
			recvWindow: '5000',
			signaturePayload: 'query+body',
			signatureEncoding: 'hex',
			configVersion: 1,
			credentials: { apiKey: sandbox.simplize.apiKey, apiSecret: sandbox.simplize.apiSecret },
		},
		{
			id: 'accounts',
			type: 'casso-accounts',
			z: 'tab',
			casso: 'casso',
			operation: 'get',
			account: '',
			accountType: 'list',
			output: 'selected',
			fields: 'id,balance',
			delivery: 'array',
			timesEndingInZ: 'vietnam',
			wires: [[]],
		},
		{
			id: 'transactions',
			type: 'casso-transactions',
			z: 'tab',
			casso: 'casso',
			operation: 'getAll',
			accountScope: 'one',
			account: '16608',
			accountType: 'list',
			accountLabel: 'Saved label',
			transactionId: 'payload',
			transactionIdType: 'msg',
			period: 'custom',
			fromDate: '1',
			fromDateType: 'daysAgo',
			toDate: '0',
			toDateType: 'daysAgo',
			sort: 'ASC',
			limit: '',
			direction: 'in',
			minAmount: '',
			minAmountType: 'num',
			maxAmount: '',
			maxAmountType: 'num',
			description: 'DH*',
			descriptionType: 'str',
			accountNumbers: '',
			accountNumbersType: 'str',
			output: 'simplified',
			fields: 'amount',
			paymentCode: 'DH-????',
			delivery: 'page',
			page: '',
			pageSize: '',
			parallel: '',
			timesEndingInZ: 'vietnam',
			wires: [[]],
		},
		{
			id: 'webhook',
			type: 'casso-webhook',
			z: 'tab',
			path: '/casso/orders',
			dialects: 'both',
			direction: 'any',
			accountNumbers: '',
			replayWindow: '',
			output: 'simplified',
			paymentCode: '${PREFIX}',
			secondOutput: true,
			outputs: 2,
			register: true,
			casso: 'casso',
			publicUrl: 'https://till.example.com',
			credentials: { securityKey: 'k'.repeat(64) },
			wires: [[], []],
		},
		{
			id: 'poll',
			type: 'casso-poll',
			z: 'tab',
			casso: 'casso',
			interval: '60',
			sync: false,
			backlogDays: '',
			overlapDays: '',
			store: '',
			direction: 'any',
			minAmount: '',
			maxAmount: '',
			description: '',
			accountNumbers: '',
			output: 'simplified',
			fields: 'amount',
			delivery: 'each',
			timesEndingInZ: 'vietnam',
			wires: [[]],
		},
		{
			id: 'match',
			type: 'casso-match',
			z: 'tab',
			orders: 'orders',
			ordersType: 'flow',
			tolerance: '500',
			maxAgeDays: '',
			send: 'changed',
			wires: [[], []],
		},
		{
			id: 'qr',
			type: 'casso-qr',
			z: 'tab',
			casso: 'casso',
			account: '16608',
			accountType: 'list',
			accountLabel: 'Saved label',
			amount: '150000',
			amountType: 'num',
			paymentCode: 'code',
			paymentCodeType: 'msg',
			bankBin: '',
			wires: [[]],
		},
		{
			id: 'simplize',
			type: 'simplize',
			z: 'tab',
			simplize: 'simplizeConfig',
			operation: 'cashHistory',
			externalUserId: 'USER015',
			externalUserIdType: 'str',
			portfolioId: '862',
			portfolioIdType: 'str',
			period: 'last7Days',
			fromDate: '',
			fromDateType: 'str',
			toDate: '',
			toDateType: 'str',
			ticker: '',
			tickerType: 'str',
			transactionTypes: '',
			transactionTypesType: 'str',
			typesForm: 'auto',
			summary: false,
			output: 'simplified',
			fields: 'amount',
			delivery: 'array',
			limit: '',
			page: '',
			pageSize: '',
			wires: [[]],
		},
	];
}

const IDS: Record<string, string> = {
	'casso-config': 'casso',
	'casso-accounts': 'accounts',
	'casso-transactions': 'transactions',
	'casso-webhook': 'webhook',
	'casso-poll': 'poll',
	'casso-match': 'match',
	'casso-qr': 'qr',
	'simplize-config': 'simplizeConfig',
	simplize: 'simplize',
};

export async function openEditor(browser: Browser, host: TestHost, locale: string, errors: string[]): Promise<Page> {
	const page = await browser.newPage({ locale, viewport: { width: 1400, height: 1300 } });
	page.on('pageerror', (error) => errors.push(error.message));
	await page.goto(host.url);
	await page.waitForFunction(() => {
		const { RED } = globalThis as unknown as EditorWindow;
		return Boolean(RED?.nodes?.getType('simplize')) && Boolean(RED.nodes.node('simplize'));
	});
	return page;
}

export async function openDialog(page: Page, type: string): Promise<void> {
	await page.evaluate(
		([nodeType, id]) => {
			const { RED } = globalThis as unknown as EditorWindow;
			if (nodeType.endsWith('-config')) RED.editor.editConfig('', nodeType, id);
			else RED.editor.edit(RED.nodes.node(id));
		},
		[type, IDS[type] ?? ''] as const,
	);
	const [field] = LABELS[type] ?? [''];
	await page.waitForSelector(`#${field}`, { state: 'visible' });
	// The tray slides in.
	await page.waitForTimeout(500);
}

export async function closeDialog(page: Page, type: string): Promise<void> {
	await page.click(type.endsWith('-config') ? '#node-config-dialog-ok' : '#node-dialog-ok');
	await page.waitForSelector('.red-ui-tray', { state: 'detached' });
}
