/** Every transaction, fifty to a page. */
import { get, query } from '../api.js';
import { fill, h } from '../dom.js';
import { t } from '../i18n.js';
import { gathered, listen } from '../live.js';
import { attempt } from '../notice.js';
import { card, field, heading, pager, select } from '../parts.js';
import { transactionTable } from './transactionTable.js';

const PAGE = 50;

export function openTransactions(place) {
	const state = { offset: 0, accountId: '', search: '' };
	const rows = transactionTable({ whole: true });
	const search = h('input', { type: 'search', autocomplete: 'off' });
	const account = h('div', {});
	const pages = h('div', {});
	fill(
		place,
		heading(t('nav.transactions')),
		card(
			t('transactions.caption'),
			h('div', { class: 'filters' }, field(t('transactions.search'), search), account),
			rows.element,
			pages,
		),
	);
	const load = async () => {
		const { total, transactions } = await get(`/casso/transactions${query({ limit: PAGE, ...state })}`);
		rows.show(transactions);
		fill(pages, pager({ offset: state.offset, size: PAGE, total, go }));
	};
	const go = async (offset) => {
		state.offset = offset;
		await load();
	};
	const restart = gathered(() => void attempt(() => go(0)), 200);
	search.addEventListener('input', () => {
		state.search = search.value;
		restart();
	});
	void attempt(async () => {
		const { accounts } = await get('/casso/accounts');
		const choice = select(
			[
				['', t('transactions.allAccounts')],
				...accounts.map(({ id, bankName, accountNumber }) => [String(id), `${bankName} · ${accountNumber}`]),
			],
			'',
		);
		choice.addEventListener('change', () => {
			state.accountId = choice.value;
			restart();
		});
		fill(account, field(t('transactions.account'), choice));
	});
	void attempt(load);
	const reload = gathered(() => void attempt(load));
	return listen(({ type }) => {
		if (['transaction', 'transactionGone', 'reset', 'reload'].includes(type)) reload();
	});
}
