/**
 * A credential's declarative test, as n8n's server evaluates it: the request runs through n8n-core's routing with the
 * credential's own authenticate function, then each rule compares one key of the answer.
 */
import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	NodeOperationError,
	Workflow,
	createRunExecutionData,
	type ICredentialTestRequest,
	type INode,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import type { Engine } from './engine';

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

const NODE: INode = {
	id: 'temp',
	name: 'Temp-Node',
	type: 'temp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** n8n 2.8 and before drop the cause of an error, so that none of a credential's rules for a status applies there. */
const KEEPS_CAUSE = new NodeOperationError(NODE, new Error('cause')).cause !== undefined;

const WORDS_OF_N8N =
	/^(Authorization failed|Forbidden|Request failed with status code|Service unavailable|The resource you are|The service )/;

/** What is shown for a failed request: our rule for its status, or what an earlier n8n says. */
export const byStatus = (ours: RegExp): RegExp => (KEEPS_CAUSE ? ours : WORDS_OF_N8N);

/** @param name credential type, which the engine must have data for */
export async function testCredential(engine: Engine, name: string): Promise<CredentialTestResult> {
	const { test } = engine.credentialType(name);
	if (!test) throw new Error(`The credential ${name} has no test`);
	const type = nodeFor(name, test.request);
	const node: INode = { ...NODE, credentials: { [name]: { id: name, name } } };
	const nodeTypes: INodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const data = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		node,
		engine.additionalData(),
		'internal',
		createRunExecutionData(),
		0,
		[],
		data,
		{ node, data, source: null },
		[],
	);
	try {
		// n8n before 2.41 evaluates expressions without an isolate.
		await workflow.expression.acquireIsolate?.();
		const answer = await new RoutingNode(context, type).runNode();
		for (const rule of test.rules ?? []) {
			if (rule.type !== 'responseSuccessBody') continue;
			const found = valueAt(answer?.[0]?.[0]?.json, rule.properties.key);
			if (found === rule.properties.value) return { status: 'Error', message: rule.properties.message };
		}
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: describeFailure(error, test) };
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}

/** As n8n's server words a failed request: by a rule for its status, else n8n's own word for it, or the code of an error. */
function describeFailure(error: unknown, { rules }: ICredentialTestRequest): string {
	const { cause } = error as { cause?: { code?: string; response?: { status: number; statusText: string } } };
	if (cause?.response) {
		const { status, statusText } = cause.response;
		const rule = rules?.find(({ type, properties }) => type === 'responseCode' && properties.value === status);
		return rule?.properties.message ?? statusText;
	}
	return cause?.code ?? (error instanceof Error ? error.message : String(error));
}

type TestRequest = NonNullable<ReturnType<Engine['credentialType']>['test']>['request'];

/** The node that n8n makes up around the request of a test. */
function nodeFor(credential: string, request: TestRequest): INodeType {
	return {
		description: {
			displayName: 'Temp',
			name: 'temp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credential, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } }],
		},
	};
}

function valueAt(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
			value,
		);
}
