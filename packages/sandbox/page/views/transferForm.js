/** The form that makes transfers: in or out, now or back-dated, one or many; and below it what became of them. */
import { post } from '../api.js';
import { fill, h } from '../dom.js';
import { count, signedMoney } from '../format.js';
import { t } from '../i18n.js';
import { attempt } from '../notice.js';
import { check, field, moneyInput, moneyOf, select } from '../parts.js';
import { transferOutcome } from './outcome.js';

const MOST = 5_000;

/**
 * @param {any[]} accounts
 * @returns its element; tell it the number of webhooks and every event
 */
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
	const withReceiver = h('input', { type: 'checkbox', checked: true });
	const receiver = h('div', {});
	const outcome = transferOutcome();
	let webhooks = 0;
	const submit = h('button', { type: 'submit', class: 'primary' }, t('transfer.submit'));
	const form = h(
		'form',
		{ class: 'transfer' },
		direction,
		field(t('transfer.amount'), amount),
		field(t('transfer.account'), account),
		field(t('transfer.memo'), memo),
		h(
			'details',
			{},
			h('summary', {}, t('transfer.more')),
			field(t('transfer.counterparty'), name),
			field(t('transfer.counterpartyNumber'), number),
			field(t('transfer.time'), time, t('transfer.timeHint')),
			field(t('transfer.many'), many, t('transfer.manyHint')),
			check(t('transfer.silent'), silent, t('transfer.silentHint')),
			check(t('transfer.onSync'), onSync, t('transfer.onSyncHint')),
		),
		receiver,
		submit,
		outcome.element,
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
		void attempt(async () => {
			outcome.begin();
			// The first transfer of a new user is delivered too.
			if (webhooks === 0 && withReceiver.checked) {
				await post('/casso/webhooks', { url: `${location.origin}/receiver` });
				webhooks = 1;
			}
			await send(outcome, input, Number(many.value), onSync.checked, webhooks > 0);
		});
	});
	return {
		element: form,
		setWebhooks(number) {
			webhooks = number;
			fill(
				receiver,
				number === 0 &&
					check(t('transfer.receiver'), withReceiver, [
						t('transfer.receiverHint'),
						' ',
						h('a', { href: '#/webhooks' }, t('transfer.ownWebhook')),
					]),
			);
		},
		take: outcome.take,
	};
}

async function send(outcome, input, many, onSync, hasWebhook) {
	const amount = signedMoney(input.amount);
	if (onSync) {
		for (let made = 0; made < many; made += 1) await post('/casso/queue', input);
		outcome.end(t('transfer.queued'), null);
	} else if (many > 1) {
		await post('/casso/transactions/batch', { transactions: Array.from({ length: many }, () => input) });
		outcome.end(t('transfer.doneMany', { count: count(many), amount }), null);
	} else {
		const { transaction } = await post('/casso/transactions', input);
		outcome.end(
			t('transfer.done', { amount }),
			transaction.id,
			!hasWebhook && h('p', { class: 'hint' }, t('outcome.nobody')),
		);
	}
}

function segment(name, value, text, checked) {
	return h('label', {}, h('input', { type: 'radio', name, value, checked }), h('span', {}, text));
}
