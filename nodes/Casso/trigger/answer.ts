/** When Casso gets its answer. n8n gives it either way: once the execution is stored, or once the workflow has ended. */
import type { IWebhookFunctions } from 'n8n-workflow';

/** For the description of the node's webhook. A status is left out: as text it would make n8n answer 500. */
export const answering = {
	responseMode: '={{ $parameter["options"]["answer"] === "finished" ? "lastNode" : "onReceived" }}',
	responseData: '={{ $parameter["options"]["answer"] === "finished" ? "noData" : ({ success: true }) }}',
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
