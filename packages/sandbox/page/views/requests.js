/** The calls that reached the Casso API, newest first. */
import { get } from '../api.js';
import { cassoCurl } from '../curl.js';
import { fill, h, patch } from '../dom.js';
import { clock } from '../format.js';
import { t } from '../i18n.js';
import { gathered, listen } from '../live.js';
import { attempt } from '../notice.js';
import { badge, card, copyButton, empty, heading, row, table } from '../parts.js';

const SHOWN = 200;

export function openRequests(place) {
	const { table: element, body } = table(t('requests.caption'), ['time', 'call', 'answer', 'action'].map((name) => ({ name, title: t(`requests.${name}`) })), 'requests');
	const list = h('div', { class: 'scroll' });
	fill(place, heading(t('nav.requests')), card(t('requests.caption'), h('p', { class: 'lead' }, t('requests.lead')), list));
	let known = [];
	const draw = () => {
		if (known.length === 0) {
			fill(list, empty(t('requests.none'), h('a', { href: '#/connect' }, t('nav.connect'))));
			return;
		}
		if (!list.contains(element)) fill(list, element);
		patch(body, known, (request) => request.id, requestRow);
	};
	const load = async () => {
		const { requests } = await get(`/casso/requests?limit=${String(SHOWN)}`);
		known = requests.reverse();
		draw();
	};
	void attempt(load);
	const drawSoon = gathered(draw, 60);
	return listen((event) => {
		if (event.type === 'reset' || event.type === 'reload') void attempt(load);
		if (event.type !== 'request') return;
		known = [event.request, ...known.filter(({ id }) => id !== event.request.id)].sort((a, b) => b.id - a.id).slice(0, SHOWN);
		drawSoon();
	});
}

export function statusBadge(status) {
	if (status === null) return badge(t('requests.noAnswer'), 'bad');
	return badge(String(status), status < 400 ? 'good' : 'bad');
}

function requestRow(request) {
	const { at, method, path, query, authScheme, status, durationMs, faults, body } = request;
	const search = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]))).toString();
	return row({
		time: clock(at),
		call: [h('span', { class: 'url' }, `${method} ${path}${search === '' ? '' : `?${search}`}`),
			h('span', { class: 'sub' }, authScheme === null ? t('requests.noKey') : `Authorization: ${authScheme} ••••`),
			body !== undefined && body !== null && h('span', { class: 'sub url' }, JSON.stringify(body))],
		answer: [statusBadge(status), faults.map((kind) => badge(t(`fault.${kind}`), 'warn')), h('span', { class: 'sub' }, `${String(durationMs ?? '–')} ms`)],
		action: copyButton(() => cassoCurl(request), t('copyCurl'), { data: { focus: 'curl' } }),
	});
}
