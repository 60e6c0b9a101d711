/** Keeps every "in so many seconds" on the page right. */
import { h } from './dom.js';
import { clock, span } from './format.js';
import { t } from './i18n.js';

/** A moment to come, with how long that is from now. @param {string} moment ISO 8601 */
export function until(moment) {
	const left = h('span', { data: { until: moment } }, leftText(moment));
	return h('span', { class: 'until' }, h('time', { datetime: moment }, clock(moment)), ' ', left);
}

function leftText(moment) {
	const ms = Date.parse(moment) - Date.now();
	return ms > 0 ? t('until', { span: span(ms) }) : t('until.now');
}

export function startCountdowns() {
	setInterval(() => {
		for (const element of document.querySelectorAll('[data-until]'))
			element.textContent = leftText(/** @type {HTMLElement} */ (element).dataset.until);
	}, 1_000);
}
