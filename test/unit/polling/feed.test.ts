/** The feed: baseline, new rows, late rows, deletions, clocks that jump, damaged states. */
import {
	nextPollState,
	isUnchanged,
	getFingerprint,
	loadPollState,
	planPoll,
	type AdvanceOptions,
	type FeedRow,
	type FeedStep,
	type PlanOptions,
} from '@saoke/core';

const NOON = Date.parse('2026-03-10T12:00:00+07:00');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function row(id: number | string, time: string | null, group = '0071'): FeedRow<string> {
	return {
		group,
		id: String(id),
		time: time === null ? null : `${time}+07:00`,
		day: time?.slice(0, 10) ?? null,
		item: `${group}/${id}`,
	};
}

/** One complete poll; rows outside the planned days are not seen, as the service would not list them. */
function poll(
	stored: unknown,
	rows: FeedRow<string>[],
	nowMs = NOON,
	options: AdvanceOptions & PlanOptions = {},
): FeedStep<string> {
	const feed = loadPollState(stored);
	const plan = planPoll(feed, nowMs, options);
	const listed = rows
		.filter(({ day }) => day === null || (day >= plan.from && day <= plan.to))
		.sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1));
	const step = nextPollState(
		feed,
		plan,
		{ rows: listed, isComplete: true, total: listed.length, newest: listed.slice(-50) },
		options,
	);
	return { ...step, nextState: JSON.parse(JSON.stringify(step.nextState)) as typeof step.nextState };
}

describe('the first poll', () => {
	const rows = [row(1, '2026-03-08T10:00:00'), row(0, '2026-03-10T09:00:00')];

	it('sets a baseline and emits nothing', () => {
		const first = poll(undefined, rows);
		expect(first.emit).toEqual([]);
		expect(poll(first.nextState, rows).emit).toEqual([]);
	});

	it('emits what is dated within the days asked for, today included', () => {
		expect(poll(undefined, rows, NOON, { backlogDays: 1 }).emit).toEqual(['0071/0']);
		expect(poll(undefined, rows, NOON, { backlogDays: 3 }).emit).toEqual(['0071/1', '0071/0']);
	});

	it('reads the overlap window, or the backlog where that is longer', () => {
		expect(planPoll(loadPollState(undefined), NOON)).toMatchObject({
			from: '2026-03-07',
			to: '2026-03-10',
			isWholeDue: true,
			skip: 0,
		});
		expect(planPoll(loadPollState({}), NOON, { backlogDays: 30 }).from).toBe('2026-02-08');
	});
});

describe('later polls', () => {
	const known = [row(1, '2026-03-08T10:00:00'), row(5, '2026-03-10T09:00:00')];
	const { nextState } = poll(undefined, known);

	it('emit each new row once, in order of time, whatever the order of ids', () => {
		const rows = [
			...known,
			row(3, '2026-03-10T11:00:00'),
			row(9, '2026-03-10T10:00:00'),
			row(0, '2026-03-10T11:00:00'),
		];
		const step = poll(nextState, rows);
		expect(step.emit).toEqual(['0071/9', '0071/3', '0071/0']);
		expect(poll(step.nextState, rows).emit).toEqual([]);
	});

	it('find a row that is dated two days back', () => {
		expect(poll(nextState, [...known, row(4, '2026-03-08T09:00:00')]).emit).toEqual(['0071/4']);
	});

	it('keep accounts with equal ids apart', () => {
		expect(poll(nextState, [...known, row(5, '2026-03-10T09:00:00', '0072')]).emit).toEqual(['0072/5']);
	});

	it('emit a row of unknown time once, also when days have passed', () => {
		const timeless = row('TF1', null);
		const step = poll(nextState, [...known, timeless]);
		expect(step.emit).toEqual(['0071/TF1']);
		let state = step.nextState;
		for (let days = 1; days < 9; days++) {
			const later = poll(state, [timeless, row(100 + days, `2026-03-${10 + days}T10:00:00`)], NOON + days * DAY);
			expect(later.emit).toEqual([`0071/${100 + days}`]);
			state = later.nextState;
		}
	});

	it('do not emit a row again that disappeared for a while, or was moved to another day', () => {
		const gone = poll(nextState, [known[0] as FeedRow<string>]);
		expect(poll(gone.nextState, known).emit).toEqual([]);
		const moved = [row(1, '2026-03-10T08:00:00'), known[1] as FeedRow<string>];
		expect(poll(poll(nextState, moved).nextState, moved, NOON + 3 * DAY).emit).toEqual([]);
	});

	it('pass silently what has no item, and never emit it afterwards', () => {
		const refused = { ...row(7, '2026-03-10T11:00:00'), item: undefined };
		const step = poll(nextState, [...known, refused]);
		expect(step.emit).toEqual([]);
		expect(poll(step.nextState, [...known, row(7, '2026-03-10T11:00:00')]).emit).toEqual([]);
	});

	it('hand out a backlog in portions, oldest first, nothing twice', () => {
		const rows = [...known, ...[20, 21, 22, 23, 24].map((id) => row(id, `2026-03-10T10:00:${id}`))];
		const portions: string[][] = [];
		let state: unknown = nextState;
		for (let polls = 0; polls < 4; polls++) {
			const step = poll(state, rows, NOON, { maxEmit: 2 });
			portions.push(step.emit);
			state = step.nextState;
		}
		expect(portions).toEqual([['0071/20', '0071/21'], ['0071/22', '0071/23'], ['0071/24'], []]);
	});

	it('go on where a part ended, and read the window whole afterwards', () => {
		const feed = loadPollState(nextState);
		const rows = [...known, row(30, '2026-03-10T11:00:00')];
		const part = nextPollState(feed, planPoll(feed, NOON), { rows, isComplete: false, passed: 3 });
		expect(part).toMatchObject({ emit: ['0071/30'], hasMore: true, nextState: { resumeAt: 3 } });
		const plan = planPoll(loadPollState(part.nextState), NOON);
		expect(plan).toMatchObject({ skip: 3, isWholeDue: true, from: '2026-03-07' });
		const rest = nextPollState(loadPollState(part.nextState), plan, {
			rows: [row(31, '2026-03-10T11:30:00')],
			isComplete: false,
		});
		expect(rest).toMatchObject({ emit: ['0071/31'] });
		expect(planPoll(loadPollState(rest.nextState), NOON)).toMatchObject({ skip: 0, isWholeDue: true });
		expect(poll(rest.nextState, [...rows, row(31, '2026-03-10T11:30:00')]).emit).toEqual([]);
	});

	it('reach back to the last poll after a long pause', () => {
		const late = [row(50, '2026-03-12T10:00:00'), row(51, '2026-03-30T10:00:00')];
		expect(poll(nextState, [...known, ...late], NOON + 21 * DAY).emit).toEqual(['0071/50', '0071/51']);
	});
});

describe('a clock that jumps', () => {
	const known = [row(1, '2026-03-08T10:00:00'), row(5, '2026-03-10T09:00:00')];
	const { nextState } = poll(undefined, known);

	it.each([
		['ahead and back', 30 * DAY],
		['back and ahead', -30 * DAY],
	])('%s loses nothing and repeats nothing', (_name, jump) => {
		const jumped = poll(nextState, known, NOON + jump);
		expect(jumped.emit).toEqual([]);
		const rows = [...known, row(6, '2026-03-10T12:01:00'), row(2, '2026-03-09T08:00:00')];
		expect(poll(jumped.nextState, rows, NOON + HOUR).emit).toEqual(['0071/2', '0071/6']);
	});
});

describe('the newest page', () => {
	const known = [row(1, '2026-03-08T10:00:00'), row(2, '2026-03-10T08:00:00'), row(3, '2026-03-10T09:00:00')];
	const { nextState } = poll(undefined, known);
	const newest = { rows: known, total: 3 };

	it('tells that nothing changed, also in another order', () => {
		expect(isUnchanged(loadPollState(nextState), newest)).toBe(true);
		expect(isUnchanged(loadPollState(nextState), { rows: [...known].reverse(), total: 3 })).toBe(true);
	});

	it.each([
		['another total', { rows: known, total: 4 }],
		['no total', { rows: known }],
		['an unknown row', { rows: [...known.slice(0, 2), row(4, '2026-03-10T09:00:00')], total: 3 }],
		['a missing row', { rows: known.slice(0, 2), total: 3 }],
	])('tells a change by %s', (_name, changed) => {
		expect(isUnchanged(loadPollState(nextState), changed)).toBe(false);
	});

	it('leaves out the rows at its edge that share a time with the next page', () => {
		const top = [row(9, '2026-03-10T09:00:00')];
		const one = getFingerprint({ rows: [row(1, '2026-03-10T08:00:00'), ...top], total: 9 });
		expect(getFingerprint({ rows: [row(2, '2026-03-10T08:00:00'), ...top], total: 9 })).toBe(one);
		expect(getFingerprint({ rows: [row(1, '2026-03-10T08:00:00')], total: 9 })).not.toBe(one);
	});

	it('is not enough once an hour, on a new Vietnam day, or after the clock went back', () => {
		const due = (nowMs: number): boolean => planPoll(loadPollState(nextState), nowMs).isWholeDue;
		expect(due(NOON + HOUR - 1)).toBe(false);
		expect(due(NOON + HOUR)).toBe(true);
		expect(due(NOON - 1)).toBe(true);
		const evening = poll(undefined, known, Date.parse('2026-03-10T23:59:50+07:00')).nextState;
		expect(planPoll(loadPollState(evening), Date.parse('2026-03-11T00:00:10+07:00')).isWholeDue).toBe(true);
	});
});

describe('the state', () => {
	const known = Array.from({ length: 300 }, (_, at) =>
		row(4_512_000 + at * 3, `2026-03-${String(8 + (at % 3)).padStart(2, '0')}T10:00:00`),
	);
	const { nextState } = poll(undefined, known);

	it('is plain JSON of a few characters an id', () => {
		expect(JSON.stringify(nextState).length).toBeLessThan(300 * 3 + 500);
	});

	it('forgets the days that left the window', () => {
		const later = poll(nextState, [row(9_000_000, '2026-03-20T10:00:00')], NOON + 10 * DAY);
		const afterwards = poll(later.nextState, [row(9_000_000, '2026-03-20T10:00:00')], NOON + 11 * DAY);
		expect(Object.keys(afterwards.nextState.seen)).toEqual(['2026-03-20']);
	});

	it('stays small: the window is narrowed, which is said, and what left it does not come again', () => {
		const step = poll(undefined, known, NOON, { maxSeen: 250 });
		expect(step.notes.join()).toContain('2026-03-09');
		expect(loadPollState(step.nextState).seen.size).toBe(200);
		expect(poll(step.nextState, [...known, row(1, '2026-03-10T11:00:00')], NOON, { maxSeen: 250 }).emit).toEqual([
			'0071/1',
		]);
	});

	const fresh = row(1, '2026-03-10T12:30:00');
	const damage: Array<[string, (state: Record<string, unknown>) => unknown]> = [
		['of another version', (state) => ({ ...state, version: 0 })],
		['of a later version, with unknown fields', (state) => ({ ...state, version: 99, extra: { a: 1 } })],
		['without floor', (state) => ({ ...state, floor: undefined })],
		['without mark and total', (state) => ({ ...state, mark: undefined, total: 'many' })],
		['with a time that is text', (state) => ({ ...state, wholeAtMs: 'yesterday', readAtMs: 'now' })],
		['with a day that is cut', (state) => ({ ...state, seen: withBucket(state, { ids: '2s.12.abc' }) })],
		[
			'with a day that is no record',
			(state) => ({ ...state, seen: { ...(state.seen as object), '2026-03-09': 'gone' } }),
		],
		['with a changed character', (state) => ({ ...state, seen: withBucket(state, changed(state)) })],
		['without ids', (state) => ({ ...state, seen: null })],
	];

	it.each(damage)('%s is used without losing or repeating', (_name, break_) => {
		const broken = break_(JSON.parse(JSON.stringify(nextState)) as Record<string, unknown>);
		const step = poll(broken, [...known, fresh], NOON + HOUR);
		expect(step.emit).toEqual(['0071/1']);
		expect(poll(step.nextState, [...known, fresh], NOON + HOUR)).toMatchObject({ emit: [], notes: [] });
	});

	it.each([['text'], [[]], [42], [{ version: 1 }], [{ seen: {}, readAtMs: 1 }]])(
		'is replaced if nothing of it can be used (%j), and the log says so',
		(broken) => {
			const step = poll(broken, [...known, fresh], NOON + HOUR);
			expect(step.emit).toEqual([]);
			expect(step.notes.join()).toContain('new baseline');
		},
	);

	it('says in the log that it was damaged, and where', () => {
		expect(poll({ ...nextState, seen: withBucket({ ...nextState }, { ids: 'x' }) }, known).notes.join()).toContain(
			'damaged in 1 place',
		);
	});
});

function withBucket(state: Record<string, unknown>, bucket: unknown): object {
	return { ...(state.seen as object), '2026-03-09': { '0071': bucket } };
}

function changed(state: Record<string, unknown>): unknown {
	const { ids } = (state.seen as Record<string, Record<string, { ids: string }>>)['2026-03-09']?.['0071'] ?? {
		ids: '',
	};
	return { ids: `${ids.slice(0, -1)}${ids.endsWith('9') ? '8' : '9'}` };
}
