/** One delivery: every attempt with its exact bytes, and how its proof was computed. */
import { get, post } from '../api.js';
import { until } from '../countdown.js';
import { deliveryCurl } from '../curl.js';
import { fill, h, patch } from '../dom.js';
import { byteCount, clock, count, dateTime, hexDump } from '../format.js';
import { t } from '../i18n.js';
import { gathered, listen } from '../live.js';
import { attempt, notify } from '../notice.js';
import { badge, button, card, code, copyButton, heading } from '../parts.js';
import { proofPart } from './proof.js';
import { STATE_TONES, whatOf } from './deliveryTable.js';

export function openDelivery(place, idText) {
	const id = Number(idText);
	const facts = h('dl', { class: 'facts' });
	const attempts = h('ol', { class: 'attempts' });
	fill(
		place,
		h('p', { class: 'back' }, h('a', { href: '#/deliveries' }, `‹ ${t('nav.deliveries')}`)),
		heading(
			t('deliveries.link', { id }),
			button(
				t('resend'),
				async () => {
					await post(`/casso/deliveries/${String(id)}/resend`);
					notify(t('resent'));
				},
				{ class: 'primary' },
			),
		),
		card(t('delivery.facts'), facts),
		card(t('delivery.attempts'), attempts),
	);
	const load = async () => {
		const { delivery } = await get(`/casso/deliveries/${String(id)}`);
		drawFacts(facts, delivery);
		const shown = delivery.attempts.map((one, position) => ({ ...one, position })).reverse();
		patch(
			attempts,
			shown,
			({ position }) => position,
			(one) => attemptItem(id, one, one.position === delivery.attempts.length - 1),
		);
		if (shown.length === 0) fill(attempts, h('li', { class: 'empty' }, t('delivery.notYet')));
	};
	void attempt(load);
	const reload = gathered(() => void attempt(load), 50);
	return listen((event) => {
		if ((event.type === 'delivery' && event.delivery.id === id) || event.type === 'reload') reload();
	});
}

function drawFacts(place, delivery) {
	const last = delivery.attempts.at(-1);
	const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));
	fill(
		place,
		fact(t('deliveries.state'), badge(t(`state.${delivery.state}`), STATE_TONES[delivery.state])),
		fact(t('deliveries.what'), whatOf(delivery)),
		fact(t('webhook'), h('a', { href: '#/webhooks' }, t('webhook.short', { id: delivery.webhookId }))),
		fact(t('delivery.created'), dateTime(delivery.createdAt)),
		fact(t('deliveries.next'), delivery.state === 'pending' && last?.nextRetryAt ? until(last.nextRetryAt) : '–'),
	);
}

function attemptItem(id, one, isOpen) {
	const tone = one.success ? 'good' : 'bad';
	return h(
		'li',
		{},
		h(
			'details',
			{ open: isOpen },
			h(
				'summary',
				{},
				h('strong', {}, t('delivery.attempt', { number: one.number })),
				badge(one.success ? String(one.response?.status) : t('delivery.failed'), tone),
				one.purpose !== 'scheduled' && badge(t(`purpose.${one.purpose}`)),
				one.faults.map((kind) => badge(t(`fault.${kind}`), 'warn')),
				h('span', { class: 'sub' }, `${clock(one.startedAt)} · ${String(one.durationMs)} ms`),
			),
			one.failure !== null && h('p', { class: 'failure' }, one.failure),
			one.nextRetryAt !== null && h('p', {}, t('delivery.retryPlanned'), ' ', until(one.nextRetryAt)),
			h('h3', {}, t('delivery.request')),
			requestPart(one.request),
			h('h3', {}, t('delivery.proof')),
			proofPart(id, one.position),
			h('h3', {}, t('delivery.answer')),
			answerPart(one),
		),
	);
}

function headerLines(headers) {
	return Object.entries(headers)
		.map(([name, value]) => `${name}: ${String(value)}`)
		.join('\n');
}

function requestPart(request) {
	const { pathname, search } = new URL(request.url);
	const wire = `POST ${pathname}${search} HTTP/1.1\n${headerLines(request.headers)}`;
	const dump = h('div', {});
	const showBytes = h(
		'details',
		{ class: 'bytes' },
		h('summary', {}, t('delivery.bytes', { count: count(byteCount(request.body)) })),
		dump,
	);
	// Only made when asked for: a long memo has many lines.
	showBytes.addEventListener('toggle', () =>
		fill(dump, showBytes.open && code(hexDump(request.body), t('delivery.bytesLabel'))),
	);
	return h(
		'div',
		{},
		code(wire, t('delivery.headers')),
		code(request.body, t('delivery.body')),
		showBytes,
		h(
			'div',
			{ class: 'actions' },
			copyButton(() => request.body, t('delivery.copyBody')),
			copyButton(() => deliveryCurl(request), t('copyCurl')),
		),
	);
}

function answerPart({ response }) {
	if (response === null) return h('p', { class: 'hint' }, t('delivery.noAnswer'));
	const text = `HTTP ${String(response.status)}\n${headerLines(response.headers)}\n\n${response.body}`;
	return code(text, t('delivery.answer'));
}
