/**
 * Dialogs of the Node-RED package. Two things stand in for markup that would be repeated:
 *
 *   <!-- row: name -->                        src/editor/rows/name.html, on a line of its own
 *   <field name="limit" icon="stop" .../>     a labelled row of the form
 *
 * `label` is the key of its text; `placeholder` a key or a text. `options="all=common.all one=common.one"` makes a select,
 * `typed` adds the hidden field for the type of a typed input, `pick` also a button that loads its list, and a place for what
 * became of that; `secret` hides what is typed, `check` makes a checkbox, `config` is for a config node. What begins with `data-` goes to the row.
 */
const { readFile } = require('node:fs/promises');
const path = require('node:path');

const KEY = /^[a-z][\w-]*\.[\w.-]+$/;
const FLAGS = ['typed', 'pick', 'secret', 'check', 'config'];
const KNOWN = ['name', 'icon', 'label', 'placeholder', 'options', ...FLAGS];

/** @param html of one dialog @param rowsFolder of the rows that several dialogs have in common */
async function expandDialog(html, rowsFolder) {
	const lines = [];
	for (const line of html.split('\n')) lines.push(await expandRow(line, rowsFolder));
	return lines
		.join('\n')
		.replace(/^(\t*)<field ([^>]*)\/>$/gm, (_, indent, attributes) =>
			toField(readAttributes(attributes)).replace(/^/gm, indent),
		);
}

async function expandRow(line, rowsFolder) {
	const [, indent, name] = /^(\t*)<!-- row: (\w+) -->\r?$/.exec(line) ?? [];
	if (name === undefined) {
		if (/<!--\s*row/.test(line))
			throw new Error(`Not of the form "<!-- row: name -->", on a line of its own: ${line.trim()}`);
		return line;
	}
	const row = await readFile(path.join(rowsFolder, `${name}.html`), 'utf8');
	return row.trimEnd().replace(/^/gm, indent);
}

function readAttributes(text) {
	const attributes = {};
	const rest = text.replace(/([\w-]+)(?:="([^"]*)")?/g, (_, name, value = '') => {
		attributes[name] = value;
		return '';
	});
	const unknown = Object.keys(attributes).find((name) => !KNOWN.includes(name) && !name.startsWith('data-'));
	if (rest.trim() !== '' || unknown !== undefined || !attributes.name || !attributes.label)
		throw new Error(`Not a field: ${text}`);
	return attributes;
}

function toField(attributes) {
	const id = `node-${'config' in attributes ? 'config-' : ''}input-${attributes.name}`;
	const data = Object.entries(attributes).filter(([name]) => name.startsWith('data-'));
	const kind = 'pick' in attributes ? 'form-row saoke-with-button' : 'form-row';
	const row = `<div class="${kind}"${data.map(([name, value]) => ` ${name}="${value}"`).join('')}>`;
	if ('check' in attributes) {
		const label = `<label for="${id}" data-i18n="${attributes.label}"></label>`;
		return [row, `\t<input type="checkbox" id="${id}">`, `\t${label}`, '</div>'].join('\n');
	}
	const text = `<i class="fa fa-${attributes.icon}"></i> <span data-i18n="${attributes.label}"></span>`;
	const input = attributes.options === undefined ? toInput(id, attributes) : toSelect(id, attributes.options);
	const lines = [row, `\t<label for="${id}">${text}</label>`, ...input.map((line) => `\t${line}`)];
	return [...lines, ...('pick' in attributes ? toLoader(attributes.name) : ['</div>'])].join('\n');
}

function toInput(id, { placeholder = '', ...attributes }) {
	const shown = KEY.test(placeholder) ? ` data-i18n="[placeholder]${placeholder}"` : ` placeholder="${placeholder}"`;
	const kind = 'secret' in attributes ? ['password', ' autocomplete="new-password"'] : ['text', ''];
	const input = `<input type="${kind[0]}" id="${id}"${placeholder === '' ? '' : shown}${kind[1]}>`;
	return 'typed' in attributes || 'pick' in attributes ? [input, `<input type="hidden" id="${id}Type">`] : [input];
}

/** The end of a row with a list. */
function toLoader(name) {
	return [
		`\t<button type="button" class="red-ui-button" id="saoke-${name}-load" data-i18n="[title]common.load"><i class="fa fa-refresh"></i></button>`,
		'</div>',
		`<div class="saoke-message" id="saoke-${name}-message" role="status"></div>`,
	];
}

function toSelect(id, options) {
	const pairs = options.split(/\s+/).filter(Boolean);
	const lines = pairs.map((pair) => {
		const at = pair.indexOf('=');
		return `\t<option value="${pair.slice(0, at)}" data-i18n="${pair.slice(at + 1)}"></option>`;
	});
	return [`<select id="${id}">`, ...lines, '</select>'];
}

module.exports = { expandDialog };
