/** The process whose time and memory are measured: it polls in n8n's engine, or matches, whenever it is asked. */
import { matchPayments, readOrders, type Order, type Payment } from '@saoke/core';
import { Engine } from '../../test/engine/harness/engine';

export type Question =
	| { kind: 'preparePolling'; url: string; apiKey: string }
	| { kind: 'prepareMatching'; orders: number }
	| { kind: 'poll' | 'getMany' | 'match' | 'compareEach' };

export interface Answer {
	ms: number;
	/** New transactions, or orders that were paid. */
	found: number;
	error?: string;
}

const PAYMENTS = 100;

/** Set by what is prepared. */
const work: Partial<Record<'poll' | 'getMany' | 'match' | 'compareEach', () => number | Promise<number>>> = {};

async function preparePolling(url: string, apiKey: string): Promise<void> {
	const engine = await Engine.load('.', {
		cassoApi: { authentication: 'apiKey', apiKey, accessToken: '', baseUrl: url },
	});
	const workflow = engine.workflow({ type: 'n8n-nodes-casso.cassoPollingTrigger', parameters: {} });
	const parameters = { resource: 'transaction', operation: 'getAll', returnAll: true };
	work.poll = async () => (await engine.poll(workflow))?.length ?? 0;
	work.getMany = async () => (await engine.items({ type: 'n8n-nodes-casso.casso', parameters })).length;
}

/** Half of the payments name an order. */
function prepareMatching(count: number): void {
	const orders: Order[] = readOrders(
		Array.from({ length: count }, (_, at) => ({ code: `DH${100_000 + at}`, amount: 250_000, settled: false })),
	);
	const payments: Payment[] = Array.from({ length: PAYMENTS }, (_, at) => ({
		id: at,
		accountNumber: '0071000888888',
		amount: 250_000,
		description: `MBVCB.${7_000_000 + at}.NGUYEN VAN A ${at % 2 ? `DH${100_000 + (at % count)}` : 'chuyen tien'}`,
	}));
	work.match = () => matchPayments(payments, orders).orders.filter(({ status }) => status !== 'unpaid').length;
	work.compareEach = () =>
		orders.filter(({ code }) => payments.some(({ description }) => description.includes(code))).length;
}

async function answer(question: Question): Promise<Answer> {
	if (question.kind === 'preparePolling') await preparePolling(question.url, question.apiKey);
	else if (question.kind === 'prepareMatching') prepareMatching(question.orders);
	else {
		const startedMs = performance.now();
		const found = (await work[question.kind]?.()) ?? 0;
		return { ms: performance.now() - startedMs, found };
	}
	return { ms: 0, found: 0 };
}

process.on('message', (question: Question) => {
	void answer(question)
		.catch((error: unknown): Answer => ({ ms: 0, found: 0, error: String(error) }))
		.then((result) => process.send?.(result));
});
