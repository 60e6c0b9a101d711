/** Faults and switches of the Casso service. */
import { fill, h } from '../dom.js';
import { t } from '../i18n.js';
import { gathered, listen } from '../live.js';
import { attempt } from '../notice.js';
import { heading } from '../parts.js';
import { faultList } from './faultList.js';
import { switchList } from './switchList.js';

export function openFaults(place) {
	const api = faultList('api', '/casso/faults');
	const delivery = faultList('delivery', '/casso/delivery-faults');
	const switches = switchList(t('switches.casso'), '/casso/quirks');
	fill(
		place,
		heading(t('nav.faults')),
		h('p', { class: 'lead' }, t('faults.lead')),
		h('div', { class: 'columns even' }, delivery.element, api.element),
		switches.element,
	);
	const reload = gathered(() => void attempt(() => Promise.all([api.load(), delivery.load()])), 300);
	return listen(({ type }) => {
		// A fault that has acted often enough goes out by itself.
		if (['delivery', 'request', 'reset', 'reload'].includes(type)) reload();
		if (type === 'reset' || type === 'reload') void attempt(switches.load);
	});
}
