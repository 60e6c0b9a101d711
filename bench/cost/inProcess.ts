/** Polling and matching, each in a process of its own (child.ts), so that its memory is counted whole. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { node24 } from '../../hosts/paths';
import { forgetPeak, peakMb } from '../getMany/peakMemory';
import { median } from '../median';
import { residentMb } from '../residentMemory';
import type { Answer, Question } from './child';
import type { Point } from './figures';

const IDLE_POLLS = 20;
const BUSY_POLLS = 5;
const NEW_AT_ONCE = 10;
const MATCHES = 3;
const WARM_UP = 100;
const DAY_MS = 86_400_000;

/** @param size transactions in the window of three days */
export async function measurePolling(size: number): Promise<Point[]> {
	const sandbox = await startSandbox({ accounts: 3, transactions: 0 });
	const child = new Child();
	try {
		fillWindow(sandbox, size);
		await child.ask({ kind: 'preparePolling', url: sandbox.cassoUrl, apiKey: sandbox.apiKey });
		const reading = await child.measure(1, { kind: 'getMany' });
		await child.ask({ kind: 'poll' });
		const idle = await child.measure(IDLE_POLLS, { kind: 'poll' });
		const busy = await child.measure(BUSY_POLLS, { kind: 'poll' }, () => {
			sandbox.casso.addTransactions(Array.from({ length: NEW_AT_ONCE }, () => ({ amount: 1_000 })));
		});
		if (idle.found !== 0 || busy.found !== NEW_AT_ONCE)
			throw new Error(`An idle poll found ${idle.found}, a busy one ${busy.found} of ${NEW_AT_ONCE}`);
		return [
			{ line: 'idle poll', size, ...idle.cost },
			{ line: `poll with ${NEW_AT_ONCE} new`, size, ...busy.cost },
			{ line: 'Get Many of the window', isPeer: true, size, ...reading.cost },
		];
	} finally {
		child.end();
		await sandbox.close();
	}
}

/** @param size open orders, for 100 transactions */
export async function measureMatching(size: number): Promise<Point[]> {
	const points: Point[] = [];
	for (const { kind, ...line } of [
		{ line: 'Match', kind: 'match' },
		{ line: 'each code in each memo', isPeer: true, kind: 'compareEach' },
	] as const) {
		const child = new Child();
		try {
			// A first run of another size, so that time is not that of the compiler.
			await child.ask({ kind: 'prepareMatching', orders: WARM_UP });
			await child.measure(20, { kind });
			await child.ask({ kind: 'prepareMatching', orders: size });
			const { cost } = await child.measure(MATCHES, { kind });
			points.push({ ...line, size, ...cost });
		} finally {
			child.end();
		}
	}
	return points;
}

/** Spread over the last two days, so that all of them stay in the window of three. */
function fillWindow(sandbox: Sandbox, size: number): void {
	const { accounts } = sandbox.casso.data;
	const startMs = Date.now() - 2 * DAY_MS;
	const inputs = Array.from({ length: size }, (_, at) => ({
		amount: at % 3 ? 1_000 : -500,
		time: startMs + Math.floor((at / size) * 2 * DAY_MS),
		accountId: accounts[at % accounts.length]?.id,
	}));
	sandbox.casso.addTransactions(inputs);
}

class Child {
	private readonly process: ChildProcess = fork(path.join(__dirname, 'child.ts'), {
		execPath: node24(),
		execArgv: ['--import', 'tsx'],
	});

	/** @throws Error with what the child says */
	async ask(question: Question): Promise<Answer> {
		this.process.send(question);
		const [answer] = (await once(this.process, 'message')) as [Answer];
		if (answer.error !== undefined) throw new Error(answer.error);
		return answer;
	}

	/** @returns the median time, and what memory grew by to its peak over all times */
	async measure(
		times: number,
		question: Question,
		prepare: () => void = () => undefined,
	): Promise<{ cost: Pick<Point, 'ms' | 'mb'>; found: number }> {
		const pid = this.process.pid ?? 0;
		const before = residentMb(pid);
		forgetPeak(pid);
		const answers: Answer[] = [];
		for (let time = 0; time < times; time++) {
			prepare();
			answers.push(await this.ask(question));
		}
		const cost = { ms: median(answers.map(({ ms }) => ms)), mb: peakMb(pid) - before };
		return { cost, found: median(answers.map(({ found }) => found)) };
	}

	end(): void {
		this.process.kill();
	}
}
