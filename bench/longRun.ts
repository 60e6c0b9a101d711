/**
 * Twenty minutes of traffic at five deliveries a second: what a real n8n in one process holds in memory and how fast it
 * answers, over time. Two of them run at once under the same traffic: one with the Casso Trigger, one with n8n's own
 * Webhook node, which checks nothing, so that what is n8n's own shows as such.
 *
 *   npm run bench:long-run                                  20 minutes, 5 a second
 *   npm run bench:long-run -- --minutes 2 --rate 10
 *
 * Writes the figures to docs/figures/long-run.json and draws docs/pictures/long-run.svg; `npm run charts` draws it again.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fail } from '../demo/host/fail';
import { Progress } from '../demo/host/progress';
import { drawLongRun, LONG_RUN_FILE } from '../scripts/charts/longRunChart';
import { startContender, type Contender } from './longRun/contender';
import { growthOf, type LongRun, type LongRunLine, type Sample } from './longRun/figures';
import { machine } from './machine';

const SAMPLE_EVERY_MS = 10_000;
const MINUTE_MS = 60_000;

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { minutes: { type: 'string', default: '20' }, rate: { type: 'string', default: '5' } } });
	const minutes = positive(values.minutes, '--minutes');
	const rate = positive(values.rate, '--rate');
	const progress = new Progress();
	const contenders: Contender[] = [];
	try {
		for (const name of ['Casso Trigger', 'Webhook node'] as const) {
			contenders.push(await startContender(name));
			progress.step(`n8n with ${name} is ready`);
		}
		const lines = await Promise.all(contenders.map(async (contender) => await drive(contender, minutes, rate, progress)));
		const run: LongRun = { takenAt: new Date().toISOString().slice(0, 10), machine: machine(), minutes, rate, lines };
		mkdirSync(path.dirname(LONG_RUN_FILE), { recursive: true });
		writeFileSync(LONG_RUN_FILE, `${JSON.stringify(run, rounded)}\n`);
		progress.step(`Drew ${await drawLongRun()}`);
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

/** Sends at a steady pace, whatever the answers take, and looks at the process between. */
async function drive(contender: Contender, minutes: number, rate: number, progress: Progress): Promise<LongRunLine> {
	const startedMs = Date.now();
	const endMs = startedMs + minutes * MINUTE_MS;
	const samples: Sample[] = [];
	const open = new Set<Promise<void>>();
	let window: number[] = [];
	let sent = 0;
	let failed = 0;
	const sendOne = async (): Promise<void> => {
		const begin = performance.now();
		const isGood = await contender.deliver();
		window.push(performance.now() - begin);
		if (!isGood) failed += 1;
	};
	let nextSampleMs = startedMs + SAMPLE_EVERY_MS;
	while (Date.now() < endMs) {
		const due = Math.floor(((Date.now() - startedMs) / 1_000) * rate);
		for (; sent < due; sent++) {
			const work = sendOne();
			open.add(work);
			void work.finally(() => open.delete(work));
		}
		if (Date.now() >= nextSampleMs) {
			nextSampleMs += SAMPLE_EVERY_MS;
			samples.push({ atS: (Date.now() - startedMs) / 1_000, ...(await contender.memory()), ...latencyOf(window) });
			window = [];
			const last = samples.at(-1);
			if (last && samples.length % 3 === 0) {
				progress.update(`${contender.name}: ${(last.atS / 60).toFixed(1)} of ${minutes} min, ${sent} sent, ${failed} failed, ${last.residentMb.toFixed(0)} MB, p95 ${last.p95Ms.toFixed(0)} ms`);
			}
		}
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	await Promise.all(open);
	return { name: contender.name, sent, failed, samples, growth: growthOf(samples) };
}

function latencyOf(times: readonly number[]): Pick<Sample, 'p50Ms' | 'p95Ms'> {
	const sorted = [...times].sort((a, b) => a - b);
	const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
	return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

function describe({ name, sent, failed, growth }: LongRunLine): string {
	return `  ${name.padEnd(14)} ${sent} sent, ${failed} failed; second half: ${growth.residentMbPerHour.toFixed(0)} MB an hour resident, ${growth.heapMbPerHour.toFixed(0)} MB an hour in the heap; ${growth.isGrowing ? 'GROWS' : 'does not grow'}`;
}

main().catch(fail);
