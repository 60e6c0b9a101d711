/** The three OpenAPI documents: both services, and the control API. */
import { CASSO_PREFIX, contract as cassoContract, failureSchema as cassoFailure } from './casso/contract';
import type { Operation, Parameter } from './engine/operation';
import { record, text, type Schema } from './engine/schema';
import { SIMPLIZE_PREFIX, contract as simplizeContract, failureSchema as simplizeFailure } from './simplize/contract';

export function cassoDocument(): Schema {
	return openApiDocument(
		{
			title: 'Casso, as the sandbox implements it',
			description:
				'Answers are shown as they are while no switch is changed and no fault is on. Times are Vietnam time; money is whole VND.',
			server: CASSO_PREFIX,
			securitySchemes: {
				apikey: {
					type: 'apiKey',
					in: 'header',
					name: 'Authorization',
					description: '`Apikey <key>`: the word, a space, and the key.',
				},
				bearer: { type: 'http', scheme: 'bearer' },
			},
			security: [{ apikey: [] }, { bearer: [] }],
			failure: cassoFailure,
		},
		Object.values(cassoContract),
	);
}

export function simplizeDocument(): Schema {
	return openApiDocument(
		{
			title: 'Simplize, as the sandbox plays it',
			description:
				'Every call is signed: HMAC-SHA256 over the query without its signature, followed by the body. Failures are invented; Simplize publishes none.',
			server: SIMPLIZE_PREFIX,
			securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } },
			security: [{ key: [] }],
			failure: simplizeFailure,
		},
		Object.values(simplizeContract),
	);
}

/** What a route of the control API is known by. */
export interface ControlRoute {
	method: string;
	/** As Fastify writes it, with `/control`. */
	url: string;
	body?: Schema;
}

const SERVER = '/control';

/** @param routes as they were registered, with the schemas that check them */
export function controlDocument(routes: readonly ControlRoute[]): Schema {
	return openApiDocument(
		{
			title: 'Control of the sandbox',
			description:
				'What the page does: make transactions, add webhooks, turn on faults. Loopback only; writes need Content-Type: application/json.',
			server: SERVER,
			securitySchemes: {},
			security: [{}],
			failure: record({ message: text }),
		},
		routes.map(controlOperation),
	);
}

function controlOperation({ method, url, body }: ControlRoute): Operation {
	const path = url.slice(SERVER.length).replace(/:(\w+)/g, '{$1}');
	const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));
	return {
		method: method.toLowerCase() as Operation['method'],
		path,
		id: `${method.toLowerCase()}${path.replace(/\W+(\w?)/g, (_whole, letter: string) => letter.toUpperCase())}`,
		summary: `${method} ${path}`,
		parameters: names.map((name) => ({
			in: 'path',
			name,
			schema: { type: 'integer', minimum: 0 },
			mustBe: 'a whole number',
		})),
		body,
		answer: { type: 'object' },
	};
}

interface DocumentFrame {
	title: string;
	description: string;
	/** Where the API is mounted, e.g. `/casso`. */
	server: string;
	/** By name; all of them are needed for every call. */
	securitySchemes: Readonly<Record<string, Schema>>;
	/** Which of them, as OpenAPI wants it: one of the list is enough. */
	security: ReadonlyArray<Readonly<Record<string, readonly string[]>>>;
	/** What a failure's body holds. */
	failure: Schema;
}

function openApiDocument(frame: DocumentFrame, operations: readonly Operation[]): Schema {
	const paths: Record<string, Record<string, Schema>> = {};
	for (const operation of operations) {
		paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation, frame) };
	}
	return {
		openapi: '3.1.0',
		info: { title: frame.title, description: frame.description, version: '0.1.0' },
		servers: [{ url: frame.server }],
		security: frame.security,
		paths,
		components: { securitySchemes: frame.securitySchemes, schemas: { Failure: frame.failure } },
	};
}

function describe(
	{ id, summary, description, parameters = [], body, answer, status = 200 }: Operation,
	{ security }: DocumentFrame,
): Schema {
	return {
		operationId: id,
		summary,
		...(description === undefined ? {} : { description }),
		security,
		...(parameters.length === 0 ? {} : { parameters: parameters.map(describeParameter) }),
		...(body === undefined
			? {}
			: { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
		responses: {
			[String(status)]: { description: 'Success', content: { 'application/json': { schema: answer } } },
			default: {
				description: 'Failure',
				content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
			},
		},
	};
}

function describeParameter({ name, schema, mustBe, required = false, description, ...rest }: Parameter): Schema {
	const sentence = `Must be ${mustBe}.`;
	return {
		name,
		in: rest.in,
		required: rest.in === 'path' || required,
		schema,
		description: description === undefined ? sentence : `${description} ${sentence}`,
	};
}
