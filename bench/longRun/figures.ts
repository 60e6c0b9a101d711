/** The figures of a long run, and what they say about growth. */
import type { Machine } from '../machine';

/** What was seen at one moment; latencies are those of the seconds before it. */
export interface Sample {
	/** Seconds since the traffic began. */
	atS: number;
	/** Of the n8n process, as the system counts it; MB are 2^20 bytes. */
	residentMb: number;
	/** Live and dead objects of JavaScript, as n8n reports it. */
	heapMb: number;
	/** Null if nothing was answered meanwhile. */
	p50Ms: number | null;
	p95Ms: number | null;
}

export interface Growth {
	/** Slope over the second half. */
	residentMbPerHour: number;
	/** The same of the lowest heap in each minute: what stays after the garbage is collected. */
	heapMbPerHour: number;
	/** Either of them adds more than a twentieth of what is held during the second half. */
	isGrowing: boolean;
}

export interface LongRunLine {
	name: string;
	sent: number;
	failed: number;
	samples: Sample[];
	growth: Growth;
}

/** Load per line: deliveries per second, or deliveries in parallel during the first half of the run. */
export type Traffic = { kind: 'pace'; perSecond: number } | { kind: 'burst'; atOnce: number };

export interface LongRun {
	takenAt: string;
	machine: Machine;
	minutes: number;
	traffic: Traffic;
	lines: LongRunLine[];
}

type Point = readonly [x: number, y: number];

const HOUR_S = 3_600;
const LARGEST_SHARE = 0.05;

export function getGrowth(samples: readonly Sample[]): Growth {
	const half = samples.slice(Math.floor(samples.length / 2));
	const durationS = (half.at(-1)?.atS ?? 0) - (half[0]?.atS ?? 0);
	const resident = slope(half.map(({ atS, residentMb }) => [atS, residentMb]));
	const heap = slope(lowestInEachMinute(half));
	const held = median(half.map(({ residentMb }) => residentMb));
	const isGrowing = Math.max(resident, heap) * durationS > LARGEST_SHARE * held;
	return { residentMbPerHour: resident * HOUR_S, heapMbPerHour: heap * HOUR_S, isGrowing };
}

function lowestInEachMinute(samples: readonly Sample[]): Point[] {
	const lowest = new Map<number, Point>();
	for (const { atS, heapMb } of samples) {
		const minute = Math.floor(atS / 60);
		if (heapMb < (lowest.get(minute)?.[1] ?? Infinity)) lowest.set(minute, [atS, heapMb]);
	}
	return [...lowest.values()];
}

/** Theil and Sen: the median of the slopes between every two points, which single outliers do not bend. */
function slope(points: readonly Point[]): number {
	const slopes = points.flatMap(([x, y], place) =>
		points.slice(place + 1).map(([laterX, laterY]) => (laterY - y) / (laterX - x)),
	);
	return slopes.length === 0 ? 0 : median(slopes);
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1
		? (sorted[middle] ?? NaN)
		: ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
