/** How a client connects; the clock of retries; back to the beginning. */
import { change, get, post } from '../api.js';
import { fill, h } from '../dom.js';
import { span } from '../format.js';
import { t } from '../i18n.js';
import { attempt, notify } from '../notice.js';
import { button, card, check, confirmed, copyButton, copyText, field, heading } from '../parts.js';

export function openConnect(place) {
	const keys = h('dl', { class: 'facts keys' });
	const clock = h('div', {});
	fill(
		place,
		heading(t('nav.connect')),
		card(t('connect.keys'), h('p', { class: 'lead' }, t('connect.lead')), keys),
		h('div', { class: 'columns even' }, card(t('connect.clock'), clock), card(t('connect.reset'), resetPart())),
	);
	void attempt(async () => {
		const [about, { settings, clockSpeed }] = await Promise.all([get('/about'), get('/casso/delivery-settings')]);
		drawKeys(keys, about);
		fill(clock, clockForm(settings, clockSpeed));
	});
	return () => {};
}

function drawKeys(place, about) {
	fill(
		place,
		plain(t('connect.cassoUrl'), `${location.origin}${about.cassoPath}`),
		secret(t('connect.cassoKey'), 'cassoKey'),
		plain(t('connect.simplizeUrl'), `${location.origin}${about.simplizePath}`),
		secret(t('connect.simplizeKey'), 'simplizeKey'),
		secret(t('connect.simplizeSecret'), 'simplizeSecret'),
		h('div', {}, h('dt', {}, t('connect.data')), h('dd', {}, about.dataFile ?? t('connect.memory'))),
	);
}

function plain(name, value) {
	return h(
		'div',
		{},
		h('dt', {}, name),
		h(
			'dd',
			{},
			h('code', { class: 'url' }, value),
			' ',
			copyButton(() => value, t('copy'), { 'aria-label': `${t('copy')}: ${name}` }),
		),
	);
}

/** Masked until it is asked for. */
function secret(name, key) {
	const text = h('code', { class: 'url' }, '••••••••••••');
	const fetchKey = async () => (await get('/keys'))[key];
	const reveal = button(
		t('connect.show'),
		async () => {
			text.textContent = await fetchKey();
			reveal.remove();
		},
		{ class: 'quiet', 'aria-label': `${t('connect.show')}: ${name}` },
	);
	const copy = button(
		t('copy'),
		async () => {
			await copyText(await fetchKey());
			notify(t('copied'));
		},
		{ class: 'quiet', 'aria-label': `${t('copy')}: ${name}` },
	);
	return h('div', {}, h('dt', {}, name), h('dd', {}, text, ' ', reveal, ' ', copy));
}

function clockForm(settings, speed) {
	const speedInput = h('input', { type: 'number', min: 1, max: 1_000_000, value: speed });
	const deadline = h('input', { type: 'number', min: 0, value: settings.deadlineMs });
	const strict = h('input', { type: 'checkbox', checked: settings.strict });
	const gaps = h(
		'p',
		{ class: 'hint' },
		t('connect.gaps', { gaps: settings.retryGapsMs.map((ms) => span(ms)).join(' · ') }),
	);
	const form = h(
		'form',
		{},
		field(t('connect.speed'), speedInput, t('connect.speedHint')),
		field(t('connect.deadline'), deadline),
		check(t('connect.strict'), strict, t('webhook.strictHint')),
		gaps,
		h(
			'div',
			{ class: 'actions' },
			h('button', { type: 'submit', class: 'primary' }, t('save')),
			button(t('connect.hour'), () => forward(3_600_000), { class: 'quiet' }),
			button(t('connect.day'), () => forward(86_400_000), { class: 'quiet' }),
		),
	);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		void attempt(async () => {
			await post('/casso/clock', { speed: Number(speedInput.value) });
			await change('/casso/delivery-settings', { deadlineMs: Number(deadline.value), strict: strict.checked });
			notify(t('connect.saved'));
		});
	});
	return form;
}

async function forward(ms) {
	await post('/casso/clock', { advanceMs: ms });
	notify(t('connect.forwarded', { span: span(ms) }));
}

function resetPart() {
	return h(
		'div',
		{ class: 'stack' },
		h('p', { class: 'lead' }, t('connect.resetLead')),
		h(
			'div',
			{ class: 'actions' },
			button(
				t('connect.resetDo'),
				async () => {
					if (!(await confirmed(t('connect.resetAsk'), t('connect.resetDo')))) return;
					await post('/casso/reset');
					await post('/simplize/reset');
					notify(t('connect.resetDone'));
				},
				{ class: 'quiet danger' },
			),
		),
	);
}
