/** The three OpenAPI documents: both services, and the control API. */
import { contract as cassoContract, failureSchema as cassoFailure } from '../casso/api/contract';
import { CASSO_PREFIX } from '../casso/api/path';
import { contract as simplizeContract, failureSchema as simplizeFailure } from '../simplize/api/contract';
import { SIMPLIZE_PREFIX } from '../simplize/api/prefix';
import { openApiDocument } from './document';
import { record, text, type Operation, type Schema } from './operation';

export function cassoDocument(): Schema {
	return openApiDocument(
		{
			title: 'Casso, as the sandbox plays it',
			description:
				'Answers are shown as they are while no switch is moved and no fault is on. Times are Vietnam time; money is whole VND.',
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
				'What a person does on the page: make transactions, add webhooks, switch faults. Loopback only; writes need Content-Type: application/json.',
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
