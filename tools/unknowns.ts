/**
 * Makes docs/unknowns.md from the probes of the doctor, so that the two cannot differ.
 *
 *   npm run unknowns              writes the page
 *   npm run unknowns -- --check   fails if it is not up to date
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CASSO_MORE, CASSO_READ_PROBES, SIMPLIZE_PROBES, type AnyProbe } from '@saoke/core/doctor';

const PAGE = path.join(__dirname, '..', 'docs', 'unknowns.md');

/** The tables are between the two marks; the rest of the page is written by hand. */
const TABLES = /(<!-- made by npm run unknowns: begin -->\n)[^]*(<!-- made by npm run unknowns: end -->)/;

const SECTIONS: ReadonlyArray<readonly [title: string, intro: string, probes: readonly AnyProbe[]]> = [
	['Casso: reading', 'Every check asks these, in n8n and Node-RED too.', CASSO_READ_PROBES],
	[
		'Casso: details of reading',
		'Only the command line asks these: whatever the answer, there is nothing to do.',
		CASSO_MORE.probes.filter(({ needs }) => needs === undefined),
	],
	[
		'Casso: webhooks through the API',
		'Only with `--write`: the doctor registers a webhook at an address of its own and removes it again.',
		CASSO_MORE.probes.filter(({ needs }) => needs === 'write'),
	],
	['Casso: sync', 'Only with `--sync`: one account, twice.', CASSO_MORE.probes.filter(({ needs }) => needs === 'sync')],
	[
		'Casso: deliveries',
		'With `--deliveries`, while you press *Gọi thử* or make transfers.',
		CASSO_MORE.probes.filter(({ needs }) => needs === 'deliveries' || needs === 'person'),
	],
	['Simplize', 'Every check asks these, in n8n and Node-RED too.', SIMPLIZE_PROBES],
];

function makeTables(): string {
	return SECTIONS.map(([title, intro, probes]) => {
		const rows = probes.map(({ question, assumed, ifWrong, option, how, needs, settled }) => {
			const who = needs === 'person' ? 'a person: ' : '';
			const answer = settled ? `**settled ${settled.on}**: ${settled.evidence}` : `${who}${how}`;
			const toSet = option && !ifWrong.includes(option) ? ` (*${option}*)` : '';
			return `| ${question} | ${assumed} | ${ifWrong}${toSet} | ${answer} |`;
		});
		const head = '| not known | assumed | if that is wrong | how it is asked |\n| --- | --- | --- | --- |';
		return `## ${title}\n\n${intro}\n\n${head}\n${rows.join('\n')}\n`;
	}).join('\n');
}

const before = readFileSync(PAGE, 'utf8');
const after = before.replace(TABLES, (_all, begin: string, end: string) => `${begin}\n${makeTables()}\n${end}`);
if (!TABLES.test(before)) throw new Error('docs/unknowns.md has lost its two marks.');
if (!process.argv.includes('--check')) writeFileSync(PAGE, after);
else if (before !== after) {
	process.stderr.write('docs/unknowns.md is not what the probes say: run npm run unknowns.\n');
	process.exitCode = 1;
}
