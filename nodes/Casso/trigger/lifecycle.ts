/** The three steps in which n8n publishes and unpublishes the trigger, for both ways of registration. */
import { findAddressProblem, type AddressProblem } from '@saoke/core/webhook';
import { isStartOfN8n } from '@saoke/n8n-kit';
import { NodeOperationError, type IHookFunctions, type INode } from 'n8n-workflow';
import { toNodeError } from '../shared/nodeError';
import { isRegistered, isRegistrationKnown, getMessage, register, unregister, warn } from './registration';
import { checkSecrets } from './secrets';
import { readOutputSettings, readVerifySettings, type OutputSettings, type VerifySettings } from './settings';

const ADDRESS_PROBLEMS: Record<AddressProblem, string> = {
	notHttps: 'does not begin with https://',
	notPublic: 'exists only on this machine or in a private network',
};

/** @throws an error of n8n if a parameter makes no sense, or Casso refuses */
export async function checkExists(context: IHookFunctions): Promise<boolean> {
	warnOfAddress(context);
	try {
		const { verify, output } = await check(context);
		return verify.registration === 'manual' || (await isRegistered(context, getUrl(context), output));
	} catch (error) {
		// A throw would make n8n remove a webhook that receives. Each delivery reports what is wrong, too.
		if (!isStartOfN8n(context) || !isRegistrationKnown(context, getUrl(context))) throw error;
		warn(context, `keeps its registration, although n8n started it with a mistake: ${getMessage(error)}`);
		return true;
	}
}

/** @throws an error of n8n where a parameter makes no sense, or Casso does not take the registration */
export async function create(context: IHookFunctions): Promise<boolean> {
	const { verify, output } = await check(context);
	return verify.registration === 'manual' || (await register(context, getUrl(context), output));
}

export async function remove(context: IHookFunctions): Promise<boolean> {
	// Read bare: a parameter that makes no sense must not keep a webhook alive.
	if (context.getNodeParameter('registration', 'automatic') === 'manual') return true;
	return await unregister(context, getUrl(context));
}

async function check(context: IHookFunctions): Promise<{ verify: VerifySettings; output: OutputSettings }> {
	try {
		checkPath(context.getNode());
		const settings = { verify: readVerifySettings.call(context), output: readOutputSettings.call(context) };
		if (settings.verify.registration === 'manual') await checkSecrets(context, settings.verify);
		return settings;
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** Without an id of its own, n8n builds the address of a webhook from the node's name, and may not find it again. */
function checkPath(node: INode): void {
	if (node.webhookId) return;
	throw new NodeOperationError(node, 'The address of this node would contain its name, and n8n may not find it', {
		description:
			'The workflow was imported without an ID for the webhook. Open it in the editor, save it once, then publish it.',
	});
}

/** A warning, no refusal: only the user knows whether something is in front of n8n. */
function warnOfAddress(context: IHookFunctions): void {
	const url = getUrl(context);
	const problem = findAddressProblem(url);
	if (!problem) return;
	context.logger.warn(
		`Casso Trigger: Casso cannot reach ${new URL(url).origin}, because it ${ADDRESS_PROBLEMS[problem]}. Give n8n a public https address (N8N_WEBHOOK_URL, in older versions WEBHOOK_URL), then unpublish and publish this workflow`,
		{ nodeName: context.getNode().name, workflowId: context.getWorkflow().id },
	);
}

function getUrl(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (!url) throw new Error('n8n gave the trigger no webhook address');
	return url;
}
