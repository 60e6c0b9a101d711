/** The signed calls that reached the Simplize half; for a refused one, why. */
import { get } from '../api.js';
import { simplizeCurl } from '../curl.js';
import { fill, h, patch } from '../dom.js';
import { clock } from '../format.js';
import { t } from '../i18n.js';
import { gathered } from '../live.js';
import { attempt } from '../notice.js';
import { badge, card, copyButton, empty, row, table } from '../parts.js';
import { statusBadge } from './requests.js';

const SHOWN = 50;

export function callLog() {
	const { table: element, body } = table(t('simplize.calls'), ['time', 'call', 'answer', 'action'].map((name) => ({ name, title: t(`requests.${name}`) })), 'requests');
	const list = h('div', { class: 'scroll' });
	let known = [];
	const draw = () => {
		if (known.length === 0) {
			fill(list, empty(t('requests.none'), h('a', { href: '#/connect' }, t('nav.connect'))));
			return;
		}
		if (!list.contains(element)) fill(list, element);
		patch(body, known, (call) => call.id, callRow);
	};
	const load = async () => {
		const { requests } = await get('/simplize/requests');
		known = requests.slice(-SHOWN).reverse();
		draw();
	};
	void attempt(load);
	const drawSoon = gathered(draw, 60);
	return {
		element: card(t('simplize.calls'), h('p', { class: 'lead' }, t('simplize.callsLead')), list),
		take(event) {
			if (event.type === 'partnerReset' || event.type === 'reload') void attempt(load);
			if (event.type !== 'call') return;
			known = [event.call, ...known.filter(({ id }) => id !== event.call.id)].sort((a, b) => b.id - a.id).slice(0, SHOWN);
			drawSoon();
		},
	};
}

function callRow(call) {
	const { at, method, path, query, body, status, durationMs, refusal, hint, faults } = call;
	return row({
		time: clock(at),
		call: [h('span', { class: 'url' }, `${method} ${path}`), query !== '' && h('span', { class: 'sub url' }, `?${query}`), body !== '' && h('span', { class: 'sub url' }, body)],
		answer: [statusBadge(status), faults.map((kind) => badge(t(`fault.${kind}`), 'warn')),
			refusal !== null && h('span', { class: 'failure' }, refusal), hint !== null && h('span', { class: 'sub' }, t('simplize.hint', { hint })),
			h('span', { class: 'sub' }, `${String(durationMs ?? '–')} ms`)],
		action: copyButton(() => simplizeCurl(call), t('copyCurl'), { data: { focus: 'curl' } }),
	});
}
