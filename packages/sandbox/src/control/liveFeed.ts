/** Sends what happens to every open page, as server-sent events: a few messages a second, however much happens. */
import type { ServerResponse } from 'node:http';
import type { CassoBank } from '../casso/bank';
import type { SimplizePartner } from '../simplize/partner';
import { liveBankEvent, livePartnerEvent, type LiveEvent } from './liveEvent';
import { showTransaction } from './showTransaction';

/** What happens within this time goes out together. */
const GATHER_MS = 60;
/** More than that at once is not worth sending one by one: the page reads its lists again. */
const MOST_AT_ONCE = 300;
const HEARTBEAT_MS = 15_000;
/** A page that does not read (a sleeping tab) is let go; it connects again by itself. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024;

export class LiveFeed {
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
