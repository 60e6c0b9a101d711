/**
 * Twenty minutes of traffic at five deliveries a second: what a real n8n in one process holds in memory and how fast it
 * answers, over time. Two of them run at once under the same traffic: one with the Casso Trigger, one with n8n's own
 * Webhook node, which checks nothing, so that what is n8n's own shows as such.
 *
 *   npm run bench:long-run                                  20 minutes, 5 a second
 *   npm run bench:long-run -- --minutes 2 --rate 10
 *   npm run bench:long-run -- --minutes 4 --parallel 50     no pace, but 50 at once during the first half: a long burst
 *
 * Writes the figures to docs/figures/long-run.json (a burst: burst.json) and draws docs/pictures/long-run.svg (burst.svg);
 * `npm run charts` draws them again.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fail } from '../hosts/fail';
import { Progress } from '../hosts/progress';
import { drawLongRun, figuresFile } from '../tools/charts/longRunChart';
import { startContender, type Contender } from './longRun/contender';
import { getGrowth, type LongRun, type LongRunLine, type Sample, type Traffic } from './longRun/figures';
import { sendAtOnce, sendAtPace } from './longRun/traffic';
import { machine } from './machine';

const SAMPLE_EVERY_MS = 10_000;
const SHOW_EVERY_SAMPLES = 3;
const MINUTE_MS = 60_000;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			minutes: { type: 'string', default: '20' },
			rate: { type: 'string', default: '5' },
			parallel: { type: 'string' },
		},
	});
	const minutes = positive(values.minutes, '--minutes');
	const traffic: Traffic =
		values.parallel === undefined
			? { kind: 'pace', perSecond: positive(values.rate, '--rate') }
			: { kind: 'burst', atOnce: positive(values.parallel, '--parallel') };
	const progress = new Progress();
	const contenders: Contender[] = [];
	try {
		for (const name of ['Casso Trigger', 'Webhook node'] as const) {
			contenders.push(await startContender(name));
			progress.step(`n8n with ${name} is ready`);
		}
		const lines = await Promise.all(
			contenders.map(async (contender) => await drive(contender, minutes, traffic, progress)),
		);
		const run: LongRun = {
			takenAt: new Date().toISOString().slice(0, 10),
			machine: machine(),
			minutes,
			traffic,
			lines,
		};
		const file = figuresFile(traffic.kind);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(run, rounded)}\n`);
		progress.step(`Drew ${await drawLongRun(traffic.kind)}`);
		for (const line of lines) progress.say(describe(line));
	} finally {
		for (const contender of contenders) await contender.close();
	}
}

/** Nobody reads more digits, and the file stays small. */
function rounded(_name: string, value: unknown): unknown {
	return typeof value === 'number' ? Math.round(value * 10) / 10 : value;
}

/** @throws Error naming the flag */
function positive(text: string, flag: string): number {
	const value = Number(text);
	if (Number.isFinite(value) && value > 0) return value;
	throw new Error(`${flag} must be a number above 0`);
}

/** Sends the traffic to one n8n, and looks at its process meanwhile. */
async function drive(
	contender: Contender,
	minutes: number,
	traffic: Traffic,
	progress: Progress,
): Promise<LongRunLine> {
	const startedMs = Date.now();
	const endMs = startedMs + minutes * MINUTE_MS;
	const samples: Sample[] = [];
	const counts = { sent: 0, failed: 0 };
	let times: number[] = [];
	const deliver = async (): Promise<void> => {
		const begin = performance.now();
		counts.sent += 1;
		if (!(await contender.deliver())) counts.failed += 1;
		times.push(performance.now() - begin);
	};
	const sending =
		traffic.kind === 'pace'
			? sendAtPace(deliver, traffic.perSecond, endMs)
			: sendAtOnce(deliver, traffic.atOnce, (startedMs + endMs) / 2);
	for (let nextMs = startedMs + SAMPLE_EVERY_MS; nextMs <= endMs; nextMs += SAMPLE_EVERY_MS) {
		await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextMs - Date.now())));
		const sample: Sample = {
			atS: (Date.now() - startedMs) / 1_000,
			...(await contender.memory()),
			...getLatency(times),
		};
		times = [];
		samples.push(sample);
		if (samples.length % SHOW_EVERY_SAMPLES === 0) {
			progress.update(
				`${contender.name}: ${(sample.atS / 60).toFixed(1)} of ${minutes} min, ${counts.sent} sent, ${counts.failed} failed, ${sample.residentMb.toFixed(0)} MB, p95 ${sample.p95Ms?.toFixed(0) ?? '–'} ms`,
			);
		}
	}
	await sending;
	return { name: contender.name, ...counts, samples, growth: getGrowth(samples) };
}

/** Null if nothing was answered meanwhile. */
function getLatency(times: readonly number[]): Pick<Sample, 'p50Ms' | 'p95Ms'> {
	const sorted = [...times].sort((a, b) => a - b);
	const at = (share: number): number | null =>
		sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
	return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

function describe({ name, sent, failed, samples, growth }: LongRunLine): string {
	const greatest = Math.max(...samples.map(({ residentMb }) => residentMb));
	const slopes = `${growth.residentMbPerHour.toFixed(0)} MB an hour resident, ${growth.heapMbPerHour.toFixed(0)} MB an hour in the heap`;
	return `  ${name.padEnd(14)} ${sent} sent, ${failed} failed; at most ${greatest.toFixed(0)} MB; second half: ${slopes}: ${growth.isGrowing ? 'GROWS' : 'does not grow'}`;
}

main().catch(fail);
