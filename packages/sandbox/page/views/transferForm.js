/** The form that makes transfers: in or out, now or back-dated, one or many. */
import { post } from '../api.js';
import { h } from '../dom.js';
import { count, signedMoney } from '../format.js';
import { t } from '../i18n.js';
import { attempt, notify } from '../notice.js';
import { check, field, moneyInput, moneyOf, select } from '../parts.js';

const MOST = 5_000;

/** @param {any[]} accounts */
export function transferForm(accounts) {
	const direction = h(
		'fieldset',
		{ class: 'segments' },
		h('legend', { class: 'hidden' }, t('transfer.direction')),
		segment('direction', 'in', t('transfer.in'), true),
		segment('direction', 'out', t('transfer.out'), false),
	);
	const account = select(
		accounts.map(({ id, bankName, accountNumber }) => [String(id), `${bankName} · ${accountNumber}`]),
		String(accounts[0]?.id),
	);
	const amount = moneyInput(250_000, 'amount');
	const memo = h('input', { type: 'text', value: 'DH1024', autocomplete: 'off', maxlength: 2000 });
	const name = h('input', { type: 'text', value: 'NGUYEN VAN A', autocomplete: 'off' });
	const number = h('input', { type: 'text', inputmode: 'numeric', autocomplete: 'off' });
	const time = h('input', { type: 'datetime-local' });
	const many = h('input', { type: 'number', min: 1, max: MOST, value: 1 });
	const silent = h('input', { type: 'checkbox' });
	const onSync = h('input', { type: 'checkbox' });
	const submit = h('button', { type: 'submit', class: 'primary' }, t('transfer.submit'));
	const form = h(
		'form',
		{ class: 'transfer' },
		direction,
		field(t('transfer.amount'), amount),
		field(t('transfer.account'), account),
		field(t('transfer.memo'), memo),
		field(t('transfer.counterparty'), name),
		h(
			'details',
			{},
			h('summary', {}, t('transfer.more')),
			field(t('transfer.counterpartyNumber'), number),
			field(t('transfer.time'), time, t('transfer.timeHint')),
			field(t('transfer.many'), many, t('transfer.manyHint')),
			check(t('transfer.silent'), silent, t('transfer.silentHint')),
			check(t('transfer.onSync'), onSync, t('transfer.onSyncHint')),
		),
		submit,
	);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		const isIn = form.querySelector('input[name=direction]:checked').value === 'in';
		const vnd = moneyOf(amount) * (isIn ? 1 : -1);
		const input = {
			amount: vnd,
			accountId: Number(account.value),
			memo: memo.value,
			counterparty: { name: name.value, accountNumber: number.value },
			...(time.value === '' ? {} : { time: time.value }),
			...(silent.checked ? { silent: true } : {}),
		};
		void attempt(() => send(input, Number(many.value), onSync.checked));
	});
	return form;
}

async function send(input, many, onSync) {
	if (onSync) {
		for (let made = 0; made < many; made += 1) await post('/casso/queue', input);
		notify(t('transfer.queued'));
		return;
	}
	if (many > 1) await post('/casso/transactions/batch', { transactions: Array.from({ length: many }, () => input) });
	else await post('/casso/transactions', input);
	notify(
		many > 1
			? t('transfer.doneMany', { count: count(many), amount: signedMoney(input.amount) })
			: t('transfer.done', { amount: signedMoney(input.amount) }),
	);
}

function segment(name, value, text, checked) {
	return h('label', {}, h('input', { type: 'radio', name, value, checked }), h('span', {}, text));
}
