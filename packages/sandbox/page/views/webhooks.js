/** Registered webhooks: their state, test calls, and a form for a new one. */
import { change, get, post, remove } from '../api.js';
import { fill, h, patch } from '../dom.js';
import { t } from '../i18n.js';
import { gathered, listen } from '../live.js';
import { attempt, notify } from '../notice.js';
import { badge, button, card, confirmed, empty, heading, row, table } from '../parts.js';
import { webhookForm } from './webhookForm.js';

const TONES = { ACTIVE: 'good', PAUSED: 'warn', DISABLE: 'bad' };

export function openWebhooks(place) {
	const { table: element, body } = table(
		t('webhooks.caption'),
		['state', 'url', 'options', 'action'].map((name) => ({ name, title: t(`webhooks.${name}`) })),
		'webhooks',
	);
	const list = h('div', { class: 'scroll' });
	const form = h('div', {});
	const receiver = h('div', {});
	fill(
		place,
		heading(t('nav.webhooks')),
		card(t('webhooks.caption'), list),
		h('div', { class: 'columns even' }, card(t('webhooks.add'), form), card(t('receiver'), receiver)),
	);
	const load = async () => {
		const { webhooks } = await get('/casso/webhooks');
		if (webhooks.length === 0) fill(list, empty(t('webhooks.none')));
		else if (!list.contains(element)) fill(list, element);
		patch(body, webhooks, (webhook) => webhook.id, webhookRow);
	};
	void attempt(load);
	void attempt(async () => {
		const [{ accounts }, { receiver: state }] = await Promise.all([get('/casso/accounts'), get('/receiver')]);
		fill(form, webhookForm(accounts));
		fill(receiver, receiverPart(state));
	});
	const reload = gathered(() => void attempt(load));
	return listen(({ type }) => {
		if (['webhook', 'reset', 'reload'].includes(type)) reload();
	});
}

function webhookRow({ id, url, dialect, state, incomeOnly, accountIds, strict, madeBy }) {
	const options = [
		incomeOnly && badge(t('webhook.incomeOnly')),
		accountIds !== null && badge(t('webhook.accounts', { count: accountIds.length })),
		strict && badge(t('webhook.strict')),
		madeBy === 'api' && badge(t('webhook.api')),
	];
	const act = (name, work, props = {}) =>
		button(t(`webhook.${name}`), work, {
			class: 'quiet',
			'aria-label': `${t(`webhook.${name}`)}: ${t('webhook.short', { id })}`,
			data: { focus: name },
			...props,
		});
	return row({
		state: [
			badge(t(`webhook.state.${state}`), TONES[state]),
			h('span', { class: 'sub' }, `#${String(id)} · ${dialect === 'v2' ? 'Webhook V2' : t('webhook.legacy')}`),
		],
		url: [
			h('span', { class: 'url' }, url),
			state !== 'ACTIVE' && h('span', { class: 'sub' }, t(`webhook.why.${state}`)),
		],
		options,
		action: h(
			'div',
			{ class: 'actions' },
			act('test', () => testCall(id)),
			act('ping', () => ping(id)),
			state !== 'ACTIVE' && act('reactivate', () => reactivate(id)),
			act('resendMissed', () => resendMissed(id)),
			act('delete', () => deleteOne(id), { class: 'quiet danger' }),
		),
	});
}

function tellOutcome({ state, attempts }) {
	const last = attempts.at(-1);
	if (state === 'succeeded') notify(t('webhook.tested', { status: last.response.status, ms: last.durationMs }));
	else notify(t('webhook.testFailed', { reason: last?.failure ?? '' }), 'bad');
}

async function testCall(id) {
	tellOutcome((await post(`/casso/webhooks/${String(id)}/test`)).delivery);
}

async function ping(id) {
	tellOutcome((await post(`/casso/webhooks/${String(id)}/ping`)).delivery);
}

async function reactivate(id) {
	await post(`/casso/webhooks/${String(id)}/reactivate`);
	notify(t('webhook.reactivated', { id }));
}

async function resendMissed(id) {
	const { resent } = await post(`/casso/webhooks/${String(id)}/resend-missed`);
	notify(t('webhook.resentMissed', { count: resent }));
}

async function deleteOne(id) {
	if (!(await confirmed(t('webhook.deleteAsk', { id }), t('delete')))) return;
	await remove(`/casso/webhooks/${String(id)}`);
	notify(t('webhook.deleted', { id }));
}

/** A receiver that comes with the sandbox, so that deliveries can be watched before there is another. */
function receiverPart(state) {
	const choices = ['ok', 'broken', 'silent'];
	const options = h(
		'fieldset',
		{ class: 'choices' },
		h('legend', {}, t('receiver.answers')),
		choices.map((name) => {
			const input = h('input', { type: 'radio', name: 'receiver', value: name, checked: state.mode === name });
			input.addEventListener(
				'change',
				() =>
					void attempt(async () => {
						await change('/receiver', { mode: name });
						notify(t('receiver.changed'));
					}),
			);
			return h('label', {}, input, h('span', {}, t(`receiver.${name}`)));
		}),
	);
	return h(
		'div',
		{},
		h('p', { class: 'lead' }, t('receiver.lead')),
		h('p', {}, h('code', { class: 'url' }, `${location.origin}/receiver`)),
		options,
	);
}
