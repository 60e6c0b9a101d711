/** What the built package declares: the names that stored workflows depend on, and output schemas that real outputs fit. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { DEFAULT_PERIOD, PERIODS } from '@saoke/core';
import type { CassoQuirks } from '@saoke/sandbox';
import { locator, startCassoEngine, type CassoEngine } from './harness/casso';
import { custom } from './harness/engine';
import { outputSchemaFile, ROOT } from './harness/installation';

let casso: CassoEngine;
let properties: INodeProperties[];

beforeAll(async () => {
	casso = await startCassoEngine();
	properties = casso.engine.nodeType('casso').description.properties;
});
beforeEach(() => {
	casso.sandbox.casso.reset();
});
afterAll(async () => {
	await casso.sandbox.close();
});

const isFor = (property: INodeProperties, resource: string, operation?: string): boolean => {
	const show = property.displayOptions?.show ?? {};
	return (
		(show.resource?.includes(resource) ?? false) &&
		(operation === undefined || (show.operation?.includes(operation) ?? false))
	);
};
const choices = (property: INodeProperties | undefined): string[] =>
	(property?.options ?? []).map((option) => String((option as INodePropertyOptions).value));
const getOperations = (resource: string): string[] =>
	choices(properties.find((property) => property.name === 'operation' && isFor(property, resource)));

describe('names that are a contract', () => {
	it('the node', () => {
		const { description } = casso.engine.nodeType('casso');
		expect([description.name, description.displayName, description.version, description.usableAsTool]).toEqual([
			'casso',
			'Casso',
			1,
			true,
		]);
		expect(description.credentials?.map(({ name }) => name)).toEqual(['cassoApi', 'cassoWebhookApi']);
	});

	it('the credential cassoApi', () => {
		const type = casso.engine.credentialType('cassoApi');
		expect(type.properties.map(({ name }) => name)).toEqual(['authentication', 'apiKey', 'accessToken', 'baseUrl']);
		expect(choices(type.properties[0])).toEqual(['apiKey', 'accessToken']);
		expect(type.properties.filter((field) => field.typeOptions?.password).map(({ name }) => name)).toEqual([
			'apiKey',
			'accessToken',
		]);
		expect(type.properties[3]?.default).toBe('https://oauth.casso.vn');
	});

	it('the credential cassoWebhookApi', () => {
		const type = casso.engine.credentialType('cassoWebhookApi');
		const secrets = ['securityKey', 'previousSecurityKey', 'secureToken', 'previousSecureToken'];
		expect(type.properties.filter((field) => field.typeOptions?.password).map(({ name }) => name)).toEqual(secrets);
	});

	it.each([
		['account', ['get', 'getAll', 'sync']],
		['payment', ['createQr', 'match']],
		['transaction', ['get', 'getAll']],
		['user', ['get']],
		['webhook', ['create', 'delete', 'get', 'update']],
	])('resource %s has %p', (resource, operations) => {
		const resources = choices(properties.find(({ name }) => name === 'resource'));
		expect(resources).toContain(resource);
		expect(getOperations(resource)).toEqual(operations);
	});

	it('secrets are never parameters', () => {
		const names = JSON.stringify(
			properties.map(({ name, options }) => [
				name,
				(options ?? []).map((option) => ('name' in option ? option.name : '')),
			]),
		);
		expect(names).not.toMatch(/token"|secret|password|apikey/i);
	});
});

describe('every parameter of the vendor’s page is on the form', () => {
	const field = (name: string): INodeProperties | undefined => {
		const mine = properties.filter((property) => isFor(property, 'transaction', 'getAll'));
		const inner = mine.flatMap((property) =>
			(property.options ?? []).filter(
				(option): option is INodeProperties => 'displayName' in option && 'type' in option,
			),
		);
		return [...mine, ...inner].find((property) => property.name === name);
	};

	it.each([
		'period',
		'fromDate',
		'toDate',
		'sort',
		'page',
		'pageSize',
		'account',
		'returnAll',
		'limit',
		'direction',
		'minAmount',
		'maxAmount',
		'description',
		'accountNumbers',
		'timesEndingInZ',
		'output',
		'fields',
	])('%s', (name) => {
		expect(field(name)).toBeDefined();
	});

	it('the period begins with what people ask for, and only Custom shows the two dates', () => {
		expect(choices(field('period'))).toEqual(PERIODS);
		expect(field('period')?.default).toBe(DEFAULT_PERIOD);
		for (const name of ['fromDate', 'toDate']) {
			expect(field(name)).toMatchObject({ displayOptions: { show: { period: ['custom'] } } });
			expect(field(name)?.description).toContain('included');
		}
	});

	it('the account is picked from a list with search, or by id', () => {
		const modes = field('account')?.modes ?? [];
		expect(modes.map(({ name, type }) => [name, type])).toEqual([
			['list', 'list'],
			['id', 'string'],
		]);
		expect(modes[0]?.typeOptions).toMatchObject({ searchListMethod: 'searchAccounts', searchable: true });
	});
});

describe('output schemas', () => {
	const schemaFile = (resource: string, operation: string): string | undefined =>
		outputSchemaFile(path.join(ROOT, 'dist/nodes/Casso'), resource, operation);
	const readSchema = (resource: string, operation: string): { properties: IDataObject } =>
		JSON.parse(readFileSync(schemaFile(resource, operation) ?? '', 'utf8')) as { properties: IDataObject };

	it('lie where n8n looks for them, one for every operation', () => {
		for (const resource of choices(properties.find(({ name }) => name === 'resource'))) {
			for (const operation of getOperations(resource))
				expect([resource, operation, existsSync(schemaFile(resource, operation) ?? '')]).toEqual([
					resource,
					operation,
					true,
				]);
		}
	});

	it('there is none for an operation that does not exist', () => {
		const base = path.join(ROOT, 'nodes/Casso/__schema__/v1.0.0');
		for (const resource of readdirSync(base)) {
			for (const file of readdirSync(path.join(base, resource)))
				expect(getOperations(resource)).toContain(file.replace('.json', ''));
		}
	});

	it('Simplified has at most ten fields', () => {
		for (const [resource, operation] of [
			['account', 'getAll'],
			['transaction', 'getAll'],
			['user', 'get'],
		] as const) {
			expect(Object.keys(readSchema(resource, operation).properties).length).toBeLessThanOrEqual(10);
		}
	});

	const quirks: Partial<CassoQuirks>[] = [
		{},
		{ balanceValue: 'null', unknownText: 'null', bookingDate: 'missing', extraKeys: 'some', syncData: 'list' },
		{ recordForm: 'minimal', param2: 'token', syncData: 'object' },
	];
	it.each(quirks)('fit real outputs, with %p', async (change) => {
		casso.sandbox.casso.quirks.set(change);
		const { id: accountId } = casso.sandbox.casso.data.accounts[0] ?? { id: 0 };
		const { id: transactionId } = casso.sandbox.casso.addTransaction({ amount: 5, silent: true });
		const webhookUrl = 'https://example.com/hook';
		const [made] = await casso.json({ resource: 'webhook', operation: 'create', webhookUrl });
		const webhookId = Number(made?.id);
		const paid = { id: transactionId, amount: 5, description: 'DH1' };
		const runs: (IDataObject & { resource: string; operation: string })[] = [
			{ resource: 'account', operation: 'get', account: locator(accountId) },
			{ resource: 'account', operation: 'getAll', returnAll: true },
			{ resource: 'account', operation: 'sync', account: locator(accountId) },
			{
				resource: 'payment',
				operation: 'createQr',
				account: locator(accountId),
				amount: 5,
				paymentCode: 'DH1',
				image: 'svg',
			},
			{ resource: 'payment', operation: 'createQr', account: locator(accountId), options: { bankBin: '970436' } },
			{
				resource: 'payment',
				operation: 'match',
				ordersFrom: 'define',
				orders: [
					{ code: 'DH1', amount: 5 },
					{ code: 'DH2', amount: 7 },
				],
			},
			{
				resource: 'payment',
				operation: 'match',
				ordersFrom: 'define',
				orders:
					'[{"code":1024,"amount":"7","received":"[{\\"transactionId\\":\\"0071/9\\",\\"amount\\":7}]","settled":""}]',
			},
			{ resource: 'transaction', operation: 'get', transactionId },
			{ resource: 'transaction', operation: 'getAll', returnAll: true, ...custom('2026-01-01') },
			{
				resource: 'transaction',
				operation: 'getAll',
				returnAll: true,
				accountScope: 'one',
				account: locator(accountId),
			},
			{ resource: 'user', operation: 'get' },
			{ resource: 'webhook', operation: 'create', webhookUrl },
			{ resource: 'webhook', operation: 'get', webhookId },
			{ resource: 'webhook', operation: 'update', webhookId, webhookUrl },
			{ resource: 'webhook', operation: 'delete', deleteBy: 'id', webhookId },
		];
		for (const parameters of runs) {
			const schema = readSchema(parameters.resource, parameters.operation);
			const fits = new Ajv({ strict: false }).compile({
				...schema,
				required: Object.keys(schema.properties),
				additionalProperties: false,
			});
			const outputs = await casso.json(parameters, parameters.operation === 'match' ? [paid] : undefined);
			expect(outputs.length).toBeGreaterThan(0);
			for (const json of outputs) {
				// Through JSON, as n8n stores it: a value of undefined would vanish.
				expect([parameters.operation, fits(JSON.parse(JSON.stringify(json))), fits.errors]).toEqual([
					parameters.operation,
					true,
					null,
				]);
				expect(Object.keys(json)).toEqual(Object.keys(schema.properties));
			}
		}
	});
});
