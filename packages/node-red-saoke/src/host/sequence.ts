/** Sends a list as one message, one message per element, or one per page with constant memory. */
import type { FlowMessage, MessageParts, NodeRed, Send } from './nodeRed';

export type Delivery = 'array' | 'each' | 'page';

export interface SequenceOptions {
	RED: NodeRed;
	delivery: Delivery;
	/** The input message; its other properties are passed on. */
	message: FlowMessage;
	send: Send;
	/** Maximum number of elements in a page; Join uses it to combine pages into one array. */
	pageSize: number;
}

export function readDelivery(value: string | undefined): Delivery {
	return value === 'each' || value === 'page' ? value : 'array';
}

/**
 * Sends pages as they arrive. Only `array` keeps all of them in memory.
 *
 * @returns how many elements were sent
 * @throws errors of reading a page; earlier messages stay sent
 */
export async function sendSequence(pages: AsyncIterable<unknown[]>, options: SequenceOptions): Promise<number> {
	if (options.delivery === 'array') return await sendWhole(pages, options);
	const sequence = new MessageSequence(options);
	let count = 0;
	for await (const page of pages) {
		count += page.length;
		if (options.delivery === 'page') sequence.add(page);
		else for (const element of page) sequence.add(element);
	}
	if (count === 0 && options.delivery === 'page') sequence.add([]);
	sequence.end();
	return count;
}

async function sendWhole(pages: AsyncIterable<unknown[]>, { message, send }: SequenceOptions): Promise<number> {
	const all: unknown[] = [];
	for await (const page of pages) all.push(...page);
	message.payload = all;
	send(message);
	return all.length;
}

/** One message per element; delays each by one, so that the last message can contain the count. */
class MessageSequence {
	private readonly base: FlowMessage;
	private readonly parts: Pick<MessageParts, 'id' | 'type' | 'len'> & { parts?: MessageParts };
	private held: FlowMessage | undefined;
	private index = 0;

	constructor(private readonly options: SequenceOptions) {
		const { RED, message, delivery, pageSize } = options;
		this.base = { ...message };
		delete this.base.payload;
		// Join puts the elements of arrays together only if a message may hold more than one.
		this.parts = { id: RED.util.generateId(), type: 'array', len: delivery === 'page' ? Math.max(2, pageSize) : 1 };
		if (message.parts) this.parts.parts = message.parts;
	}

	add(payload: unknown): void {
		this.release();
		const parts: MessageParts = { ...this.parts, index: this.index };
		this.held = { ...this.options.RED.util.cloneMessage(this.base), payload, parts };
		this.index++;
	}

	end(): void {
		if (this.held?.parts) this.held.parts.count = this.index;
		this.release();
	}

	private release(): void {
		if (this.held) this.options.send(this.held);
		this.held = undefined;
	}
}
