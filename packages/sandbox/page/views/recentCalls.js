/** The calls that reached an API, newest first, and new ones as they come. */
import { fill, h, patch } from '../dom.js';
import { t } from '../i18n.js';
import { gathered } from '../live.js';
import { attempt } from '../notice.js';
import { badge, empty, table } from '../parts.js';

/** How long new calls are gathered before they are drawn. */
const GATHERED_MS = 60;

/**
 * @param shown most calls in the list
 * @param fetchCalls gives the calls, newest first
 * @param createRow draws one of them
 */
export function recentCalls({ caption, shown, fetchCalls, createRow }) {
	const { table: element, body } = table(
		caption,
		['time', 'call', 'answer', 'action'].map((name) => ({ name, title: t(`requests.${name}`) })),
		'requests',
	);
	const list = h('div', { class: 'scroll' });
	let known = [];
	const draw = () => {
		if (known.length === 0) {
			fill(list, empty(t('requests.none'), h('a', { href: '#/connect' }, t('nav.connect'))));
			return;
		}
		if (!list.contains(element)) fill(list, element);
		patch(body, known, (call) => call.id, createRow);
	};
	const load = () =>
		void attempt(async () => {
			known = await fetchCalls();
			draw();
		});
	const drawSoon = gathered(draw, GATHERED_MS);
	load();
	return {
		list,
		load,
		take(call) {
			known = [call, ...known.filter(({ id }) => id !== call.id)].sort((a, b) => b.id - a.id).slice(0, shown);
			drawSoon();
		},
	};
}

export function statusBadge(status) {
	if (status === null) return badge(t('requests.noAnswer'), 'bad');
	return badge(String(status), status < 400 ? 'good' : 'bad');
}
