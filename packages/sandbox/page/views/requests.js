/** The calls that reached the Casso API, newest first. */
import { get } from '../api.js';
import { cassoCurl } from '../curl.js';
import { fill, h } from '../dom.js';
import { clock } from '../format.js';
import { t } from '../i18n.js';
import { listen } from '../live.js';
import { badge, card, copyButton, heading, row } from '../parts.js';
import { recentCalls, statusBadge } from './recentCalls.js';

const SHOWN = 200;

export function openRequests(place) {
	const calls = recentCalls({
		caption: t('requests.caption'),
		shown: SHOWN,
		fetchCalls: async () => (await get(`/casso/requests?limit=${String(SHOWN)}`)).requests.reverse(),
		createRow: requestRow,
	});
	fill(
		place,
		heading(t('nav.requests')),
		card(t('requests.caption'), h('p', { class: 'lead' }, t('requests.lead')), calls.list),
	);
	return listen((event) => {
		if (event.type === 'reset' || event.type === 'reload') calls.load();
		if (event.type === 'request') calls.take(event.request);
	});
}

function requestRow(request) {
	const { at, method, path, query, authScheme, status, durationMs, faults, body } = request;
	const search = new URLSearchParams(
		Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
	).toString();
	return row({
		time: clock(at),
		call: [
			h('span', { class: 'url' }, `${method} ${path}${search === '' ? '' : `?${search}`}`),
			h('span', { class: 'sub' }, authScheme === null ? t('requests.noKey') : `Authorization: ${authScheme} ••••`),
			body !== undefined && body !== null && h('span', { class: 'sub url' }, JSON.stringify(body)),
		],
		answer: [
			statusBadge(status),
			faults.map((kind) => badge(t(`fault.${kind}`), 'warn')),
			h('span', { class: 'sub' }, `${String(durationMs ?? '–')} ms`),
		],
		action: copyButton(() => cassoCurl(request), t('copyCurl'), { data: { focus: 'curl' } }),
	});
}
