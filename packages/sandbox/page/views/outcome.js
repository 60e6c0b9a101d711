/** What became of the transfer that was just made, right below its button: booked, and each delivery of it as it goes on. */
import { fill, h, patch } from '../dom.js';
import { t } from '../i18n.js';
import { badge } from '../parts.js';
import { answerOf, STATE_TONES } from './deliveryTable.js';

const SHOWN = 3;

/** @returns `begin` before the transfer is made, `end` after it, and every event to `take` */
export function transferOutcome() {
	const booked = h('p', { class: 'booked' });
	const list = h('ul', {});
	const element = h('div', { class: 'outcome', role: 'status' });
	/** Deliveries since the transfer began: one may be over before the transfer's own answer is here. */
	const since = new Map();
	let transactionId = null;
	const draw = () => {
		const own = [...since.values()].filter(({ transactionIds }) => transactionIds.includes(transactionId));
		patch(list, own.slice(0, SHOWN), (delivery) => delivery.id, deliveryLine);
		element.scrollIntoView({ block: 'nearest' });
	};
	return {
		element,
		begin() {
			since.clear();
			transactionId = null;
			fill(list);
			fill(element);
		},
		/**
		 * @param {string} text what was booked
		 * @param {number | null} id of the transaction whose deliveries are shown
		 * @param {any} [instead] what is shown if there will be none
		 */
		end(text, id, instead) {
			transactionId = id;
			fill(element, fill(booked, text), list, instead);
			draw();
		},
		take(event) {
			if (event.type !== 'delivery') return;
			since.set(event.delivery.id, event.delivery);
			if (transactionId !== null) draw();
		},
	};
}

function deliveryLine({ id, state, webhookId, last }) {
	return h(
		'li',
		{},
		badge(t(`state.${state}`), STATE_TONES[state]),
		' ',
		h('a', { href: `#/deliveries/${String(id)}`, data: { focus: 'open' } }, t('deliveries.link', { id })),
		h('span', { class: 'sub' }, `${t('webhook.short', { id: webhookId })} · ${answerOf(last)}`),
	);
}
