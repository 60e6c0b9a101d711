/** What became of every cell, as a table and as a list of what must not be. */
import { NODE_SETS, type NodeSet } from './cellWorkflow';
import { WAYS, type Way } from './matrixBench';
import { MOODS, type Mood } from './moodyService';

export interface Outcome {
	way: Way;
	phase: string;
	mood: Mood;
	nodeSet: NodeSet;
	/** What n8n's status said; undefined if the workflow stayed published and active. */
	complaint: string | undefined;
	/** False if the trouble should have shown as a failed execution and did not. */
	isSaid: boolean;
	/** Ids of the transactions that should have come and did not. */
	missing: string[];
}

export class MatrixTable {
	private readonly outcomes: Outcome[] = [];

	add(outcome: Outcome): void {
		this.outcomes.push(outcome);
	}

	faults(way: string, phase: string): string[] {
		return this.outcomes
			.filter((outcome) => outcome.way === way && outcome.phase === phase && !isRight(outcome))
			.map(({ mood, nodeSet, isSaid, missing, complaint }) => {
				const silent = isSaid ? '' : ' no failed execution;';
				return `${mood} ${nodeSet}:${silent} ${missing.length} missing; ${complaint ?? 'published'}`;
			});
	}

	/** One row for each way and action, one column for each trouble; trigger · poller · both in each. */
	toMarkdown(): string {
		const ways = Object.keys(WAYS) as Way[];
		const ordered = this.outcomes.toSorted((a, b) => ways.indexOf(a.way) - ways.indexOf(b.way));
		const rows = new Map(ordered.map(({ way, phase }) => [`${way} ${phase}`, this.row(way, phase)]));
		const head = ['n8n schedules by', 'what is done', ...MOODS];
		return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows.values()].join('\n');
	}

	row(way: string, phase: string): string {
		const outcomes = this.outcomes.filter((outcome) => outcome.way === way && outcome.phase === phase);
		const cells = MOODS.map((mood) =>
			NODE_SETS.map((nodeSet) => {
				const found = outcomes.find((outcome) => outcome.mood === mood && outcome.nodeSet === nodeSet);
				return found ? getSymbol(found) : '?';
			}).join(' '),
		);
		return `| ${[way, phase, ...cells].join(' | ')} |`;
	}
}

function isRight({ isSaid, missing }: Outcome): boolean {
	return isSaid && missing.length === 0;
}

function getSymbol(outcome: Outcome): string {
	if (!isRight(outcome)) return '✗';
	if (outcome.complaint !== undefined) return '!';
	return outcome.mood === 'well' || outcome.nodeSet === 'trigger' ? '✓' : '(✓)';
}
