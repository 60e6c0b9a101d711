/** Runs checks one after the other and shows each as a line: what was looked at, how long it took, and what is wrong. */
import { Progress } from '../../hosts/progress';
import type { Verdict } from './check';

export class Report {
	private readonly progress = new Progress();
	private failures = 0;

	/** @returns false if the check found something or could not be made; the reason is in the report then */
	async add(title: string, run: () => Promise<Verdict> | Verdict): Promise<boolean> {
		if (process.stdout.isTTY) this.progress.update(title);
		const verdict = await judge(run);
		const isGood = verdict.problems.length === 0;
		if (!isGood) this.failures++;
		this.progress.step(`${isGood ? 'ok  ' : 'FAIL'} ${title}${verdict.seen ? `: ${verdict.seen}` : ''}`);
		for (const problem of verdict.problems) this.progress.say(`${' '.repeat(17)}${problem}`);
		return isGood;
	}

	say(text: string): void {
		this.progress.say(text);
	}

	/** Ends the report. @returns whether everything was good */
	end(): boolean {
		this.progress.say(this.failures === 0 ? '\nEverything holds.' : `\n${this.failures} of the checks failed.`);
		return this.failures === 0;
	}
}

async function judge(run: () => Promise<Verdict> | Verdict): Promise<Verdict> {
	try {
		return await run();
	} catch (error) {
		const stderr = (error as { stderr?: Buffer | string }).stderr?.toString().trim() ?? '';
		return {
			seen: '',
			problems: [error instanceof Error ? error.message : String(error), ...(stderr ? [stderr] : [])],
		};
	}
}
