/** Groups of deliveries, under any order of arrivals, answers and callers that hang up. */
import fc from 'fast-check';
import { DeliveryGroups, type GroupedDelivery, type StartedGroup } from '../../../nodes/Casso/trigger/groups';

type Step =
	| { kind: 'arrive'; records: number }
	| { kind: 'hangUp'; delivery: number }
	| { kind: 'answer'; isStored: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({ kind: fc.constant('arrive' as const), records: fc.integer({ min: 1, max: 70 }) }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('hangUp' as const), delivery: fc.nat({ max: 60 }) }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('answer' as const), isStored: fc.boolean() }) },
);

interface Sent {
	delivery: GroupedDelivery;
	hasHungUp: boolean;
	answers: boolean[];
	/** What its own request started. */
	started: StartedGroup | undefined;
}

/** One trigger: what was sent to it, and the executions it started, in order. */
class Run {
	readonly sent: Sent[] = [];
	readonly executions: (StartedGroup & { isStored?: boolean })[] = [];
	private readonly groups = new DeliveryGroups(() => 0);

	async do(one: Step): Promise<void> {
		if (one.kind === 'arrive') this.arrive(one.records);
		if (one.kind === 'hangUp')
			for (const sent of this.sent.slice(one.delivery, one.delivery + 1)) sent.hasHungUp = true;
		if (one.kind === 'answer') this.answer(one.isStored);
		await new Promise((resolve) => setImmediate(resolve));
	}

	/** n8n answers the oldest execution that has no answer yet. */
	answer(isStored: boolean): boolean {
		const execution = this.executions.find((other) => other.isStored === undefined);
		if (!execution) return false;
		execution.isStored = isStored;
		execution.settle(isStored);
		return true;
	}

	private arrive(records: number): void {
		const number = this.sent.length;
		const items = Array.from({ length: records }, (_, record) => ({ json: { delivery: number, record } }));
		const sent: Sent = {
			delivery: { items, hasHungUp: () => sent.hasHungUp, answer: (isStored) => sent.answers.push(isStored) },
			hasHungUp: false,
			answers: [],
			started: undefined,
		};
		this.sent.push(sent);
		void this.groups.add(sent.delivery).then((started) => {
			sent.started = started;
			if (started) this.executions.push(started);
		});
	}
}

test('each delivery whose sender waits is in one execution, whole and in order, and gets its answer', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
			const run = new Run();
			for (const one of steps) {
				await run.do(one);
				const open = run.executions.filter(({ isStored }) => isStored === undefined);
				expect(open.length).toBeLessThanOrEqual(1);
			}
			for (let isMore = true; isMore; ) {
				isMore = run.answer(true);
				await new Promise((resolve) => setImmediate(resolve));
			}
			check(run);
		}),
		{ numRuns: 200 },
	);
});

function check({ sent, executions }: Run): void {
	const items = executions.flatMap((execution) => execution.items);
	const order = items.map(({ json }) => Number(json.delivery) * 1_000 + Number(json.record));
	expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
	for (const { items } of executions) {
		expect(items.length).toBeGreaterThan(0);
		const deliveries = new Set(items.map(({ json }) => json.delivery));
		if (deliveries.size > 1) expect(items.length).toBeLessThanOrEqual(100);
	}
	for (const [number, { delivery, hasHungUp, answers, started }] of sent.entries()) {
		const execution = executions.find(({ items }) => items.some(({ json }) => json.delivery === number));
		const carried = execution?.items.filter(({ json }) => json.delivery === number) ?? [];
		if (!hasHungUp || execution) expect(carried).toEqual(delivery.items);
		expect(answers).toEqual(!execution || started === execution ? [] : [execution.isStored]);
	}
}
