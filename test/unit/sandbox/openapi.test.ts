/** The OpenAPI documents: valid, complete, true of the answers; and the APIs under calls made from them. */
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import Ajv from 'ajv/dist/2020';
import fc from 'fast-check';
import type { Sandbox } from '@saoke/sandbox';
import { closeAll, control, sandbox } from './support';
import { anyBody, fitting, hostile, type JsonSchema } from './fromSchema';

afterEach(closeAll);

interface Described {
	operationId: string;
	parameters?: Array<{ name: string; in: string; required: boolean; schema: JsonSchema }>;
	requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
	responses: Record<string, { content: { 'application/json': { schema: JsonSchema } } }>;
}

interface ApiDocument {
	paths: Record<string, Record<string, Described>>;
	components: { schemas: { Failure: JsonSchema } };
}

const DOCUMENTS = ['casso', 'simplize', 'control'] as const;

async function getDocument(target: Sandbox, name: string): Promise<ApiDocument> {
	return (await (await fetch(`${target.url}/openapi/${name}.json`)).json()) as ApiDocument;
}

/** The validator is published for `import` only, which these tests cannot do: it runs in a process of its own. */
function validate(document: ApiDocument): unknown {
	const script = `
		import { text } from 'node:stream/consumers';
		import { Validator } from '@seriousme/openapi-schema-validator';
		console.log(JSON.stringify(await new Validator().validate(JSON.parse(await text(process.stdin)))));`;
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
		cwd: __dirname,
		input: JSON.stringify(document),
		encoding: 'utf8',
	});
	return JSON.parse(output) as unknown;
}

test.each(DOCUMENTS)('the document of %s is valid OpenAPI 3.1, its operation ids are unique', async (name) => {
	const document = await getDocument(await sandbox(), name);
	expect(validate(document)).toMatchObject({ valid: true });
	expect(document).toMatchObject({ openapi: '3.1.0' });
	const ids = Object.values(document.paths).flatMap((path) =>
		Object.values(path).map(({ operationId }) => operationId),
	);
	expect(new Set(ids).size).toBe(ids.length);
});

test.each([
	['casso', 12],
	['simplize', 5],
] as const)('%s: every documented call exists; without a key it is refused', async (name, count) => {
	const target = await sandbox();
	const document = await getDocument(target, name);
	const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.keys(methods).map((method) => ({ path: path.replace(/\{\w+\}/g, '1'), method })),
	);
	expect(calls).toHaveLength(count);
	for (const { path, method } of calls) {
		const response = await fetch(`${target.url}/${name}${path}`, { method: method.toUpperCase() });
		expect([path, method, response.status]).toEqual([path, method, 401]);
	}
});

test('the control document names every control call of the README', async () => {
	const { paths } = await getDocument(await sandbox(), 'control');
	for (const path of [
		'/casso/transactions',
		'/casso/transactions/batch',
		'/casso/webhooks/{id}/test',
		'/casso/deliveries/{id}/resend',
		'/casso/faults',
		'/casso/clock',
		'/simplize/cash-movements',
		'/events',
	]) {
		expect(Object.keys(paths)).toContain(path);
	}
	expect(paths['/casso/transactions']?.post?.requestBody?.content['application/json'].schema).toMatchObject({
		required: ['amount'],
		additionalProperties: false,
	});
});

const values = {
	query: (schema: JsonSchema) =>
		fc
			.oneof({ arbitrary: fitting(schema), weight: 3 }, { arbitrary: hostile, weight: 1 })
			.map((value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))),
};

interface Call {
	path: string;
	template: string;
	method: string;
	operation: Described;
	query: string;
	body: string | undefined;
}

/** A call of one of the operations: some parameters left out, some hostile. @param known values that exist, by parameter name */
function anyCall(document: ApiDocument, known: Record<string, readonly string[]>): fc.Arbitrary<Call> {
	const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ template, method, operation })),
	);
	return fc.constantFrom(...operations).chain(({ template, method, operation }) => {
		const parameters = operation.parameters ?? [];
		const valueOf = (name: string, schema: JsonSchema): fc.Arbitrary<string> => {
			const real = known[name];
			return real === undefined
				? values.query(schema)
				: fc.oneof({ arbitrary: fc.constantFrom(...real), weight: 4 }, { arbitrary: values.query(schema), weight: 1 });
		};
		const ofPath = parameters.filter((parameter) => parameter.in === 'path');
		const ofQuery = parameters.filter(
			(parameter) => parameter.in === 'query' && !['signature', 'timestamp', 'recvWindow'].includes(parameter.name),
		);
		const body = operation.requestBody?.content['application/json'].schema;
		return fc
			.record<{ places: string[]; asked: Array<string | null>; sent: string | undefined }>({
				places: fc.tuple(...ofPath.map(({ name, schema }) => valueOf(name, schema))),
				asked: fc.tuple(...ofQuery.map(({ name, schema }) => fc.option(valueOf(name, schema)))),
				sent:
					body === undefined
						? fc.constant(undefined)
						: fc.oneof(
								{ arbitrary: anyBody(body).map((value) => JSON.stringify(value) ?? ''), weight: 8 },
								{ arbitrary: fc.constantFrom('', '{', '[]', '\u0000'), weight: 1 },
							),
			})
			.map(({ places, asked, sent }) => ({
				path: ofPath.reduce(
					(path, { name }, place) =>
						path.replace(`{${name}}`, encodeURIComponent(places[place] ?? '').replace(/^\.+$/, '1') || '1'),
					template,
				),
				template,
				method: method.toUpperCase(),
				operation,
				query: ofQuery
					.flatMap(({ name }, place) =>
						asked[place] === null || asked[place] === undefined
							? []
							: [`${name}=${encodeURIComponent(asked[place]).replaceAll("'", '%27')}`],
					)
					.join('&'),
				body: sent,
			}));
	});
}

const ajv = new Ajv({ strict: false, formats: { date: true } });
const checks = new WeakMap<object, (value: unknown) => boolean>();

function conforms(schema: JsonSchema, value: unknown): boolean {
	const check = checks.get(schema) ?? ajv.compile(schema);
	checks.set(schema, check);
	return check(value);
}

/** No 5xx, JSON in any case, and the answer that the document promises. @returns whether it was a success */
function assessAnswer(call: Call, status: number, text: string, document: ApiDocument): boolean {
	const what = `${call.method} ${call.path}?${call.query} ${call.body ?? ''} → ${String(status)} ${text.slice(0, 300)}`;
	if (status >= 500) throw new Error(`Server error: ${what}`);
	const body = JSON.parse(text) as unknown;
	const isSuccess = status < 300 && !(typeof body === 'object' && body !== null && 'error' in body && body.error !== 0);
	const schema = isSuccess
		? call.operation.responses['200']?.content['application/json'].schema
		: document.components.schemas.Failure;
	if (schema === undefined || !conforms(schema, body)) throw new Error(`Not as documented: ${what}`);
	return isSuccess;
}

/** A seed in the message lets a failure be made again. */
const RUNS = { numRuns: 400, endOnFailure: true } as const;

test('Casso: calls made from its document get documented answers, and never a 5xx', async () => {
	const target = await sandbox({ accounts: 3, transactions: 60 });
	const document = await getDocument(target, 'casso');
	await control(target, 'POST', '/webhooks', { url: 'http://127.0.0.1:9/' });
	const known = {
		accountId: target.casso.data.accounts.map(({ id }) => String(id)),
		id: ['114', '4512301', '4512310'],
	};
	const successes = new Set<string>();
	const real = { webhook: 'http://127.0.0.1:9/x', bank_acc_id: target.casso.data.accounts[0]?.accountNumber };
	await fc.assert(
		fc.asyncProperty(anyCall(document, known), fc.boolean(), async (drawn, asReal) => {
			const call = asReal ? withReal(drawn, real) : drawn;
			const response = await fetch(`${target.cassoUrl}${call.path}${call.query === '' ? '' : `?${call.query}`}`, {
				method: call.method,
				headers: { Authorization: `Apikey ${target.apiKey}`, 'Content-Type': 'application/json' },
				body: call.method === 'GET' ? undefined : call.body,
			});
			if (assessAnswer(call, response.status, await response.text(), document))
				successes.add(call.operation.operationId);
		}),
		RUNS,
	);
	// Otherwise it would only have seen refusals.
	expect([...successes]).toEqual(
		expect.arrayContaining(['listTransactions', 'listAccountTransactions', 'getTransaction', 'createWebhook', 'sync']),
	);
}, 60_000);

test('Simplize: signed calls made from its document get documented answers, and never a 5xx', async () => {
	const target = await sandbox({ transactions: 0 });
	const document = await getDocument(target, 'simplize');
	const known = {
		externalUserId: ['USER015', "o'neil+vn/1&2=3%20"],
		pathId: ['862', '863', '902'],
		ticker: ['HPG', 'BVH'],
	};
	const successes = new Set<string>();
	await fc.assert(
		fc.asyncProperty(anyCall(document, known), fc.boolean(), async (drawn, own) => {
			const call =
				own && drawn.body !== undefined
					? { ...withReal(drawn, { portfolioId: 862 }), query: 'externalUserId=USER015' }
					: drawn;
			const query = `${call.query}${call.query === '' ? '' : '&'}timestamp=${String(target.simplize.now())}`;
			const body = call.method === 'POST' ? (call.body ?? '') : '';
			const signature = createHmac('sha256', target.simplize.apiSecret)
				.update(query + body)
				.digest('hex');
			const response = await fetch(`${target.simplizeUrl}${call.path}?${query}&signature=${signature}`, {
				method: call.method,
				headers: {
					'X-Api-Key': target.simplize.apiKey,
					...(call.method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
				},
				body: call.method === 'POST' ? body : undefined,
			});
			if (assessAnswer(call, response.status, await response.text(), document))
				successes.add(call.operation.operationId);
		}),
		RUNS,
	);
	expect([...successes]).toEqual(
		expect.arrayContaining([
			'listUsers',
			'getPortfolio',
			'listCashHistories',
			'listStockTransactions',
			'getBatchStatus',
		]),
	);
}, 60_000);

/** With values that exist, where the body has these fields. */
function withReal(call: Call, real: Readonly<Record<string, unknown>>): Call {
	try {
		const body = JSON.parse(call.body ?? '') as unknown;
		if (typeof body !== 'object' || body === null || Array.isArray(body)) return call;
		const given = Object.entries(real).filter(([name]) => Object.hasOwn(body, name));
		return { ...call, body: JSON.stringify({ ...body, ...Object.fromEntries(given) }) };
	} catch {
		return call;
	}
}

test('the control API: calls made from its document never get a 5xx', async () => {
	const target = await sandbox({ transactions: 20, retryGapsMs: [] });
	const document = await getDocument(target, 'control');
	// An open stream has no end, and waiting is not what is looked at here.
	delete document.paths['/events'];
	delete document.paths['/casso/idle'];
	await control(target, 'POST', '/webhooks', { url: `${target.url}/receiver` });
	const known = { id: ['114', '1', '4512301'], place: ['0'] };
	let successes = 0;
	await fc.assert(
		fc.asyncProperty(anyCall(document, known), async (call) => {
			const response = await fetch(`${target.url}/control${call.path}`, {
				method: call.method,
				headers: call.method === 'GET' ? {} : { 'Content-Type': 'application/json' },
				body: call.method === 'GET' ? undefined : call.body,
			});
			const text = await response.text();
			if (response.status >= 500)
				throw new Error(`Server error: ${call.method} ${call.path} ${call.body ?? ''} → ${text}`);
			if (response.ok) successes += 1;
			else expect(JSON.parse(text)).toEqual({ message: expect.any(String) as string });
		}),
		RUNS,
	);
	expect(successes).toBeGreaterThan(50);
}, 60_000);
