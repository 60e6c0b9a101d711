/** Says something to the person at the page: shown for a while, and read out. */
import { h } from './dom.js';
import { t } from './i18n.js';

const SHOWN_MS = 6_000;

/** @param {string} text @param {'good' | 'bad'} [tone] */
export function notify(text, tone = 'good') {
	const box = h('div', { class: `notice ${tone}`, role: tone === 'bad' ? 'alert' : 'status' }, h('p', {}, text));
	const close = () => box.remove();
	box.append(
		h('button', { type: 'button', class: 'quiet', 'aria-label': t('notice.close'), on: { click: close } }, '×'),
	);
	document.getElementById('notices')?.append(box);
	setTimeout(close, tone === 'bad' ? SHOWN_MS * 2 : SHOWN_MS);
}

/** Only read out, by those who do not see. */
export function say(text) {
	const place = document.getElementById('said');
	if (place !== null) place.textContent = text;
}

/** Runs work and shows why it failed, if it does. @param {() => Promise<any>} work */
export async function attempt(work) {
	try {
		return await work();
	} catch (error) {
		notify(error instanceof Error ? error.message : String(error), 'bad');
		return undefined;
	}
}
