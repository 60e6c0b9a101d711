/** The switches of one service: what sources disagree about, or do not say. */
import { change, get, remove } from '../api.js';
import { fill, h } from '../dom.js';
import { t } from '../i18n.js';
import { attempt, notify } from '../notice.js';
import { button, card, field, select } from '../parts.js';

/** @param {string} title @param {string} path of the switches in the control API @param {(() => any)[]} beside more content */
export function switchList(title, path, ...beside) {
	const place = h('div', { class: 'switches' });
	const draw = ({ quirks, choices }, known = choices) => {
		fill(
			place,
			Object.entries(quirks).map(([name, value]) => switchField(name, value, known[name])),
		);
	};
	const switchField = (name, value, choices) => {
		const input = inputFor(value, choices);
		input.addEventListener(
			'change',
			() =>
				void attempt(async () => {
					try {
						await change(path, { [name]: readInput(input, value, choices) });
						notify(t('switches.changed', { name: t(`switch.${name}`) }));
					} catch (error) {
						await load();
						throw error;
					}
				}),
		);
		return field(t(`switch.${name}`), input, name);
	};
	const load = async () => draw(await get(path));
	void attempt(load);
	const reset = button(
		t('switches.reset'),
		async () => {
			await remove(path);
			await load();
		},
		{ class: 'quiet' },
	);
	return {
		element: card(
			title,
			h('p', { class: 'lead' }, t('switches.lead')),
			...beside,
			place,
			h('div', { class: 'actions' }, reset),
		),
		load,
	};
}

function inputFor(value, choices) {
	if (choices !== undefined)
		return select(
			choices.map((choice) => [String(choice), String(choice)]),
			String(value),
		);
	if (typeof value === 'boolean')
		return select(
			[
				['false', 'false'],
				['true', 'true'],
			],
			String(value),
		);
	return h('input', { type: 'number', value: value ?? '' });
}

function readInput(input, before, choices) {
	if (choices !== undefined) return choices.find((choice) => String(choice) === input.value);
	if (typeof before === 'boolean') return input.value === 'true';
	return input.value === '' ? null : Number(input.value);
}
