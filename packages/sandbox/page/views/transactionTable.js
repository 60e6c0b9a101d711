/** Transactions as rows, newest first. */
import { remove } from '../api.js';
import { fill, h, patch } from '../dom.js';
import { dateTime, money, signedMoney } from '../format.js';
import { t } from '../i18n.js';
import { notify } from '../notice.js';
import { button, confirmed, empty, row, table } from '../parts.js';

/** @param {{ whole?: boolean }} [options] whole: every column, and a button to delete */
export function transactionTable({ whole = false } = {}) {
	const names = whole
		? ['time', 'memo', 'account', 'reference', 'amount', 'balance', 'action']
		: ['time', 'memo', 'amount'];
	const { table: element, body } = table(
		t('transactions.caption'),
		names.map((name) => ({ name, title: t(`transactions.${name}`) })),
		'transactions',
	);
	const place = h('div', { class: 'scroll' });
	return {
		element: place,
		show(transactions) {
			if (transactions.length === 0) {
				fill(place, empty(t('transactions.none')));
				return;
			}
			if (!place.contains(element)) fill(place, element);
			patch(
				body,
				transactions,
				(transaction) => transaction.id,
				(transaction) => (whole ? wholeRow(transaction) : shortRow(transaction)),
			);
		},
	};
}

function memoCell({ description, counterparty, id }) {
	return [
		h('span', { class: 'memo' }, description),
		h(
			'span',
			{ class: 'sub' },
			[counterparty.name, counterparty.accountNumber, `#${String(id)}`].filter((part) => part !== '').join(' · '),
		),
	];
}

function amountCell({ amount }) {
	return h('span', { class: amount > 0 ? 'money in' : 'money out' }, signedMoney(amount));
}

function shortRow(transaction) {
	return row({ time: dateTime(transaction.time), memo: memoCell(transaction), amount: amountCell(transaction) });
}

function wholeRow(transaction) {
	return row(
		{
			time: dateTime(transaction.time),
			memo: memoCell(transaction),
			account: transaction.accountNumber,
			reference: transaction.reference,
			amount: amountCell(transaction),
			balance: h('span', { class: 'money' }, money(transaction.runningBalance)),
			action: button(t('delete'), () => deleteOne(transaction), {
				class: 'quiet',
				'aria-label': t('transactions.delete', { id: transaction.id }),
				data: { focus: 'delete' },
			}),
		},
		{ account: t('transactions.account'), reference: t('transactions.reference'), balance: t('transactions.balance') },
	);
}

async function deleteOne({ id }) {
	if (!(await confirmed(t('transactions.deleteAsk', { id }), t('delete')))) return;
	await remove(`/casso/transactions/${String(id)}`);
	notify(t('transactions.deleted', { id }));
}
