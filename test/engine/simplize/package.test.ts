/** What the built Simplize package declares: names that stored workflows depend on, and output schemas that real outputs fit. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { custom } from '../harness/engine';
import { outputSchemaFile, ROOT } from '../harness/installation';
import { closeAll, ids, getJson, node, start } from './support';

afterEach(closeAll);

const DIR = path.join(ROOT, 'packages', 'n8n-nodes-simplize');
const OPERATIONS = [
	['cashHistory', 'getAll', { ...ids, ...custom('2000-01-01'), returnAll: true }],
	['stockTransaction', 'getAll', { ...ids, ...custom('2000-01-01'), returnAll: true }],
	['user', 'getAll', { returnAll: true }],
	['connection', 'check', {}],
	['portfolio', 'get', ids],
	['portfolio', 'getSyncStatus', {}],
	['signing', 'detect', ids],
] as const;

const choices = (property: INodeProperties | undefined): unknown[] =>
	(property?.options ?? []).map((option) => (option as INodePropertyOptions).value);

test('resources, operations and credential have the names of the design', async () => {
	const { engine } = await start();
	const { description } = engine.nodeType('simplize');
	expect(choices(description.properties.find(({ name }) => name === 'resource'))).toEqual([
		'cashHistory',
		'connection',
		'portfolio',
		'signing',
		'stockTransaction',
		'user',
	]);
	for (const resource of new Set(OPERATIONS.map(([name]) => name))) {
		const property = description.properties.find(
			({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource),
		);
		expect(choices(property)).toEqual(
			OPERATIONS.filter(([name]) => name === resource).map(([, operation]) => operation),
		);
	}
	expect(description.usableAsTool).toBe(true);
	expect(engine.nodeType('simplizeTrigger').description).toMatchObject({ polling: true, inputs: [] });
	expect(
		engine
			.credentialType('simplizePartnerApi')
			.properties.filter(({ type }) => type !== 'notice')
			.map(({ name }) => name),
	).toEqual(['baseUrl', 'apiKey', 'apiSecret', 'recvWindow', 'signaturePayload', 'signatureEncoding']);
});

test.each(OPERATIONS)(
	'the output schema of %s: %s fits real output and has at most ten fields',
	async (resource, operation, parameters) => {
		const { engine } = await start();
		const file = outputSchemaFile(path.join(DIR, 'dist/nodes/Simplize'), resource, operation) ?? '';
		const schema = JSON.parse(readFileSync(file, 'utf8')) as { properties: IDataObject };
		expect(Object.keys(schema.properties).length).toBeLessThanOrEqual(10);
		const fits = new Ajv({ strict: false }).compile({
			...schema,
			required: Object.keys(schema.properties),
			additionalProperties: false,
		});
		const outputs = getJson(await engine.items(node(resource, operation, parameters)));
		expect(outputs.length).toBeGreaterThan(0);
		for (const output of outputs) expect([fits(output), fits.errors]).toEqual([true, null]);
	},
);

test('there is a schema for each operation, and no other', () => {
	const base = path.join(DIR, 'nodes/Simplize/__schema__/v1.0.0');
	const found = readdirSync(base).flatMap((resource) =>
		readdirSync(path.join(base, resource)).map((file) => `${resource} ${file}`),
	);
	expect(found.sort()).toEqual(OPERATIONS.map(([resource, operation]) => `${resource} ${operation}.json`).sort());
	expect(existsSync(path.join(DIR, 'LICENSE'))).toBe(true);
});

test('the README has the sections that n8n asks for, and the examples it names are there', () => {
	const readme = readFileSync(path.join(DIR, 'README.md'), 'utf8');
	for (const heading of [
		'Installation',
		'Operations',
		'Credentials',
		'Compatibility',
		'Usage',
		'Resources',
		'Version history',
	])
		expect(readme).toContain(`\n## ${heading}\n`);
	const links = [...readme.matchAll(/\]\((\.\.\/[^)#]+)\)/g)].map(([, link]) => link ?? '');
	for (const link of links) expect([link, existsSync(path.join(DIR, link))]).toEqual([link, true]);
});
