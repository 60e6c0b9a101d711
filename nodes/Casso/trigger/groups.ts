/**
 * Lets deliveries that arrive while n8n stores an execution go into the next one together. One that finds nothing being
 * stored starts at once. The request of the first delivery of a group starts the execution; n8n is done with the others,
 * and they are answered once it is stored.
 */
import type { INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

/** Most items of a group: if a node fails, the items behind it are left. A delivery with more goes alone, in one piece. */
const MOST_ITEMS = 100;

/** If n8n has not answered by then, the next group starts without waiting for it; the sender hangs up after 5 to 30 s. */
const LONGEST_STORING_MS = 25_000;

export interface GroupedDelivery {
	items: INodeExecutionData[];
	/** A delivery whose sender hangs up before its group starts is left out: Casso sends it again. */
	hasHungUp: () => boolean;
	/** Called once n8n has stored the execution or failed to, unless the request of this delivery started it. */
	answer: (isStored: boolean) => void;
}

/** An execution that the request of a delivery has to start. */
export interface StartedGroup {
	/** Of all deliveries, in the order of arrival. */
	items: INodeExecutionData[];
	/** To be called once n8n has answered that request; further calls do nothing. */
	settle: (isStored: boolean) => void;
}

interface WaitingGroup {
	first: GroupedDelivery;
	others: GroupedDelivery[];
	start: (group: StartedGroup | undefined) => void;
}

/** The deliveries of one trigger. */
export class DeliveryGroups {
	private readonly waiting: WaitingGroup[] = [];
	private storing: { sinceMs: number } | undefined;

	/** @param now a clock that only goes forward, in ms */
	constructor(private readonly now: () => number) {}

	/**
	 * @returns the execution to start, once it is its turn; undefined if there is nothing to start for this request:
	 * another one does it, or all senders of the group have hung up
	 */
	async add(delivery: GroupedDelivery): Promise<StartedGroup | undefined> {
		const last = this.waiting.at(-1);
		if (last && getItems([last.first, ...last.others, delivery]).length <= MOST_ITEMS) {
			last.others.push(delivery);
			this.startNext();
			return undefined;
		}
		const started = new Promise<StartedGroup | undefined>((start) => {
			this.waiting.push({ first: delivery, others: [], start });
		});
		this.startNext();
		return await started;
	}

	private startNext(): void {
		if (this.storing && this.now() - this.storing.sinceMs < LONGEST_STORING_MS) return;
		this.storing = undefined;
		for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
			const group = this.toStarted(next);
			next.start(group);
			if (group) return;
		}
	}

	private toStarted({ first, others }: WaitingGroup): StartedGroup | undefined {
		const present = [first, ...others].filter((delivery) => !delivery.hasHungUp());
		if (present.length === 0) return undefined;
		const storing = { sinceMs: this.now() };
		this.storing = storing;
		let isOpen = true;
		const settle = (isStored: boolean): void => {
			if (!isOpen) return;
			isOpen = false;
			if (this.storing === storing) {
				this.storing = undefined;
				this.startNext();
			}
			for (const delivery of present) if (delivery !== first) delivery.answer(isStored);
		};
		return { items: getItems(present), settle };
	}
}

function getItems(deliveries: readonly GroupedDelivery[]): INodeExecutionData[] {
	return deliveries.flatMap(({ items }) => items);
}

/** One for each trigger of each workflow. */
const groups = new Map<string, DeliveryGroups>();

/** Adds a delivery to the groups of its trigger in this process; parameter and result as for `DeliveryGroups.add`. */
export async function joinGroup(
	context: IWebhookFunctions,
	delivery: GroupedDelivery,
): Promise<StartedGroup | undefined> {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const ofTrigger = groups.get(key) ?? new DeliveryGroups(() => performance.now());
	groups.set(key, ofTrigger);
	const started = await ofTrigger.add(delivery);
	if (started) whenAnswered(context, (status) => started.settle(status === 200));
	return started;
}

/** Unlike the events of a response, `end` also tells n8n's answer if the sender has hung up meanwhile. */
function whenAnswered(context: IWebhookFunctions, onAnswer: (status: number) => void): void {
	const response = context.getResponseObject();
	const end = response.end.bind(response) as (...args: unknown[]) => typeof response;
	response.end = (...args: unknown[]) => {
		const ended = end(...args);
		onAnswer(response.statusCode);
		return ended;
	};
}
