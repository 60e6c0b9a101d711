/** The signed calls that reached the Simplize service; for a refused one, why. */
import { get } from '../api.js';
import { simplizeCurl } from '../curl.js';
import { h } from '../dom.js';
import { clock } from '../format.js';
import { t } from '../i18n.js';
import { badge, card, copyButton, row } from '../parts.js';
import { recentCalls, statusBadge } from './recentCalls.js';

const SHOWN = 50;

export function callLog() {
	const calls = recentCalls({
		caption: t('simplize.calls'),
		shown: SHOWN,
		fetchCalls: async () => (await get('/simplize/requests')).requests.slice(-SHOWN).reverse(),
		createRow: callRow,
	});
	return {
		element: card(t('simplize.calls'), h('p', { class: 'lead' }, t('simplize.callsLead')), calls.list),
		take(event) {
			if (event.type === 'partnerReset' || event.type === 'reload') calls.load();
			if (event.type === 'call') calls.take(event.call);
		},
	};
}

function callRow(call) {
	const { at, method, path, query, body, status, durationMs, refusal, hint, faults } = call;
	return row({
		time: clock(at),
		call: [
			h('span', { class: 'url' }, `${method} ${path}`),
			query !== '' && h('span', { class: 'sub url' }, `?${query}`),
			body !== '' && h('span', { class: 'sub url' }, body),
		],
		answer: [
			statusBadge(status),
			faults.map((kind) => badge(t(`fault.${kind}`), 'warn')),
			refusal !== null && h('span', { class: 'failure' }, refusal),
			hint !== null && h('span', { class: 'sub' }, t('simplize.hint', { hint })),
			h('span', { class: 'sub' }, `${String(durationMs ?? '–')} ms`),
		],
		action: copyButton(() => simplizeCurl(call), t('copyCurl'), { data: { focus: 'curl' } }),
	});
}
