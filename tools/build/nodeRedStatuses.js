/** The table of all statuses, from the locale files: in the help of every node, and on the page on troubleshooting. */
const { readFile, writeFile } = require('node:fs/promises');

const BEGIN = '<!-- statuses of Node-RED: written by the build -->';
const END = '<!-- end of statuses -->';

/**
 * @param texts of statuses.json @param labels of `status` in shared.json
 * @param types whose statuses are told beside those of every node; all of them if left out
 * @returns a table in Markdown
 */
function toStatusTable(texts, labels, types) {
	const groups = Object.keys(texts.signs).filter((group) => group === 'every' || (types?.includes(group) ?? true));
	const rows = groups.flatMap((group) => [
		...Object.entries(texts[group]).map(([key, meaning]) => [labels[key], meaning]),
		...Object.entries(texts.signs[group]),
	]);
	const lines = rows.map(([shown, meaning]) => `| \`${shown}\` | ${meaning} |`);
	return [`| ${texts.columns.join(' | ')} |`, '| --- | --- |', ...lines].join('\n');
}

/** Replaces the table of a page, between its two comments; writes only what changed. */
async function writeStatusTable(page, table) {
	const text = await readFile(page, 'utf8');
	const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
	if (begin < 0 || end < begin) throw new Error(`${page} has no place for the statuses: ${BEGIN} … ${END}`);
	const changed = `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`;
	if (changed !== text) await writeFile(page, changed);
}

module.exports = { toStatusTable, writeStatusTable };
