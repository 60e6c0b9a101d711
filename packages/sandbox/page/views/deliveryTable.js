/** Deliveries as rows that change while they are tried again. */
import { get, post, query } from '../api.js';
import { until } from '../countdown.js';
import { fill, h, patch } from '../dom.js';
import { clock } from '../format.js';
import { t } from '../i18n.js';
import { gathered } from '../live.js';
import { attempt, say } from '../notice.js';
import { badge, button, empty, row, table } from '../parts.js';

export const STATE_TONES = { pending: 'info', succeeded: 'good', failed: 'bad', missed: 'warn', dropped: 'warn' };

/** @param {number} limit how many are shown, the newest first */
export function deliveryTable(limit) {
	const names = ['state', 'what', 'answer', 'next', 'action'];
	const { table: element, body } = table(
		t('deliveries.caption'),
		names.map((name) => ({ name, title: t(`deliveries.${name}`) })),
		'deliveries',
	);
	const place = h('div', { class: 'scroll' });
	const known = new Map();
	let filter = {};
	const draw = () => {
		const shown = [...known.values()].sort((a, b) => b.id - a.id).slice(0, limit);
		for (const id of known.keys()) if (!shown.some((delivery) => delivery.id === id)) known.delete(id);
		if (shown.length === 0) {
			fill(place, empty(t('deliveries.none')));
			return;
		}
		if (!place.contains(element)) fill(place, element);
		patch(body, shown, (delivery) => delivery.id, deliveryRow);
	};
	const drawSoon = gathered(draw, 30);
	const load = async () => {
		const { deliveries } = await get(`/casso/deliveries${query({ view: 'summary', limit, ...filter })}`);
		known.clear();
		for (const delivery of deliveries) known.set(delivery.id, delivery);
		draw();
	};
	const reload = gathered(() => void attempt(load));
	return {
		element: place,
		load,
		async narrow(wanted) {
			filter = wanted;
			await load();
		},
		take(event) {
			if (event.type === 'reset' || event.type === 'reload') reload();
			if (event.type !== 'delivery') return;
			if (Object.keys(filter).length > 0) {
				reload();
				return;
			}
			sayOutcome(known.get(event.delivery.id), event.delivery);
			known.set(event.delivery.id, event.delivery);
			drawSoon();
		},
	};
}

function sayOutcome(before, { id, state }) {
	if (before?.state !== state && state !== 'pending') say(t('deliveries.said', { id, state: t(`state.${state}`) }));
}

export function whatOf({ kind, transactionIds }) {
	if (kind !== 'transactions') return t(`kind.${kind}`);
	return transactionIds.length === 1
		? t('deliveries.one', { id: transactionIds[0] })
		: t('deliveries.many', { count: transactionIds.length });
}

export function answerOf(last) {
	if (last === null) return '–';
	return last.success ? `${String(last.status)} · ${String(last.durationMs)} ms` : last.failure;
}

function deliveryRow(delivery) {
	const { id, state, webhookId, attempts, last, createdAt } = delivery;
	return row(
		{
			state: [badge(t(`state.${state}`), STATE_TONES[state]), h('span', { class: 'sub' }, clock(createdAt))],
			what: [
				h('a', { href: `#/deliveries/${String(id)}`, data: { focus: 'open' } }, t('deliveries.link', { id })),
				h('span', { class: 'sub' }, `${whatOf(delivery)} → ${t('webhook.short', { id: webhookId })}`),
			],
			answer: [
				h('span', { class: last !== null && !last.success ? 'failure' : '' }, answerOf(last)),
				h('span', { class: 'sub' }, t('deliveries.attempts', { count: attempts })),
			],
			next: state === 'pending' && last?.nextRetryAt ? until(last.nextRetryAt) : null,
			action: button(t('resend'), () => post(`/casso/deliveries/${String(id)}/resend`), {
				class: 'quiet',
				'aria-label': t('deliveries.resend', { id }),
				data: { focus: 'resend' },
			}),
		},
		{ next: t('deliveries.next') },
	);
}
