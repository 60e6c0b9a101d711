/**
 * New transactions into Google Sheets, in a real n8n with its own Google Sheets node, against the stand-in for Google with
 * 300 ms on the way: the recipe (a table, one writer a minute) against what a user would wire: append or update directly
 * behind the trigger. 200 deliveries, 50 in parallel; then single transfers.
 */
import type { N8nWorkflow } from '../hosts/n8nApi';
import type { GoogleSheets } from '../test/e2e/harness/googleSheets/googleSheets';
import type { Spreadsheet } from '../test/e2e/harness/googleSheets/spreadsheet';
import {
	importRecipe,
	importWorkflow,
	newSpreadsheetId,
	readRecipe,
	removeWorkflows,
	runRecipe,
	startRecipeHost,
	waitFor,
	type Recipe,
	type RecipeHost,
} from '../test/e2e/harness/recipes';
import type { BenchResult } from './result';

const RECIPE = '1-new-transaction-to-google-sheets.json';
const DELIVERIES = 200;
/** The second comes just after the run that wrote the first: the longest wait there is. */
const SINGLE_TRANSFERS = 2;
const A_DAY = 1_000;
const WAIT_MS = 300_000;
const LATENCY_MS = 300;

interface Measured {
	/** Rows that the sheet lacks in the end. */
	lost: number;
	/** Requests to the Sheets API for one transaction that comes alone. */
	requestsAlone: number;
	/** From a transfer to its row, the longest of single transfers. */
	toRowMs: number;
}

export async function run(): Promise<BenchResult[]> {
	const host = await startRecipeHost({ transactions: 20, deliveries: { deadlineMs: WAIT_MS } });
	const { google, scratch } = host;
	try {
		google.latencyMs = LATENCY_MS;
		const ours = await measure(host, async (id) => await importRecipe(scratch.n8n.api, RECIPE, id), true);
		const peer = await measure(host, async (id) => await importWorkflow(scratch.n8n.api, direct(id), id), false);
		const withQuota = await countLost(
			host,
			async (id) => await importWorkflow(scratch.n8n.api, direct(id), id),
			false,
			true,
		);
		return results(ours, peer, withQuota);
	} finally {
		await host.close();
	}
}

function results(ours: Measured, peer: Measured, peerLostWithQuota: number): BenchResult[] {
	const oursADay = ours.requestsAlone * minutesWithOne(A_DAY);
	const peerADay = peer.requestsAlone * A_DAY;
	return [
		result(
			`rows lost of ${DELIVERIES}, 50 in parallel, quota lifted for the peer`,
			ours.lost,
			peer.lost,
			'rows',
			'none lost',
			ours.lost === 0,
		),
		result(
			`rows lost of ${DELIVERIES}, 50 in parallel, Google's quota`,
			ours.lost,
			peerLostWithQuota,
			'rows',
			'none lost',
			ours.lost === 0,
		),
		result(
			`Sheets requests a day at ${A_DAY} transactions at random times`,
			oursADay,
			peerADay,
			'requests',
			'fewer',
			oursADay < peerADay,
		),
		result(
			'transfer to sheet row, the longest wait',
			ours.toRowMs / 1_000,
			peer.toRowMs / 1_000,
			's',
			'within about a minute',
			ours.toRowMs < 70_000,
		),
	];
}

function result(name: string, ours: number, peer: number, unit: string, goal: string, pass: boolean): BenchResult {
	return { name: `sheets: ${name}`, ours, peer, unit, ratio: peer === 0 ? Number.NaN : ours / peer, goal, pass };
}

/** Minutes of a day that have at least one of the given number of arrivals, on average, when each minute is as likely. */
function minutesWithOne(arrivals: number): number {
	return 1_440 * (1 - (1 - 1 / 1_440) ** arrivals);
}

type Import = (spreadsheetId: string) => Promise<Recipe>;

async function measure(host: RecipeHost, bring: Import, isRecipe: boolean): Promise<Measured> {
	const lost = await countLost(host, bring, isRecipe, isRecipe);
	const { google, scratch } = host;
	const spreadsheet = newSpreadsheet(google);
	const recipe = await bring(spreadsheet.id);
	await scratch.n8n.api.publish(recipe.id);
	const times: number[] = [];
	for (let number = 1; number <= SINGLE_TRANSFERS; number++) {
		const startedMs = Date.now();
		scratch.sandbox.casso.addTransaction({ amount: 10_000 });
		await waitFor(
			() => readRows(spreadsheet) >= number,
			WAIT_MS,
			() => 'the row did not come',
		);
		times.push(Date.now() - startedMs);
	}
	const requestsAlone = google.api.count() / SINGLE_TRANSFERS;
	await removeWorkflows(scratch.n8n.api);
	return { lost, requestsAlone, toRowMs: Math.max(...times) };
}

async function countLost(
	{ google, scratch }: RecipeHost,
	bring: Import,
	isRecipe: boolean,
	hasQuota: boolean,
): Promise<number> {
	const { api } = scratch.n8n;
	const spreadsheet = newSpreadsheet(google);
	google.api.quota.limits = hasQuota ? { perUser: 60, perProject: 300 } : { perUser: Infinity, perProject: Infinity };
	const recipe = await bring(spreadsheet.id);
	if (isRecipe) await runRecipe(api, recipe, 'Once: make the table');
	await api.publish(recipe.id);
	scratch.sandbox.casso.addTransactions(Array.from({ length: DELIVERIES }, (_, index) => ({ amount: 10_000 + index })));
	await scratch.sandbox.casso.whenIdle();
	if (isRecipe)
		await waitFor(
			() => readRows(spreadsheet) >= DELIVERIES,
			WAIT_MS,
			() => 'rows are missing',
		).catch(() => undefined);
	await waitFor(
		async () =>
			(await api.executions(recipe.id)).results.every(({ status }) => status !== 'running' && status !== 'new'),
		WAIT_MS,
		() => 'runs did not end',
	);
	await removeWorkflows(api);
	return DELIVERIES - readRows(spreadsheet);
}

function newSpreadsheet(google: GoogleSheets): Spreadsheet {
	google.api.reset();
	const spreadsheet = google.api.addSpreadsheet(newSpreadsheetId());
	spreadsheet.addSheet('Transactions');
	const header = [
		'transactedAt',
		'amount',
		'description',
		'accountNumber',
		'bankName',
		'counterpartyName',
		'counterpartyAccount',
		'reference',
		'runningBalance',
		'transactionKey',
	];
	spreadsheet.update([{ range: 'Transactions!A1:J1', values: [header] }], 'RAW');
	return spreadsheet;
}

/** Different transactions in the sheet. */
function readRows(spreadsheet: Spreadsheet): number {
	return new Set(
		spreadsheet
			.rows('Transactions')
			.slice(1)
			.map((row) => row[9]),
	).size;
}

/** The trigger and n8n's Google Sheets node with its own settings, one behind the other. */
function direct(spreadsheetId: string): N8nWorkflow {
	const recipe = readRecipe(RECIPE);
	const find = (name: string): N8nWorkflow['nodes'][number] => {
		const node = recipe.nodes.find((candidate) => candidate.name === name);
		if (!node) throw new Error(`The recipe has no node ${name}`);
		return node;
	};
	const row = find('Sheet row');
	const key = { id: 'key', name: 'transactionKey', value: '={{ $json.accountNumber }}/{{ $json.id }}', type: 'string' };
	row.parameters.assignments = { assignments: [key] };
	const sheet = find('Write to the sheet');
	sheet.parameters.options = {};
	sheet.parameters.documentId = { __rl: true, mode: 'id', value: spreadsheetId };
	const to = (node: string): unknown => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name: 'Directly behind the trigger',
		nodes: [find('Casso Trigger'), row, sheet],
		connections: { 'Casso Trigger': to('Sheet row'), 'Sheet row': to('Write to the sheet') },
		settings: { executionOrder: 'v1' },
	};
}
