/** When Casso gets its answer. n8n gives it either way: once the execution is stored, or once the workflow has ended. */
import type { INodeParameters, IWebhookFunctions } from 'n8n-workflow';

const isFinished = (parameters: INodeParameters): boolean => (parameters.options as INodeParameters | undefined)?.answer === 'finished';

/** Each as every n8n reads it, and as a function for those versions that take one. */
const responseMode = {
	template: '={{ $parameter["options"]["answer"] === "finished" ? "lastNode" : "onReceived" }}',
	resolve: (parameters: INodeParameters): string => (isFinished(parameters) ? 'lastNode' : 'onReceived'),
};
const responseData = {
	template: '={{ $parameter["options"]["answer"] === "finished" ? "noData" : ({ success: true }) }}',
	resolve: (parameters: INodeParameters): unknown => (isFinished(parameters) ? 'noData' : { success: true }),
};

/**
 * For the description of the node's webhook. The symbol is n8n's (WEBHOOK_RESOLVERS of n8n-workflow, which older versions
 * lack): with the functions under it, n8n can answer a delivery without its expression engine, and so without an isolate
 * of V8. A status is left out: as text it would make n8n answer 500.
 */
export const answering = {
	responseMode: responseMode.template,
	responseData: responseData.template,
	[Symbol.for('n8n.webhookDescriptionResolvers')]: { responseMode, responseData },
};

/**
 * Makes n8n's answer at the end of a workflow one that Casso understands: whether it went well, and nothing of what the
 * workflow made. (Left to itself, n8n answers with an empty body, which Casso's strict mode takes for a failure.)
 */
export function answerByOutcome(this: IWebhookFunctions): void {
	const response = this.getResponseObject();
	const json = response.json.bind(response);
	response.json = () => json({ success: response.statusCode === 200 });
}
