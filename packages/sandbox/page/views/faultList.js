/** Faults of one group as switches, each with what it does and its settings. */
import { get, post, remove } from '../api.js';
import { fill, h } from '../dom.js';
import { t } from '../i18n.js';
import { attempt, notify } from '../notice.js';
import { badge, button, card, check, field, freshId, select } from '../parts.js';

/** @param {'api' | 'delivery' | 'partner'} group @param {string} path of the set in the control API */
export function faultList(group, path) {
	const list = h('ul', { class: 'faults' });
	let items = [];
	const load = async () => {
		const { faults, kinds } = await get(path);
		if (items.length === 0) {
			items = kinds.map((form) => faultItem(form, path, load));
			fill(
				list,
				items.map(({ element }) => element),
			);
		}
		for (const item of items) item.show(faults.filter(({ rule }) => rule.kind === item.kind));
	};
	const allOff = button(
		t('faults.allOff'),
		async () => {
			await remove(path);
			await load();
		},
		{ class: 'quiet' },
	);
	void attempt(load);
	return { element: card(t(`faults.${group}`), list, h('div', { class: 'actions' }, allOff)), load };
}

/** @param {{ kind: string, fields: any[], preset: object }} form as the control API describes it */
function faultItem({ kind, fields, preset }, path, reload) {
	const name = t(`fault.${kind}`);
	const titleId = freshId();
	const whyId = freshId();
	const inputs = fields.map((spec) => ({ spec, input: makeInput(spec) }));
	const acted = h('span', {});
	let active = [];
	const toggle = h('input', {
		type: 'checkbox',
		role: 'switch',
		'aria-labelledby': titleId,
		'aria-describedby': whyId,
	});
	toggle.addEventListener(
		'change',
		() =>
			void attempt(async () => {
				try {
					if (toggle.checked) await post(path, { kind, ...preset, ...readInputs(inputs) });
					else for (const { id } of active) await remove(`${path}/${String(id)}`);
					notify(t(toggle.checked ? 'faults.on' : 'faults.off', { name }));
				} finally {
					await reload();
				}
			}),
	);
	const element = h(
		'li',
		{ class: 'fault' },
		toggle,
		h(
			'div',
			{},
			h('p', { class: 'name' }, h('span', { id: titleId }, name), ' ', acted),
			h('p', { class: 'hint', id: whyId }, t(`fault.${kind}.does`)),
			h(
				'details',
				{},
				h('summary', { 'aria-label': t('faults.settings', { name }) }, '⋯'),
				h(
					'div',
					{ class: 'settings' },
					inputs.map(({ spec, input }) =>
						spec.type === 'flag' ? check(t(`field.${spec.name}`), input) : field(t(`field.${spec.name}`), input),
					),
				),
			),
		),
	);
	return {
		kind,
		element,
		show(rules) {
			active = rules;
			toggle.checked = rules.length > 0;
			element.classList.toggle('on', rules.length > 0);
			fill(
				acted,
				rules.some((rule) => rule.acted > 0) &&
					badge(t('faults.acted', { count: rules.reduce((sum, rule) => sum + rule.acted, 0) }), 'warn'),
			);
		},
	};
}

function makeInput({ type, value, choices = [] }) {
	if (type === 'flag') return h('input', { type: 'checkbox' });
	if (type === 'choice')
		return select(
			choices.map((choice) => [choice, choice]),
			value,
		);
	return h(
		'input',
		type === 'number' ? { type: 'number', step: 'any', value: value ?? '' } : { type: 'text', value: value ?? '' },
	);
}

/** What was filled in, as the control API takes it. */
function readInputs(inputs) {
	const given = {};
	for (const { spec, input } of inputs) {
		if (spec.type === 'flag') {
			if (input.checked) given[spec.name] = true;
		} else if (input.value !== '') given[spec.name] = spec.type === 'number' ? Number(input.value) : input.value;
	}
	return given;
}
