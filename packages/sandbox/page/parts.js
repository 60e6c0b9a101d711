/** Parts that every view is made of. */
import { h } from './dom.js';
import { count } from './format.js';
import { t } from './i18n.js';
import { attempt, notify } from './notice.js';

let nextId = 1;

/** An id that no other element has. */
export function freshId() {
	nextId += 1;
	return `e${String(nextId)}`;
}

export function heading(text, ...beside) {
	return h(
		'div',
		{ class: 'heading' },
		h('h1', { tabindex: '-1' }, text),
		beside.length > 0 && h('div', { class: 'actions' }, ...beside),
	);
}

/** A titled region. */
export function card(title, ...children) {
	const id = freshId();
	return h('section', { class: 'card', 'aria-labelledby': id }, h('h2', { id }, title), ...children);
}

export function badge(text, tone = '') {
	return h('span', { class: `badge ${tone}` }, text);
}

/**
 * A button whose work may fail; it cannot be pressed again while it runs.
 * @param {string} text @param {() => any} work @param {Record<string, any>} [props]
 */
export function button(text, work, props = {}) {
	const element = h('button', { type: 'button', ...props }, text);
	element.addEventListener('click', async () => {
		element.setAttribute('aria-disabled', 'true');
		if (element.dataset.busy === 'yes') return;
		element.dataset.busy = 'yes';
		await attempt(async () => work());
		delete element.dataset.busy;
		element.removeAttribute('aria-disabled');
	});
	return element;
}

/**
 * A label with its field and a hint.
 * @param {string} label @param {any} input @param {string} [hint]
 */
export function field(label, input, hint) {
	input.id ||= freshId();
	const hintId = hint === undefined ? null : freshId();
	if (hintId !== null) input.setAttribute('aria-describedby', hintId);
	return h(
		'div',
		{ class: 'field' },
		h('label', { for: input.id }, label),
		input,
		hint !== undefined && h('p', { class: 'hint', id: hintId }, hint),
	);
}

/** A check box with its label and a line of explanation. */
export function check(label, input, hint) {
	input.id ||= freshId();
	const hintId = freshId();
	if (hint !== undefined) input.setAttribute('aria-describedby', hintId);
	return h(
		'div',
		{ class: 'check' },
		input,
		h(
			'div',
			{},
			h('label', { for: input.id }, label),
			hint !== undefined && h('p', { class: 'hint', id: hintId }, hint),
		),
	);
}

/** @param {[value: string, text: string][]} choices */
export function select(choices, value, props = {}) {
	const element = h(
		'select',
		props,
		choices.map(([choice, text]) => h('option', { value: choice }, text)),
	);
	element.value = value;
	return element;
}

/**
 * A table with a caption for those who do not see it. Roles are spelt out, since narrow screens lay rows out as blocks.
 * @param {string} caption
 * @param {{ name: string, title: string }[]} columns
 * @returns {{ table: HTMLElement, body: HTMLElement }}
 */
export function table(caption, columns, className = '') {
	const head = h(
		'thead',
		{ role: 'rowgroup' },
		h(
			'tr',
			{ role: 'row' },
			columns.map(({ name, title }) => h('th', { scope: 'col', role: 'columnheader', data: { col: name } }, title)),
		),
	);
	const body = h('tbody', { role: 'rowgroup' });
	return {
		table: h('table', { role: 'table', class: className }, h('caption', { class: 'hidden' }, caption), head, body),
		body,
	};
}

/** @param {Record<string, any>} cells content by column; @param {Record<string, string>} labels shown before each on narrow screens */
export function row(cells, labels = {}) {
	return h(
		'tr',
		{ role: 'row' },
		Object.entries(cells).map(([name, content]) =>
			h(
				'td',
				{ role: 'cell', data: labels[name] === undefined ? { col: name } : { col: name, label: labels[name] } },
				content,
			),
		),
	);
}

export function empty(text, ...more) {
	return h('div', { class: 'empty' }, h('p', {}, text), ...more);
}

/** Copies a text. @param {() => string} text */
export function copyButton(text, label = t('copy'), props = {}) {
	return button(
		label,
		async () => {
			await copyText(text());
			notify(t('copied'));
		},
		{ class: 'quiet', ...props },
	);
}

/** Puts a text on the clipboard. @param {string} text */
export async function copyText(text) {
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		// Not every browser lets a page at a plain address use the clipboard.
		const area = h('textarea', { class: 'hidden' });
		area.value = text;
		document.body.append(area);
		area.select();
		document.execCommand('copy');
		area.remove();
	}
}

/**
 * Steps through a long list.
 * @param {{ offset: number, size: number, total: number, go: (offset: number) => any }} state
 */
export function pager({ offset, size, total, go }) {
	const last = Math.max(0, Math.floor((total - 1) / size) * size);
	const step = (text, label, target, isOff) =>
		button(text, () => go(target), { class: 'quiet', 'aria-label': label, disabled: isOff, data: { focus: label } });
	return h(
		'nav',
		{ class: 'pager', 'aria-label': t('pager.label') },
		step('«', t('pager.first'), 0, offset === 0),
		step('‹', t('pager.previous'), Math.max(0, offset - size), offset === 0),
		h(
			'span',
			{ role: 'status' },
			total === 0
				? '0'
				: t('pager.range', { from: count(offset + 1), to: count(Math.min(total, offset + size)), total: count(total) }),
		),
		step('›', t('pager.next'), offset + size, offset >= last),
		step('»', t('pager.last'), last, offset >= last),
	);
}

/** A dialog that is closed by its button or Escape. @param {(close: () => void) => any[]} content */
export function dialog(title, content) {
	const id = freshId();
	const box = h('dialog', { 'aria-labelledby': id });
	const close = () => box.close();
	box.append(h('h2', { id }, title));
	for (const child of content(close)) if (child) box.append(child);
	box.addEventListener('close', () => box.remove());
	document.body.append(box);
	box.showModal();
	return close;
}

/** Asks before something that cannot be undone. @returns {Promise<boolean>} */
export function confirmed(question, verb) {
	return new Promise((resolve) => {
		let answer = false;
		const close = dialog(question, (shut) => [
			h(
				'div',
				{ class: 'actions' },
				button(t('cancel'), shut, { class: 'quiet' }),
				button(
					verb,
					() => {
						answer = true;
						shut();
					},
					{ class: 'danger' },
				),
			),
		]);
		void close;
		document.querySelector('dialog[open]')?.addEventListener('close', () => resolve(answer));
	});
}

/** A field for whole VND that separates thousands while one types. @param {number} vnd */
export function moneyInput(vnd, className = '') {
	const input = h('input', {
		type: 'text',
		inputmode: 'numeric',
		required: true,
		value: count(vnd),
		autocomplete: 'off',
		class: className,
	});
	input.addEventListener('input', () => {
		const digits = input.value.replace(/\D/g, '').slice(0, 15);
		input.value = digits === '' ? '' : count(Number(digits));
	});
	return input;
}

/** What such a field holds. */
export function moneyOf(input) {
	return Number(input.value.replace(/\D/g, ''));
}

/** A code block. */
export function code(text, label) {
	return h('pre', { tabindex: '0', 'aria-label': label, role: 'region' }, h('code', {}, text));
}
