/** How an attempt proves where it comes from, one step after the other. */
import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { span } from '../format.js';
import { t } from '../i18n.js';
import { attempt } from '../notice.js';
import { badge, code } from '../parts.js';

const TONES = { valid: 'good', wrong: 'bad', missing: 'bad', unknown: 'warn' };

/** Asks for the steps when it is first put on the page. */
export function proofPart(deliveryId, place) {
	const box = h('div', { class: 'proof' });
	void attempt(async () => {
		const { proof } = await get(`/casso/deliveries/${String(deliveryId)}/attempts/${String(place)}/proof`);
		fill(box, proof.dialect === 'v2' ? signatureSteps(proof) : tokenSteps(proof));
	});
	return box;
}

function verdict(proof) {
	return h('p', {}, badge(t(`proof.${proof.verdict}`), TONES[proof.verdict]), ' ', t(`proof.${proof.verdict}.why`));
}

function tokenSteps(proof) {
	return [
		h('ol', { class: 'steps' }, h('li', {}, t('proof.token.header')), h('li', {}, t('proof.token.compare'))),
		verdict(proof),
	];
}

function signatureSteps(proof) {
	if (proof.t === null) return [verdict(proof)];
	return [
		h(
			'ol',
			{ class: 'steps' },
			h(
				'li',
				{},
				t('proof.t'),
				code(`t = ${String(proof.t)}\n${new Date(proof.t).toISOString()}`, 't'),
				Math.abs(proof.ageMs) > 1_000 &&
					h('p', { class: 'hint' }, t('proof.age', { span: span(Math.abs(proof.ageMs)) })),
			),
			h('li', {}, t('proof.sorted'), code(proof.sortedJson, t('proof.sorted'))),
			h('li', {}, t('proof.message'), code(proof.message, t('proof.message'))),
			h(
				'li',
				{},
				t('proof.hmac'),
				code(
					proof.expected === null ? t('proof.noKey') : `HMAC-SHA512(••••••••, message) =\n${proof.expected}`,
					t('proof.hmac'),
				),
			),
			h('li', {}, t('proof.compare'), code(`v1 = ${String(proof.given)}`, 'v1')),
		),
		verdict(proof),
	];
}
