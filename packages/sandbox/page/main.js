/** The frame of the page: header, navigation, and the view that the address names. */
import { fill, h } from './dom.js';
import { chooseLanguage, currentLanguage, t } from './i18n.js';
import { startLive, watchConnection } from './live.js';
import { startCountdowns } from './countdown.js';
import { openConnect } from './views/connect.js';
import { openDeliveries } from './views/deliveries.js';
import { openDelivery } from './views/delivery.js';
import { openFaults } from './views/faults.js';
import { openHome } from './views/home.js';
import { openRequests } from './views/requests.js';
import { openSimplize } from './views/simplize.js';
import { openTransactions } from './views/transactions.js';
import { openWebhooks } from './views/webhooks.js';

/** Each gets its place and the rest of the address, and returns what ends it. */
const VIEWS = {
	home: openHome,
	transactions: openTransactions,
	webhooks: openWebhooks,
	deliveries: openDeliveries,
	faults: openFaults,
	requests: openRequests,
	simplize: openSimplize,
	connect: openConnect,
};

const main = /** @type {HTMLElement} */ (document.getElementById('main'));
let closeView = () => {};
let isFirst = true;

function readAddress() {
	const [name = '', rest = ''] = location.hash.replace(/^#\/?/, '').split('/');
	return { name: Object.hasOwn(VIEWS, name) ? name : 'home', rest };
}

function show() {
	const { name, rest } = readAddress();
	closeView();
	const place = h('div', { class: `view ${name}` });
	main.replaceChildren(place);
	const open = name === 'deliveries' && rest !== '' ? openDelivery : VIEWS[name];
	closeView = open(place, rest);
	markNavigation(name);
	document.title = `${t(`nav.${name}`)} · ${t('title')}`;
	window.scrollTo(0, 0);
	// Arriving by keyboard or screen reader begins at the heading; the first view leaves the focus where it is.
	if (!isFirst) /** @type {HTMLElement | null} */ (place.querySelector('h1'))?.focus({ preventScroll: true });
	isFirst = false;
}

function drawFrame() {
	const skip = /** @type {HTMLElement} */ (document.getElementById('skip'));
	skip.textContent = t('skip');
	skip.onclick = (event) => {
		event.preventDefault();
		main.focus();
	};
	const other = currentLanguage() === 'vi' ? 'en' : 'vi';
	fill(
		document.getElementById('top'),
		h(
			'a',
			{ class: 'brand', href: '#/home' },
			h('img', { src: '/icon.svg', alt: '', width: 28, height: 28 }),
			h('span', {}, 'Saoke'),
			h('span', { class: 'badge' }, 'sandbox'),
		),
		h('p', { class: 'promise' }, t('promise')),
		h('span', { class: 'live', id: 'live' }),
		h('a', { class: 'quiet', href: '/docs' }, t('docs')),
		h(
			'button',
			{ type: 'button', class: 'quiet', id: 'language', lang: other, on: { click: switchLanguage } },
			other === 'vi' ? 'Tiếng Việt' : 'English',
		),
	);
	const nav = document.getElementById('nav');
	nav?.setAttribute('aria-label', t('nav'));
	fill(
		nav,
		h(
			'ul',
			{},
			Object.keys(VIEWS).map((name) =>
				h('li', {}, h('a', { href: `#/${name}`, data: { view: name } }, t(`nav.${name}`))),
			),
		),
	);
	showConnection(isConnected);
}

function switchLanguage() {
	chooseLanguage(currentLanguage() === 'vi' ? 'en' : 'vi');
	drawFrame();
	isFirst = true;
	show();
	document.getElementById('language')?.focus();
}

function markNavigation(name) {
	for (const link of document.querySelectorAll('#nav a')) {
		const isHere = /** @type {HTMLElement} */ (link).dataset.view === name;
		if (!isHere) {
			link.removeAttribute('aria-current');
			continue;
		}
		link.setAttribute('aria-current', 'page');
		const strip = link.closest('nav');
		if (strip !== null && strip.scrollWidth > strip.clientWidth)
			strip.scrollLeft = /** @type {HTMLElement} */ (link).offsetLeft - 24;
	}
}

let isConnected = null;

function showConnection(state) {
	isConnected = state;
	const place = document.getElementById('live');
	if (place === null) return;
	place.dataset.state = state === null ? 'waiting' : state ? 'on' : 'off';
	place.textContent = t(state === false ? 'live.off' : 'live.on');
}

chooseLanguage(currentLanguage());
drawFrame();
watchConnection(showConnection);
startLive();
startCountdowns();
show();
window.addEventListener('hashchange', show);
