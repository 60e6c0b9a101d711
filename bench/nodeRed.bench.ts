/** Our Node-RED nodes in a real Node-RED 5, beside what its own nodes do: throughput and memory. */
import { Agent, request } from 'node:http';
import { signWebhook } from '@saoke/core';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { packPackages } from '../hosts/tarball';
import type { FlowNode } from '../hosts/nodeRedApi';
import { eventually, prepareHosts, startTestHost, tab } from '../test/e2e/harness/nodeRedHost';
import { median } from './median';
import { residentMb } from './residentMemory';
import type { BenchResult } from './result';

const KEY = 'key-of-the-benchmark-'.repeat(3);
const ROUNDS = 5;
const DELIVERIES = 4_000;
const PARALLEL = 50;

const TRANSACTIONS = 100_000;
/** After a deployment, until the process is idle. */
const SETTLE_MS = 2_000;

export async function run(): Promise<BenchResult[]> {
	packPackages();
	await prepareHosts(5);
	return [await webhookThroughput(), await streamMemory()];
}

/** casso-webhook → a node that ends the message, against http in → http response, which checks nothing. */
async function webhookThroughput(): Promise<BenchResult> {
	const host = await startTestHost(5);
	try {
		// One node behind each, as http response is behind http in.
		const end: FlowNode = {
			id: 'end',
			type: 'debug',
			z: 't',
			active: false,
			tosidebar: true,
			complete: 'payload',
			targetType: 'msg',
			wires: [],
		};
		await host.api.deploy([
			tab('t'),
			end,
			{
				id: 'hook',
				type: 'casso-webhook',
				z: 't',
				path: '/ours',
				dialects: 'v2',
				credentials: { securityKey: KEY },
				wires: [['end']],
			},
			{ id: 'in', type: 'http in', z: 't', url: '/theirs', method: 'post', wires: [['response']] },
			{ id: 'response', type: 'http response', z: 't', statusCode: '200', wires: [] },
		]);
		await eventually('routes', async () => (await fetch(`${host.url}/theirs`, { method: 'POST', body: '{}' })).ok);
		const ours: number[] = [];
		const theirs: number[] = [];
		await throughput(`${host.url}/ours`);
		await throughput(`${host.url}/theirs`);
		for (let round = 0; round < ROUNDS; round++) {
			theirs.push(await throughput(`${host.url}/theirs`));
			ours.push(await throughput(`${host.url}/ours`));
		}
		const ratio = median(ours) / median(theirs);
		return {
			name: 'Node-RED webhook: signed deliveries a second, median of 5, against http in → http response',
			ours: median(ours),
			peer: median(theirs),
			unit: '1/s',
			ratio,
			goal: 'at least 0.95',
			pass: ratio >= 0.95,
		};
	} finally {
		await host.dispose();
	}
}

let nextId = 1;

/** Requests a second, 50 at a time over connections that stay open; bodies and signatures are made beforehand. */
async function throughput(url: string): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });
	const queue = Array.from({ length: DELIVERIES }, makeDelivery);
	const startedMs = performance.now();
	await Promise.all(
		Array.from({ length: PARALLEL }, async () => {
			for (let next = queue.pop(); next; next = queue.pop()) {
				const status = await post(url, agent, next);
				if (status !== 200) throw new Error(`${url} answered ${status}`);
			}
		}),
	);
	const seconds = (performance.now() - startedMs) / 1000;
	agent.destroy();
	return DELIVERIES / seconds;
}

interface Prepared {
	body: string;
	headers: Record<string, string>;
}

function makeDelivery(): Prepared {
	const data = {
		id: nextId++,
		reference: 'FT26015123456',
		description: 'NGUYEN VAN A chuyen tien DH1234 FT26015123456',
		amount: 1_250_000,
		runningBalance: 98_765_432,
		transactionDateTime: '2026-01-15 10:11:12',
		accountNumber: '0071000888888',
		bankName: 'Vietcombank',
		bankAbbreviation: 'VCB',
		virtualAccountNumber: '',
		virtualAccountName: '',
		counterAccountName: 'NGUYEN VAN A',
		counterAccountNumber: '19035678901234',
		counterAccountBankId: '970407',
		counterAccountBankName: 'Techcombank',
	};
	const body = JSON.stringify({ error: 0, data });
	return {
		body,
		headers: {
			'content-type': 'application/json',
			'content-length': String(Buffer.byteLength(body)),
			...signWebhook(body, { securityKey: KEY, signedAtMs: Date.now() }),
		},
	};
}

async function post(url: string, agent: Agent, { body, headers }: Prepared): Promise<number> {
	return await new Promise((resolve, reject) => {
		const call = request(url, { method: 'POST', agent, headers }, (response) => {
			response.resume();
			response.once('end', () => resolve(response.statusCode ?? 0));
		});
		call.once('error', reject);
		call.end(body);
	});
}

/** 100,000 transactions page by page, against the same as one list: how far a fresh process grows above idle. */
async function streamMemory(): Promise<BenchResult> {
	const sandbox = await startSandbox({ transactions: TRANSACTIONS });
	try {
		const pages = await growth(sandbox, 'page');
		const list = await growth(sandbox, 'array');
		return {
			name: 'Node-RED: 100,000 transactions page by page, peak above idle, against one list',
			ours: pages,
			peer: list,
			unit: 'MB',
			ratio: pages / list,
			goal: 'at most 60 MB',
			pass: pages <= 60,
		};
	} finally {
		await sandbox.close();
	}
}

async function growth(sandbox: Sandbox, delivery: 'page' | 'array'): Promise<number> {
	const host = await startTestHost(5);
	try {
		await host.api.deploy([
			tab('t'),
			{ id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl, credentials: { apiKey: sandbox.apiKey } },
			{ id: 'go', type: 'inject', z: 't', props: [], wires: [['read']] },
			{
				id: 'read',
				type: 'casso-transactions',
				z: 't',
				casso: 'casso',
				operation: 'getAll',
				delivery,
				period: 'custom',
				fromDate: '90',
				fromDateType: 'daysAgo',
				toDate: '0',
				toDateType: 'daysAgo',
				wires: [['count']],
			},
			{
				id: 'count',
				type: 'function',
				z: 't',
				func: `const seen = (context.get('seen') ?? 0) + msg.payload.length;\ncontext.set('seen', seen);\nif (seen === ${TRANSACTIONS}) node.warn('all seen');\nreturn null;`,
				outputs: 1,
				wires: [[]],
			},
		]);
		await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
		const idle = residentMb(host.pid);
		let peak = idle;
		await host.api.inject('go');
		await eventually(
			`${delivery} of ${TRANSACTIONS}`,
			() => {
				peak = Math.max(peak, residentMb(host.pid));
				return host.log().includes('all seen');
			},
			300_000,
		);
		return peak - idle;
	} finally {
		await host.dispose();
	}
}
