/** The first view: balances, a transfer to make, and what becomes of it. */
import { get } from '../api.js';
import { fill, h, patch } from '../dom.js';
import { money } from '../format.js';
import { t } from '../i18n.js';
import { gathered, listen } from '../live.js';
import { attempt } from '../notice.js';
import { badge, card, heading } from '../parts.js';
import { deliveryTable } from './deliveryTable.js';
import { transactionTable } from './transactionTable.js';
import { transferForm } from './transferForm.js';

const SHOWN = 8;

export function openHome(place) {
	const accounts = h('ul', { class: 'accounts', tabindex: '0', 'aria-label': t('accounts') });
	const form = h('div', {});
	const deliveries = deliveryTable(SHOWN);
	const transactions = transactionTable();
	const firstSteps = h('div', {});
	fill(
		place,
		heading(t('nav.home')),
		firstSteps,
		card(t('accounts'), accounts),
		h(
			'div',
			{ class: 'columns' },
			card(t('transfer'), form),
			h(
				'div',
				{ class: 'stack' },
				card(
					t('home.deliveries'),
					deliveries.element,
					h('p', {}, h('a', { href: '#/deliveries' }, t('home.allDeliveries'))),
				),
				card(
					t('home.transactions'),
					transactions.element,
					h('p', {}, h('a', { href: '#/transactions' }, t('home.allTransactions'))),
				),
			),
		),
	);
	let hasForm = false;
	const load = async () => {
		const [book, list, hooks] = await Promise.all([
			get('/casso/accounts'),
			get(`/casso/transactions?limit=${String(SHOWN)}`),
			get('/casso/webhooks'),
		]);
		patch(accounts, book.accounts, (account) => account.id, accountTile);
		transactions.show(list.transactions);
		fill(firstSteps, hooks.webhooks.length === 0 && welcome());
		if (!hasForm) form.append(transferForm(book.accounts));
		hasForm = true;
	};
	void attempt(load);
	void attempt(deliveries.load);
	const reload = gathered(() => void attempt(load));
	const stop = listen((event) => {
		deliveries.take(event);
		if (['transaction', 'transactionGone', 'webhook', 'reset', 'reload'].includes(event.type)) reload();
	});
	return stop;
}

function accountTile({ accountNumber, bankName, holder, balance, connectStatus }) {
	return h(
		'li',
		{ class: 'account' },
		h('span', { class: 'bank' }, bankName, connectStatus === 0 && badge(t('account.off'), 'warn')),
		h('span', { class: 'number' }, accountNumber),
		h('span', { class: 'balance' }, money(balance)),
		h('span', { class: 'holder' }, holder),
	);
}

function welcome() {
	return h(
		'section',
		{ class: 'card welcome', 'aria-label': t('welcome') },
		h('h2', {}, t('welcome')),
		h(
			'ol',
			{},
			h('li', {}, h('a', { href: '#/webhooks' }, t('welcome.webhook')), ' ', t('welcome.webhookWhy')),
			h('li', {}, t('welcome.transfer')),
			h('li', {}, t('welcome.client'), ' ', h('a', { href: '#/connect' }, t('nav.connect'))),
		),
	);
}
