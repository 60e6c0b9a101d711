/** The three webhook methods that n8n calls to publish and unpublish the trigger, for manual and automatic registration. */
import { findAddressProblem, type AddressProblem } from '@saoke/core/webhook';
import { isStartOfN8n, withHintInMessage } from '@saoke/n8n-kit';
import { NodeOperationError, type IHookFunctions, type INode } from 'n8n-workflow';
import { toNodeError } from '../shared/nodeError';
import { isRegistered, isRegistrationKnown, getMessage, register, unregister, warn } from './registration';
import { checkSecrets } from './secrets';
import { readOutputSettings, readVerifySettings, type OutputSettings, type VerifySettings } from './settings';

const ADDRESS_PROBLEMS: Record<AddressProblem, string> = {
	notHttps: 'does not begin with https://',
	notPublic: 'exists only on this machine or in a private network',
};

/** @throws an n8n error if a parameter is invalid, or Casso rejects the request */
export async function checkExists(context: IHookFunctions): Promise<boolean> {
	warnOfAddress(context);
	try {
		const { verify, output } = await check(context);
		return verify.registration === 'manual' || (await isRegistered(context, getUrl(context), output));
	} catch (error) {
		// Throwing would make n8n remove a working webhook. Each delivery reports the error anyway.
		if (!isStartOfN8n(context) || !isRegistrationKnown(context, getUrl(context))) {
			throw withHintInMessage(toNodeError(context.getNode(), error));
		}
		warn(context, `keeps its registration, although it has an error at n8n's startup: ${getMessage(error)}`);
		return true;
	}
}

/** @throws an n8n error if a parameter is invalid, or Casso rejects the registration */
export async function create(context: IHookFunctions): Promise<boolean> {
	try {
		const { verify, output } = await check(context);
		return verify.registration === 'manual' || (await register(context, getUrl(context), output));
	} catch (error) {
		throw withHintInMessage(toNodeError(context.getNode(), error));
	}
}

export async function remove(context: IHookFunctions): Promise<boolean> {
	// Read without validation: an invalid parameter must not keep a webhook registered.
	if (context.getNodeParameter('registration', 'automatic') === 'manual') return true;
	return await unregister(context, getUrl(context));
}

async function check(context: IHookFunctions): Promise<{ verify: VerifySettings; output: OutputSettings }> {
	try {
		checkPath(context.getNode());
		const settings = { verify: readVerifySettings(context), output: readOutputSettings(context) };
		if (settings.verify.registration === 'manual') await checkSecrets(context, settings.verify);
		return settings;
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** Without a webhook id, n8n builds the URL from the node's name, and may not match it again. */
function checkPath(node: INode): void {
	if (node.webhookId) return;
	throw new NodeOperationError(node, 'The address of this node would contain its name, and n8n may not find it', {
		description:
			'The workflow was imported without an ID for the webhook. Open it in the editor, save it once (Ctrl+S), then publish it.',
	});
}

/** Only a warning: the user may have a proxy in front of n8n. */
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
	if (!url) throw new Error('n8n provided no webhook URL for the trigger');
	return url;
}
