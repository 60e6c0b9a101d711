/** Puts an OpenAPI 3.1 document together from operations. */
import type { Operation, Parameter, Schema } from './operation';

export interface DocumentFrame {
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

export function openApiDocument(frame: DocumentFrame, operations: readonly Operation[]): Schema {
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
