/** One name for one thing: a parameter is called the same on every node of both packages, and errors use that name. */
import { CASSO_MORE, CASSO_READ_PROBES, SIMPLIZE_PROBES } from '@saoke/core/doctor';
import { ParameterError } from '@saoke/core';
import type { INode, INodeProperties } from 'n8n-workflow';
import { toNodeError as toCassoError } from '../../nodes/Casso/shared/nodeError';
import { toNodeError as toSimplizeError } from '../../packages/n8n-nodes-simplize/nodes/Simplize/shared/nodeError';
import { Engine } from './harness/engine';

const PACKAGES = {
	'.': ['casso', 'cassoTrigger', 'cassoPollingTrigger'],
	'packages/n8n-nodes-simplize': ['simplize', 'simplizeTrigger'],
};

const CREDENTIALS = { '.': ['cassoApi', 'cassoWebhookApi'], 'packages/n8n-nodes-simplize': ['simplizePartnerApi'] };

interface Field {
	node: string;
	name: string;
	displayName: string;
}

/** Notices have no name that anybody reads. */
let fields: Field[];
let notices: string[];
let credentialLabels: string[];

beforeAll(async () => {
	fields = [];
	notices = [];
	credentialLabels = [];
	for (const [folder, nodes] of Object.entries(PACKAGES)) {
		const engine = await Engine.load(folder, {});
		for (const node of nodes)
			for (const { type, name, displayName } of everyField(engine.nodeType(node).description.properties))
				if (type === 'notice') notices.push(displayName);
				else fields.push({ node, name, displayName });
	}
	for (const [folder, types] of Object.entries(CREDENTIALS)) {
		const engine = await Engine.load(folder, {});
		for (const credential of types)
			for (const { type, displayName } of engine.credentialType(credential).properties)
				(type === 'notice' ? notices : credentialLabels).push(displayName);
	}
});

/** Fields of collections included. */
function everyField(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [
		property,
		...everyField(
			(property.options ?? []).flatMap((option) =>
				'values' in option ? option.values : 'type' in option ? [option] : [],
			),
		),
	]);
}

test('a parameter has one display name, whichever node it is on; triggers call the direction Trigger On', () => {
	const names = new Map<string, Set<string>>();
	for (const { name, displayName } of fields) names.set(name, (names.get(name) ?? new Set()).add(displayName));
	const several = [...names]
		.filter(([, displayNames]) => displayNames.size > 1)
		.map(([name, displayNames]) => [name, [...displayNames]]);
	// n8n's panel of nodes lists what a trigger starts on only under this label.
	expect(several).toEqual([['direction', ['Direction', 'Trigger On']]]);
});

test('an error calls a parameter what its form calls it', () => {
	const node = { name: 'Casso', type: 'casso', typeVersion: 1 } as INode;
	const wrong = fields.flatMap(({ node: type, name, displayName }) => {
		const toNodeError = type.startsWith('casso') ? toCassoError : toSimplizeError;
		const { message } = toNodeError(node, new ParameterError(name, 'Invalid value', ''));
		return message === `${displayName}: Invalid value` ? [] : [[name, displayName, message]];
	});
	// Triggers refuse it as `triggerOn`; the day is n8n's own.
	expect(new Set(wrong.map(([name]) => name))).toEqual(new Set(['direction', 'dayOfMonth']));
	expect(toCassoError(node, new ParameterError('triggerOn', 'Invalid value', '')).message).toMatch(/^Trigger On: /);
});

test('both pollers offer the days to look back and the days to start with', () => {
	for (const node of ['cassoPollingTrigger', 'simplizeTrigger']) {
		const own = Object.fromEntries(
			fields.filter((field) => field.node === node).map(({ name, displayName }) => [name, displayName]),
		);
		expect(own).toMatchObject({ overlapDays: 'Days to Look Back', backlogDays: 'Days to Start With' });
	}
});

test("a notice ends with a full stop only if it has several sentences, by n8n's guidelines", () => {
	const wrong = notices.filter((notice) => {
		const text = notice
			.replace(/<[^>]+>/g, ' ')
			.replaceAll('e.g.', '')
			.trim();
		return text.endsWith('.') !== /[.!?]\s+\p{Lu}/u.test(text);
	});
	expect(notices.length).toBeGreaterThan(5);
	expect(wrong).toEqual([]);
});

test('the doctor calls an option what the nodes and credentials call it', () => {
	const labels = new Set([...fields.map(({ displayName }) => displayName), ...credentialLabels]);
	const named = [...CASSO_READ_PROBES, ...CASSO_MORE.probes, ...SIMPLIZE_PROBES].flatMap(({ option, ifWrong }) => [
		...(option ? [option] : []),
		...[...ifWrong.matchAll(/\*([^*]+)\*/g)].map(([, label = '']) => label),
	]);
	const unknown = named.filter((label) => !labels.has(label.replace(/:.*/, '')));
	// An operation.
	expect([...new Set(unknown)]).toEqual(['Webhook: Delete']);
});
