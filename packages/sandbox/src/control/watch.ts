/** Control calls for both services: the event stream for the page, and how to connect a client. */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { toDeliverySummary } from './deliveries';
import { controlScope } from './scope';
import { showTransaction } from './transactions';
import type { CassoBank } from '../casso/bank';
import { CASSO_PREFIX } from '../casso/contract';
import type { BankEvent, SandboxTransaction } from '../casso/model';
import { SIMPLIZE_PREFIX } from '../simplize/contract';
import type { PartnerEvent } from '../simplize/model';
import type { SimplizePartner } from '../simplize/partner';

export interface WatchOptions {
	/** What the sandbox listens on. */
	ownHost: string;
	/** Null if everything is in memory. */
	dataFile: string | null;
}

export function watchControl(
	scope: FastifyInstance,
	bank: CassoBank,
	partner: SimplizePartner,
	{ ownHost, dataFile }: WatchOptions,
): void {
	controlScope(scope, ownHost);
	const feed = new LiveFeed(bank, partner);
	scope.get('/about', () => ({
		cassoPath: CASSO_PREFIX,
		simplizePath: SIMPLIZE_PREFIX,
		remoteTargets: bank.webhooks.settings.allowRemoteTargets,
		dataFile,
		accounts: bank.data.accounts.length,
		transactions: bank.data.transactions.size,
	}));
	/** What a person copies into a credential; requested only when shown. */
	scope.get('/keys', (_request, reply) => {
		void reply.header('cache-control', 'no-store');
		return { cassoKey: bank.apiKey, simplizeKey: partner.apiKey, simplizeSecret: partner.apiSecret };
	});
	/** Server-sent events; see LiveEvent. */
	scope.get('/events', (_request, reply) => {
		reply.hijack();
		feed.serve(reply.raw);
	});
	scope.addHook('preClose', (done) => {
		feed.close();
		done();
	});
}

/** What happens within this time goes out together. */
const GATHER_MS = 60;
/** More than that at once is not worth sending one by one: the page reads its lists again. */
const MOST_AT_ONCE = 300;
const HEARTBEAT_MS = 15_000;
/** A page that does not read (a sleeping tab) is disconnected; it connects again by itself. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024;

class LiveFeed {
	private readonly readers = new Set<ServerResponse>();
	private gathered: LiveEvent[] = [];
	private missed = 0;
	private timer: NodeJS.Timeout | null = null;
	private heartbeat: NodeJS.Timeout | null = null;
	private stops: Array<() => void> = [];

	constructor(
		private readonly bank: CassoBank,
		private readonly partner: SimplizePartner,
	) {}

	/** Keeps the answer open and writes into it until the reader goes. */
	serve(response: ServerResponse): void {
		response.writeHead(200, {
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
		});
		response.write('retry: 1000\n\nevent: hello\ndata: {}\n\n');
		this.readers.add(response);
		response.on('close', () => {
			this.readers.delete(response);
			if (this.readers.size === 0) this.sleep();
		});
		if (this.stops.length === 0) this.wake();
	}

	close(): void {
		for (const reader of this.readers) reader.destroy();
		this.readers.clear();
		this.sleep();
	}

	/** Listens only while somebody reads. */
	private wake(): void {
		this.stops = [
			this.bank.events.subscribe((event) => {
				this.gather(() => liveBankEvent(event, (transaction) => showTransaction(transaction, this.bank)));
			}),
			this.partner.events.subscribe((event) => {
				this.gather(() => livePartnerEvent(event));
			}),
		];
		this.heartbeat = setInterval(() => {
			this.write(':\n\n');
		}, HEARTBEAT_MS);
		this.heartbeat.unref();
	}

	private sleep(): void {
		for (const stop of this.stops) stop();
		this.stops = [];
		if (this.heartbeat !== null) clearInterval(this.heartbeat);
		if (this.timer !== null) clearTimeout(this.timer);
		this.timer = null;
		this.gathered = [];
		this.missed = 0;
	}

	private gather(make: () => LiveEvent | null): void {
		if (this.gathered.length >= MOST_AT_ONCE) this.missed += 1;
		else {
			const event = make();
			if (event === null) return;
			this.gathered.push(event);
		}
		this.timer ??= setTimeout(() => {
			this.send();
		}, GATHER_MS);
	}

	private send(): void {
		const message = this.missed > 0 ? 'event: flood\ndata: {}\n\n' : `data: ${JSON.stringify(this.gathered)}\n\n`;
		this.timer = null;
		this.gathered = [];
		this.missed = 0;
		this.write(message);
	}

	private write(message: string): void {
		for (const reader of this.readers) {
			if (reader.writableLength > MOST_UNREAD_BYTES) reader.destroy();
			else reader.write(message);
		}
	}
}

interface LiveEvent {
	type:
		| 'transaction'
		| 'transactionGone'
		| 'delivery'
		| 'webhook'
		| 'request'
		| 'reset'
		| 'cash'
		| 'call'
		| 'partnerReset';
	[key: string]: unknown;
}

/** @param show a transaction as the control API prints it */
function liveBankEvent(event: BankEvent, show: (transaction: SandboxTransaction) => object): LiveEvent | null {
	switch (event.type) {
		case 'transactionAdded':
			return { type: 'transaction', transaction: show(event.transaction) };
		case 'transactionDeleted':
			return { type: 'transactionGone', id: event.transaction.id };
		case 'delivery':
			return { type: 'delivery', delivery: toDeliverySummary(event.delivery) };
		case 'webhook':
			return { type: 'webhook', webhook: event.webhook, removed: event.removed };
		case 'request':
			return { type: 'request', request: event.request };
		case 'reset':
			return { type: 'reset' };
		case 'clock':
		case 'deliveryForgotten':
			return null;
	}
}

function livePartnerEvent(event: PartnerEvent): LiveEvent {
	switch (event.type) {
		case 'cash':
			return { type: 'cash', portfolioId: event.movement.portfolioId };
		case 'call':
			return { type: 'call', call: event.call };
		case 'reset':
			return { type: 'partnerReset' };
	}
}
