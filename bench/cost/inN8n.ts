/** Reading and receiving in a real n8n, started again for every figure, so that no run pays for the one before. */
import { signWebhook } from '@saoke/core';
import type { N8nWorkflow } from '../../hosts/n8nApi';
import { postAll } from '../../test/e2e/harness/post';
import { startScratch, type Scratch } from '../../test/e2e/harness/scratchN8n';
import { SECURITY_KEY, triggerWorkflow, webhookCredential } from '../../test/e2e/harness/triggerWorkflow';
import { httpRequestWorkflow, oursWorkflow, runOnce } from '../getMany/contenders';
import { forgetPeak, peakMb } from '../getMany/peakMemory';
import { deliveryBody } from '../longRun/contender';
import { residentMb } from '../residentMemory';
import type { Point } from './figures';

const HTTP_REQUEST = 'HTTP Request node';
const WEBHOOK = 'Webhook node, no check';

/** After its start n8n still loads and cleans up. */
const SETTLE_MS = 4_000;
const MOST_MS = 120_000;
const PARALLEL = 10;

/** @param size transactions at Casso; all of them are read, in pages of 100 */
export async function measureReading(size: number): Promise<Point[]> {
	const scratch = await startScratch({ sandbox: { transactions: size, historyDays: 365 } });
	const points: Point[] = [];
	try {
		for (const line of ['Get Many, CSV file', 'Get Many, items', HTTP_REQUEST]) {
			await restart(scratch);
			const { n8n, sandbox } = scratch;
			const cassoApi = await n8n.api.putCredential('Casso', 'cassoApi', {
				authentication: 'apiKey',
				apiKey: sandbox.apiKey,
				baseUrl: sandbox.cassoUrl,
			});
			const workflow =
				line === HTTP_REQUEST
					? httpRequestWorkflow(cassoApi, sandbox.cassoUrl)
					: oursWorkflow(cassoApi, line === 'Get Many, items' ? 'items' : 'csv');
			const { id } = await n8n.api.createWorkflow(workflow);
			const cost = await measure(scratch, async () => (await runOnce(n8n.api, id)).ms);
			points.push({ line, ...(line === HTTP_REQUEST ? { isPeer: true } : {}), size, ...cost });
		}
	} finally {
		await scratch.close();
	}
	return points;
}

/** @param size deliveries of one transaction each, ten at a time */
export async function measureWebhook(size: number): Promise<Point[]> {
	const scratch = await startScratch();
	const points: Point[] = [];
	let nextId = 1;
	try {
		for (const line of ['Casso Trigger', 'Casso Trigger, grouped', WEBHOOK]) {
			await restart(scratch);
			const { n8n } = scratch;
			const options = line === 'Casso Trigger, grouped' ? { groupDeliveries: true } : {};
			const ours = triggerWorkflow({ registration: 'manual', options }, await webhookCredential(n8n.api));
			const workflow = line === WEBHOOK ? withWebhookNode(ours) : ours;
			const { id } = await n8n.api.createWorkflow(workflow);
			await n8n.api.publish(id);
			const posts = Array.from({ length: size }, () => {
				const body = deliveryBody(nextId++);
				return { body, headers: signWebhook(body, { securityKey: SECURITY_KEY, signedAtMs: Date.now() }) };
			});
			const deliver = async (): Promise<number> => {
				const startedMs = performance.now();
				const answers = await postAll(`${n8n.url}/webhook/${workflow.path}`, posts, PARALLEL);
				const refused = answers.find(({ status }) => status !== 200);
				if (refused) throw new Error(`A delivery was answered with ${refused.status}: ${refused.body}`);
				return performance.now() - startedMs;
			};
			points.push({ line, ...(line === WEBHOOK ? { isPeer: true } : {}), size, ...(await measure(scratch, deliver)) });
			await n8n.api.unpublish(id);
		}
	} finally {
		await scratch.close();
	}
	return points;
}

function withWebhookNode(ours: N8nWorkflow & { path: string }): N8nWorkflow & { path: string } {
	const [trigger, ...rest] = ours.nodes;
	const webhook = {
		...trigger,
		name: 'Casso Trigger',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: { httpMethod: 'POST', path: 'cost', options: {} },
		credentials: {},
	};
	return { ...ours, nodes: [webhook, ...rest], path: 'cost' };
}

async function restart(scratch: Scratch): Promise<void> {
	await scratch.restart();
	await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}

/** @returns nothing if n8n ended, or did not end in time */
async function measure({ n8n }: Scratch, work: () => Promise<number>): Promise<Pick<Point, 'ms' | 'mb'>> {
	const before = residentMb(n8n.pid);
	forgetPeak(n8n.pid);
	const timeUp = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), MOST_MS).unref());
	const ms = await Promise.race([work(), timeUp]).catch((error: unknown) => {
		console.error(String(error));
		return undefined;
	});
	return ms === undefined ? {} : { ms, mb: peakMb(n8n.pid) - before };
}
