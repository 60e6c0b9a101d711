/** What the long run calls growth: a slope over the second half, which single outliers and the first minutes do not bend. */
import { getGrowth, type Sample } from '../../../bench/longRun/figures';

const SAMPLES = 120;
const EVERY_S = 10;

/** @param memory MB at each number of seconds */
function run(memory: (atS: number) => number): Sample[] {
	return Array.from({ length: SAMPLES }, (_, place) => {
		const atS = (place + 1) * EVERY_S;
		// Garbage: up to 40 MB above what stays.
		const residentMb = memory(atS) + ((place * 17) % 41);
		return { atS, residentMb, heapMb: residentMb - 200, p50Ms: 20, p95Ms: 40 };
	});
}

it('is none where memory only rises and falls', () => {
	const growth = getGrowth(run(() => 500));
	expect(growth.isGrowing).toBe(false);
	expect(Math.abs(growth.residentMbPerHour)).toBeLessThan(30);
});

it('is none where memory rose in the first minutes and stays', () => {
	expect(getGrowth(run((atS) => 500 + Math.min(300, atS))).isGrowing).toBe(false);
});

it('is none where one sample stands out', () => {
	expect(getGrowth(run((atS) => (atS === 1_000 ? 5_000 : 500))).isGrowing).toBe(false);
});

it('is the slope where memory rises to the end', () => {
	const growth = getGrowth(run((atS) => 500 + atS / 6));
	expect(growth.isGrowing).toBe(true);
	expect(growth.residentMbPerHour).toBeGreaterThan(550);
	expect(growth.residentMbPerHour).toBeLessThan(650);
	expect(growth.heapMbPerHour).toBeGreaterThan(550);
});

it('is none of a run too short to tell', () => {
	expect(getGrowth([])).toEqual({ residentMbPerHour: 0, heapMbPerHour: 0, isGrowing: false });
});
