/** The demo with a real key: it only reads, unless Casso can reach this n8n: then the trigger is published, and registers. */
import { checkBaseUrl, ParameterError } from '@saoke/core';
import type { N8nApi } from '../../hosts/n8nApi';
import type { Progress } from '../../hosts/progress';
import type { Shutdown } from '../../hosts/shutdown';
import { describeLogin, startN8nForDemo } from './n8nWithExamples';
import type { StartOptions } from './options';
import { ensureLedger, importExample } from './workflows';

export async function runWithRealService(
	options: StartOptions,
	real: NonNullable<StartOptions['real']>,
	progress: Progress,
	shutdown: Shutdown,
): Promise<void> {
	const baseUrl = checkBaseUrl(real.baseUrl);
	if (real.publicUrl !== undefined && !/^https?:\/\/[^/]/.test(real.publicUrl)) {
		throw new ParameterError(
			'CASSO_PUBLIC_URL',
			'CASSO_PUBLIC_URL is not a web address',
			'Use an address such as https://n8n.example.com.',
		);
	}
	const n8n = await startN8nForDemo(
		{ port: options.n8nPort, state: 'n8n-real', webhookUrl: real.publicUrl },
		progress,
		shutdown,
	);
	const cassoApi = await n8n.api.putCredential('Casso', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: real.apiKey,
		baseUrl,
	});
	await ensureLedger(n8n.api, 'new-transaction-to-ledger.json');
	const listsId = await importExample(n8n.api, 'last-month-transactions.json', { cassoApi });
	const triggerId = await importExample(n8n.api, 'new-transaction-to-ledger.json', { cassoApi });
	await readLists(n8n.api, listsId);
	progress.step("Read the accounts and last month's transactions");
	if (real.publicUrl) {
		await n8n.api.publish(triggerId);
		progress.step(`Published the trigger workflow; Casso reports to ${real.publicUrl}`);
	} else {
		progress.step('The trigger workflow is not published: set CASSO_PUBLIC_URL to the public address of this n8n');
	}
	describeLogin(n8n, progress);
	progress.say(
		`  state     ${n8n.userFolder}   holds your key, encrypted: unpublish the workflows and delete this folder when you are done`,
	);
}

/** @throws Error with Casso's answer when the lists could not be read */
async function readLists(api: N8nApi, workflowId: string): Promise<void> {
	const { nodes } = await api.workflow(workflowId);
	const trigger = nodes.find((node) => node.type === 'n8n-nodes-base.manualTrigger');
	const { status, data } = await api.runToEnd(workflowId, trigger?.name ?? '');
	if (status === 'success') return;
	const reason = /Casso refused[^"\\]*|No answer to[^"\\]*|The credential[^"\\]*/.exec(data)?.[0];
	throw new Error(`The lists could not be read: ${reason ?? status}`);
}
