/** The first view: a transfer to make, what becomes of it, and the balances. */
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
	const formPlace = h('div', {});
	const deliveries = deliveryTable(SHOWN);
	const transactions = transactionTable();
	fill(
		place,
		heading(t('nav.home')),
		h(
			'div',
			{ class: 'columns' },
			card(t('transfer'), formPlace),
			h(
				'div',
				{ class: 'stack' },
				card(
					t('home.deliveries'),
					deliveries.element,
					h('p', {}, h('a', { href: '#/deliveries' }, t('home.allDeliveries'))),
				),
				card(t('accounts'), accounts),
				h('p', { class: 'lead' }, t('home.client'), ' ', h('a', { href: '#/connect' }, t('nav.connect'))),
			),
		),
		card(
			t('home.transactions'),
			transactions.element,
			h('p', {}, h('a', { href: '#/transactions' }, t('home.allTransactions'))),
		),
	);
	let form;
	const load = async () => {
		const [book, list, hooks] = await Promise.all([
			get('/casso/accounts'),
			get(`/casso/transactions?limit=${String(SHOWN)}`),
			get('/casso/webhooks'),
		]);
		patch(accounts, book.accounts, (account) => account.id, accountTile);
		transactions.show(list.transactions);
		if (form === undefined) {
			form = transferForm(book.accounts);
			formPlace.append(form.element);
		}
		form.setWebhooks(hooks.webhooks.length);
	};
	void attempt(load);
	void attempt(deliveries.load);
	const reload = gathered(() => void attempt(load));
	const stop = listen((event) => {
		deliveries.take(event);
		form?.take(event);
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
