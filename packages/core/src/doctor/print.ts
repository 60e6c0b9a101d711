/** A report as text for a terminal, and for an issue: Markdown that reads well as it is. */
import { NOT_ASKED, type Report, type ReportRow } from './report';

const MARKS: Record<ReportRow['verdict'], string> = {
	'all right': 'ok',
	'as assumed': 'ok',
	attention: '!!',
	otherwise: '≠',
	'cannot tell': '?',
};

/** First what needs somebody, then what differs, then what could not be told, then the rest. */
const ORDER = ['!!', '≠', '?', 'ok'];

/**
 * @param report as a doctor returned it; it holds nothing of the service
 * @returns Markdown: a heading, a sentence, what to do, and a table of everything
 */
export function printReport(report: Report): string {
	const rows = [...report.checks, ...report.rows];
	const asked = rows.filter(({ evidence }) => !evidence.startsWith(NOT_ASKED));
	const sorted = asked.sort((a, b) => ORDER.indexOf(getMark(a)) - ORDER.indexOf(getMark(b)));
	const todo = rows.filter((row) => row.todo !== 'nothing');
	const lines = [
		`# ${report.service}, ${report.day}: ${report.conclusion}`,
		'',
		`${report.requests} requests. ${countVerdicts(rows)}.`,
		...(todo.length > 0 ? ['', '## To do', '', ...todo.map(printTodo)] : []),
		'',
		'## What was asked',
		'',
		...toTable([
			['', 'question', 'found', 'what it means'],
			...sorted.map((row) => [getMark(row), row.question, row.evidence, describeMeaning(row)]),
		]),
		...printNotAsked(rows),
		'',
	];
	return lines.join('\n');
}

/** By reason, since the options of the run decide it. */
function printNotAsked(rows: readonly ReportRow[]): string[] {
	const byReason = new Map<string, string[]>();
	for (const { evidence, question } of rows)
		if (evidence.startsWith(NOT_ASKED)) byReason.set(evidence, [...(byReason.get(evidence) ?? []), question]);
	if (byReason.size === 0) return [];
	const lines = [...byReason].map(
		([reason, questions]) => `- ${toSentence(reason)} ${toSentence(questions.join('; '))}`,
	);
	return ['', '## What was not asked', '', ...lines];
}

function getMark(row: ReportRow): string {
	return row.verdict === 'otherwise' && row.todo !== 'nothing' ? '!!' : MARKS[row.verdict];
}

function countVerdicts(rows: readonly ReportRow[]): string {
	const count = (...verdicts: ReportRow['verdict'][]): number =>
		rows.filter(({ verdict }) => verdicts.includes(verdict)).length;
	return [
		`${count('all right', 'as assumed')} as assumed or all right (ok)`,
		`${count('otherwise', 'attention')} otherwise (≠; !! if there is something to do)`,
		`${count('cannot tell')} that cannot be told (?)`,
	].join(', ');
}

function printTodo({ question, evidence, consequence, option, todo }: ReportRow): string {
	const set = option ? ` Set *${option}*.` : '';
	const tell = todo === 'new version' ? ' No option helps: please open an issue with this report.' : '';
	return `- ${toSentence(question)} ${toSentence(evidence)} ${toSentence(consequence)}${set}${tell}`;
}

function describeMeaning({ verdict, assumed, consequence, option }: ReportRow): string {
	if (verdict !== 'otherwise') return consequence;
	return `assumed: ${assumed}; ${consequence}${option ? ` (*${option}*)` : ''}`;
}

function toSentence(text: string): string {
	const end = /[.?!:]$/.test(text) ? '' : '.';
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`;
}

/** Widest columns that are padded: what follows them is prose. */
const PADDED = [2, 44, 44];

function toTable(rows: readonly string[][]): string[] {
	const widths = PADDED.map((most, column) => Math.min(most, Math.max(...rows.map((row) => row[column]?.length ?? 0))));
	const print = (row: readonly string[]): string =>
		`| ${row.map((cell, column) => cell.replaceAll('|', '/').padEnd(widths[column] ?? 0)).join(' | ')} |`;
	const [head = [], ...body] = rows;
	return [
		print(head),
		`| ${head.map((_, column) => '-'.repeat(widths[column] ?? 3)).join(' | ')} |`,
		...body.map(print),
	];
}
