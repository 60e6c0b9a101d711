/** The form for a new webhook, as on Casso's dashboard. Its secret is shown once, when it is made. */
import { post } from '../api.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { attempt, notify } from '../notice.js';
import { button, check, code, copyButton, dialog, field, select } from '../parts.js';

/** @param {any[]} accounts */
export function webhookForm(accounts) {
	const url = h('input', {
		type: 'url',
		required: true,
		placeholder: 'http://127.0.0.1:5678/webhook/…',
		autocomplete: 'off',
	});
	const own = h('button', { type: 'button', class: 'quiet' }, t('webhook.useReceiver'));
	own.addEventListener('click', () => {
		url.value = `${location.origin}/receiver`;
		url.focus();
	});
	const dialect = select(
		[
			['v2', t('webhook.v2')],
			['legacy', t('webhook.legacyLong')],
		],
		'v2',
	);
	const secret = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false' });
	const incomeOnly = h('input', { type: 'checkbox' });
	const strict = h('input', { type: 'checkbox' });
	const requireTestCall = h('input', { type: 'checkbox' });
	const boxes = accounts.map(({ id, bankName, accountNumber }) => ({
		id,
		input: h('input', { type: 'checkbox', checked: true }),
		text: `${bankName} · ${accountNumber}`,
	}));
	const form = h(
		'form',
		{},
		field(t('webhook.url'), url, t('webhook.urlHint')),
		own,
		field(t('webhook.dialect'), dialect),
		check(t('webhook.incomeOnly'), incomeOnly),
		check(t('webhook.strict'), strict, t('webhook.strictHint')),
		check(t('webhook.requireTestCall'), requireTestCall, t('webhook.requireTestCallHint')),
		h(
			'details',
			{},
			h('summary', {}, t('webhook.more')),
			field(t('webhook.secret'), secret, t('webhook.secretHint')),
			h(
				'fieldset',
				{ class: 'choices' },
				h('legend', {}, t('webhook.accountFilter')),
				boxes.map(({ input, text }) => h('label', {}, input, h('span', {}, text))),
			),
		),
		h('button', { type: 'submit', class: 'primary' }, t('webhooks.add')),
	);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		const chosen = boxes.filter(({ input }) => input.checked).map(({ id }) => id);
		void attempt(() =>
			create({
				url: url.value,
				dialect: dialect.value,
				incomeOnly: incomeOnly.checked,
				strict: strict.checked,
				requireTestCall: requireTestCall.checked,
				accountIds: chosen.length === boxes.length ? null : chosen,
				...(secret.value === '' ? {} : { secret: secret.value }),
			}),
		);
	});
	return form;
}

async function create(input) {
	const { webhook, secret } = await post('/casso/webhooks', input);
	notify(t('webhook.made', { id: webhook.id }));
	dialog(t('secret.title'), (close) => [
		h('p', {}, t('secret.once')),
		code(secret, t('secret.title')),
		h('p', { class: 'hint' }, t(webhook.dialect === 'v2' ? 'secret.v2' : 'secret.legacy')),
		h(
			'div',
			{ class: 'actions' },
			copyButton(() => secret),
			button(t('secret.done'), close, { class: 'primary' }),
		),
	]);
}
