/** A sandbox for the tests of Simplize, and calls that are signed by hand, apart from core. */
import { createHmac } from 'node:crypto';
import { startSandbox, type Sandbox, type SimplizePartnerOptions } from '@saoke/sandbox';

export interface Answer {
	status: number;
	body: { status: number; message: string; total?: number; data?: unknown };
	hint: string | null;
	text: string;
}

export const CASH = '/api/personalize/v1/partner/portfolio/cash-histories';
export const USERS = '/api/general/v1/partner/users';
export const cashBody = (changes: object = {}): string =>
	JSON.stringify({
		ticker: null,
		transactionTypes: null,
		fromDate: '01/01/2020',
		toDate: '31/12/2099',
		page: 0,
		size: 15,
		portfolioId: 862,
		...changes,
	});

export let sandbox: Sandbox;
export const start = async (simplize: SimplizePartnerOptions = {}): Promise<void> => {
	sandbox = await startSandbox({ transactions: 0, simplize });
};
export const close = async (): Promise<void> => await sandbox.close();

/** Signs by hand: query and body without a joint, hex. */
export async function call(
	path: string,
	query: string,
	options: { body?: string; signed?: string; at?: number; key?: string; type?: string } = {},
): Promise<Answer> {
	const full = `${query}${query === '' ? '' : '&'}timestamp=${String(options.at ?? Date.now())}`;
	const signature = createHmac('sha256', sandbox.simplize.apiSecret)
		.update(options.signed ?? full + (options.body ?? ''))
		.digest('hex');
	const response = await fetch(`${sandbox.simplizeUrl}${path}?${full}&signature=${signature}`, {
		method: options.body === undefined ? 'GET' : 'POST',
		headers: {
			'X-Api-Key': options.key ?? sandbox.simplize.apiKey,
			...(options.body === undefined ? {} : { 'content-type': options.type ?? 'application/json' }),
		},
		body: options.body,
	});
	const text = await response.text();
	return {
		status: response.status,
		body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : { status: 0, message: '' },
		hint: response.headers.get('x-sandbox-hint'),
		text,
	};
}

export const getRows = (answer: Answer): Array<Record<string, unknown>> =>
	answer.body.data as Array<Record<string, unknown>>;
