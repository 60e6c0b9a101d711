/** The Simplize service: users, portfolios, cash movements, signing, faults, and why calls were refused. */
import { get, post, query } from '../api.js';
import { fill, h, patch } from '../dom.js';
import { dateTime, money, signedMoney } from '../format.js';
import { t } from '../i18n.js';
import { gathered, listen } from '../live.js';
import { attempt, notify } from '../notice.js';
import { badge, card, empty, field, heading, moneyInput, moneyOf, pager, row, select, table } from '../parts.js';
import { callLog } from './callLog.js';
import { faultList } from './faultList.js';
import { switchList } from './switchList.js';

const PAGE = 20;

export function openSimplize(place) {
	const users = h('ul', { class: 'accounts users', tabindex: '0', 'aria-label': t('simplize.users') });
	const cash = cashPart();
	const log = callLog();
	const faults = faultList('partner', '/simplize/faults');
	const switches = switchList(t('switches.simplize'), '/simplize/quirks');
	fill(
		place,
		heading(t('nav.simplize')),
		card(t('simplize.users'), users),
		h(
			'div',
			{ class: 'columns' },
			card(t('simplize.add'), cash.form),
			card(t('simplize.cash'), cash.filter, cash.list),
		),
		log.element,
		h('div', { class: 'columns even' }, switches.element, faults.element),
	);
	const load = async () => {
		const [{ users: linked }, { portfolios }] = await Promise.all([
			get('/simplize/users'),
			get('/simplize/portfolios'),
		]);
		patch(
			users,
			linked.map((user) => ({
				...user,
				portfolios: portfolios.filter(({ externalUserId }) => externalUserId === user.externalUserId),
			})),
			({ linkId }) => linkId,
			userTile,
		);
		cash.offer(portfolios);
	};
	void attempt(load);
	const reload = gathered(() => void attempt(cash.load));
	const reloadFaults = gathered(() => void attempt(faults.load), 300);
	return listen((event) => {
		log.take(event);
		if (['cash', 'partnerReset', 'reload'].includes(event.type)) reload();
		if (['call', 'partnerReset', 'reload'].includes(event.type)) reloadFaults();
		if (event.type === 'partnerReset') void attempt(switches.load);
	});
}

function userTile({ externalUserId, userId, status, portfolios }) {
	return h(
		'li',
		{ class: 'account' },
		h('span', { class: 'bank' }, h('code', {}, externalUserId), badge(status, status === 'ACTIVE' ? 'good' : 'warn')),
		h('span', { class: 'number' }, t('simplize.user', { id: userId })),
		portfolios.map(({ id, name }) => h('span', { class: 'holder' }, `${String(id)} · ${name}`)),
	);
}

/** Cash movements of one portfolio, and a form that adds one. */
function cashPart() {
	const { table: element, body } = table(
		t('simplize.cash'),
		['time', 'memo', 'amount'].map((name) => ({ name, title: t(`simplize.${name}`) })),
		'transactions',
	);
	const state = { portfolioId: '', offset: 0 };
	const rows = h('div', { class: 'scroll' });
	const pages = h('div', {});
	const filter = h('div', {});
	const form = h('div', {});
	const load = async () => {
		if (state.portfolioId === '') return;
		const { total, movements } = await get(`/simplize/cash-movements${query({ ...state, limit: PAGE })}`);
		if (movements.length === 0) fill(rows, empty(t('simplize.none')));
		else if (!rows.contains(element)) fill(rows, element);
		patch(body, movements, ({ transactionId }) => transactionId, cashRow);
		fill(
			pages,
			pager({
				offset: state.offset,
				size: PAGE,
				total,
				go: (offset) => {
					state.offset = offset;
					return load();
				},
			}),
		);
	};
	const offer = (portfolios) => {
		const choices = portfolios.map(({ id, name, externalUserId }) => [
			String(id),
			`${String(id)} · ${name} (${externalUserId})`,
		]);
		const choice = select(choices, choices[0][0]);
		state.portfolioId = choice.value;
		choice.addEventListener('change', () => {
			Object.assign(state, { portfolioId: choice.value, offset: 0 });
			void attempt(load);
		});
		fill(filter, field(t('simplize.portfolio'), choice));
		fill(form, cashForm(choices));
		void attempt(load);
	};
	return { filter, form, list: h('div', {}, rows, pages), load, offer };
}

function cashRow({ transactionId, date, amount, typeName, description, note }) {
	const more = [note, `#${String(transactionId)}`].filter((part) => part !== undefined && part !== '').join(' · ');
	return row({
		time: dateTime(date),
		memo: [
			h('span', { class: 'memo' }, description === typeName ? typeName : `${typeName} · ${description}`),
			h('span', { class: 'sub' }, more),
		],
		amount: h('span', { class: amount > 0 ? 'money in' : 'money out' }, signedMoney(amount)),
	});
}

function cashForm(choices) {
	const portfolio = select(choices, choices[0][0]);
	const type = select(
		[
			['DEPOSIT', t('simplize.deposit')],
			['WITHDRAW', t('simplize.withdraw')],
			['FEE', t('simplize.fee')],
		],
		'DEPOSIT',
	);
	const amount = moneyInput(50_000_000);
	const note = h('input', { type: 'text', autocomplete: 'off' });
	const time = h('input', { type: 'datetime-local' });
	const form = h(
		'form',
		{},
		field(t('simplize.portfolio'), portfolio),
		field(t('simplize.type'), type),
		field(t('transfer.amount'), amount),
		field(t('simplize.note'), note),
		field(t('transfer.time'), time, t('simplize.timeHint')),
		h('button', { type: 'submit', class: 'primary' }, t('simplize.add')),
	);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		void attempt(async () => {
			const vnd = moneyOf(amount) * (type.value === 'DEPOSIT' ? 1 : -1);
			const names = { DEPOSIT: 'Nạp tiền', WITHDRAW: 'Rút tiền', FEE: 'Phí' };
			await post('/simplize/cash-movements', {
				movements: [
					{
						portfolioId: Number(portfolio.value),
						amount: vnd,
						type: type.value,
						typeName: names[type.value],
						...(note.value === '' ? {} : { note: note.value }),
						...(time.value === '' ? {} : { date: `${time.value}:00+07:00` }),
					},
				],
			});
			notify(t('transfer.done', { amount: money(vnd) }));
		});
	});
	return form;
}
