/** Deliveries live, with filters. */
import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { t } from '../i18n.js';
import { listen } from '../live.js';
import { attempt } from '../notice.js';
import { card, field, heading, select } from '../parts.js';
import { deliveryTable, STATE_TONES } from './deliveryTable.js';

const SHOWN = 100;

export function openDeliveries(place) {
	const rows = deliveryTable(SHOWN);
	const webhook = h('div', {});
	const filter = { state: '', webhookId: '' };
	const narrow = () =>
		void attempt(() => rows.narrow(Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))));
	const state = select([['', t('all')], ...Object.keys(STATE_TONES).map((name) => [name, t(`state.${name}`)])], '');
	state.addEventListener('change', () => {
		filter.state = state.value;
		narrow();
	});
	fill(
		place,
		heading(t('nav.deliveries')),
		card(
			t('deliveries.caption'),
			h('p', { class: 'lead' }, t('deliveries.lead', { count: SHOWN })),
			h('div', { class: 'filters' }, field(t('deliveries.state'), state), webhook),
			rows.element,
		),
	);
	void attempt(async () => {
		const { webhooks } = await get('/casso/webhooks');
		const choice = select(
			[['', t('all')], ...webhooks.map(({ id, url }) => [String(id), `#${String(id)} ${url}`])],
			'',
		);
		choice.addEventListener('change', () => {
			filter.webhookId = choice.value;
			narrow();
		});
		fill(webhook, field(t('webhook'), choice));
	});
	void attempt(rows.load);
	return listen(rows.take);
}
