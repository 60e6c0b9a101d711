/** Brings a recipe into n8n as a user does: import the file, have the credentials it names, paste the sheet's address. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Sandbox, SandboxOptions } from '@saoke/sandbox';
import { ROOT } from '../../../hosts/paths';
import type { N8nApi, N8nNode, N8nWorkflow } from '../../../hosts/n8nApi';
import { startGoogleSheets, type GoogleSheets } from './googleSheets/googleSheets';
import { startScratch, type Scratch } from './scratchN8n';

/** Packages that the recipes together need. */
export const RECIPE_PACKAGES = ['n8n-nodes-casso', 'n8n-nodes-simplize'];

const RECIPES = path.join(ROOT, 'examples', 'n8n', 'recipes');
const CHAT = '-1001';
const RUN_WAIT_MS = 180_000;
const DELETE_WAIT_MS = 60_000;

/** A real n8n with the credentials that recipes name, and stand-ins for Google, Telegram and Slack. */
export interface RecipeHost {
	google: GoogleSheets;
	scratch: Scratch;
	close: () => Promise<void>;
}

/**
 * @param more `n8nDir`: the n8n to start, default the trimmed one; `mailPort`: of a mail server on this machine
 */
export async function startRecipeHost(
	sandbox: SandboxOptions,
	more: { n8nDir?: string; mailPort?: number } = {},
): Promise<RecipeHost> {
	const google = await startGoogleSheets();
	const scratch = await startScratch({
		n8nDir: more.n8nDir,
		env: google.env,
		packages: RECIPE_PACKAGES,
		sandbox,
	}).catch(async (error: unknown) => {
		// An open server would keep the test waiting for ever.
		await google.close();
		throw error;
	});
	await storeCredentials(scratch.n8n.api, scratch.sandbox, google, more.mailPort);
	return {
		google,
		scratch,
		close: async () => {
			await scratch.close();
			await google.close();
		},
	};
}

export interface Recipe {
	id: string;
	workflow: N8nWorkflow;
}

/** In the shape of Google's: 44 characters. */
export function newSpreadsheetId(): string {
	return `1${randomBytes(32).toString('base64url')}`;
}

/** File names of the recipes, in order: those that the trimmed n8n runs, or those with AI, which only the whole one does. */
export function recipeFiles(n8n: 'trimmed' | 'whole' = 'trimmed'): string[] {
	return readdirSync(RECIPES)
		.filter((name) => name.endsWith('.json') && (n8n === 'whole') === isWithAi(readRecipe(name)))
		.sort();
}

function isWithAi({ nodes }: N8nWorkflow): boolean {
	return nodes.some(({ type }) => type.startsWith('@n8n/n8n-nodes-langchain.'));
}

export function readRecipe(file: string): N8nWorkflow {
	return JSON.parse(readFileSync(path.join(RECIPES, file), 'utf8')) as N8nWorkflow;
}

/**
 * Stores the credentials that the recipes name; n8n finds them by name and type when a workflow is imported.
 *
 * @param mailPort of a mail server on this machine
 */
export async function storeCredentials(
	api: N8nApi,
	sandbox: Sandbox,
	google: GoogleSheets,
	mailPort = 25,
): Promise<void> {
	await api.putCredential('Casso', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: sandbox.apiKey,
		baseUrl: sandbox.cassoUrl,
	});
	await api.putCredential('Simplize', 'simplizePartnerApi', {
		baseUrl: sandbox.simplizeUrl,
		apiKey: sandbox.simplize.apiKey,
		apiSecret: sandbox.simplize.apiSecret,
		recvWindow: 5_000,
		signaturePayload: 'query+body',
		signatureEncoding: 'hex',
	});
	await api.putCredential('Telegram', 'telegramApi', {
		accessToken: '1:stand-in',
		baseUrl: 'https://api.telegram.org',
	});
	await api.putCredential('OpenAI', 'openAiApi', { apiKey: 'stand-in' });
	await api.putCredential('Slack', 'slackApi', { accessToken: 'stand-in' });
	await api.putCredential('Zalo OA', 'httpHeaderAuth', { name: 'access_token', value: 'stand-in' });
	await api.putCredential('SMTP', 'smtp', { user: '', password: '', host: '127.0.0.1', port: mailPort, secure: false });
	const user = google.tokens.signedInUser('accountant@example.com');
	await api.putCredential('Google Sheets', 'googleSheetsOAuth2Api', {
		clientId: user.clientId,
		clientSecret: user.clientSecret,
		// What n8n keeps after a person has signed in at Google.
		oauthTokenData: {
			access_token: user.accessToken,
			refresh_token: user.refreshToken,
			token_type: 'Bearer',
			expires_in: 3599,
		},
	});
}

/**
 * Imports a recipe and fills in what its note asks for: the spreadsheet's address and the Telegram chat.
 *
 * @param edit further changes that the recipe's page tells a user to make
 */
export async function importRecipe(
	api: N8nApi,
	file: string,
	spreadsheetId: string,
	edit: (node: N8nNode) => void = () => undefined,
): Promise<Recipe> {
	return await importWorkflow(api, readRecipe(file), spreadsheetId, edit);
}

/** The same for a workflow that is no recipe. */
export async function importWorkflow(
	api: N8nApi,
	workflow: N8nWorkflow,
	spreadsheetId: string,
	edit: (node: N8nNode) => void = () => undefined,
): Promise<Recipe> {
	for (const node of workflow.nodes) {
		if (node.name === 'Settings') fillIn(node, spreadsheetId);
		if (node.type === 'n8n-nodes-base.telegram' && node.parameters.chatId === '') node.parameters.chatId = CHAT;
		edit(node);
	}
	const { id } = await api.createWorkflow(workflow);
	return { id, workflow };
}

/** What a user types into the recipe's Settings. */
function fillIn(settings: N8nNode, spreadsheetId: string): void {
	const spreadsheet = `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit#gid=0`;
	setFields(settings, { spreadsheet, telegramChat: CHAT });
}

/** Changes those of these fields that the recipe's Settings have; any other node stays as it is. */
export function setFields(node: N8nNode, fields: Record<string, unknown>): void {
	if (node.name !== 'Settings') return;
	const { assignments } = node.parameters.assignments as { assignments: { name: string; value: unknown }[] };
	for (const field of assignments) if (field.name in fields) field.value = fields[field.name];
}

/**
 * Runs a recipe from one of its triggers and waits for the end.
 *
 * @throws Error with n8n's own message when the run fails
 */
export async function runRecipe(api: N8nApi, recipe: Recipe, trigger: string): Promise<void> {
	const executionId = await api.runWorkflow(recipe.id, trigger);
	const deadline = Date.now() + RUN_WAIT_MS;
	while (Date.now() < deadline) {
		const { status, data } = await executionWhenAnswered(api, executionId);
		if (status === 'success') return;
		if (status === 'error' || status === 'crashed' || status === 'canceled')
			throw new Error(`The run ended with ${status}: ${failure(data)}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('The run did not end in time');
}

/**
 * Looks again and again until it is so.
 *
 * @throws Error in the given words when the time is over
 */
export async function waitFor(
	isSo: () => boolean | Promise<boolean>,
	timeoutMs: number,
	otherwise: () => string,
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(otherwise());
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** n8n works through thousands of items in one go and answers nobody meanwhile; then a connection may break. */
async function executionWhenAnswered(api: N8nApi, id: string): Promise<{ status: string; data: string }> {
	try {
		return await api.execution(id);
	} catch (error) {
		if (error instanceof TypeError) return { status: 'running', data: '' };
		throw error;
	}
}

/** Unpublishes and deletes every workflow, so that one test's webhooks and schedules do not reach into the next. */
export async function removeWorkflows(api: N8nApi): Promise<void> {
	for (const workflow of await api.workflows()) {
		await unpublishAndWait(api, workflow.id);
		if (workflow.isArchived !== true) await api.call('POST', `/rest/workflows/${workflow.id}/archive`, {});
		await waitFor(
			async () => await isDeleted(api, workflow.id),
			DELETE_WAIT_MS,
			() => `${workflow.name} could not be deleted`,
		);
	}
}

/** n8n gives the webhooks' addresses free in the background. */
export async function unpublishAndWait(api: N8nApi, id: string): Promise<void> {
	const isUnpublished = async (): Promise<boolean> =>
		((await api.call('GET', `/rest/workflows/${id}/publication-status`)) as { status: string }).status ===
		'not_published';
	if (await isUnpublished()) return;
	await api.unpublish(id);
	await waitFor(isUnpublished, DELETE_WAIT_MS, () => 'the workflow stayed published');
}

/** n8n deletes nothing that it is still unpublishing. */
async function isDeleted(api: N8nApi, id: string): Promise<boolean> {
	try {
		await api.call('DELETE', `/rest/workflows/${id}`);
		return true;
	} catch (error) {
		if (error instanceof Error && error.message.includes('still being unpublished')) return false;
		throw error;
	}
}

/** What the failed nodes said, out of n8n's flattened record of a run: places in one list, each text in a place of its own. */
function failure(data: string): string {
	const parts = JSON.parse(data) as unknown[];
	const said = parts.flatMap((part) => {
		if (part === null || typeof part !== 'object' || !('message' in part) || !('stack' in part)) return [];
		return [part.message, 'description' in part ? part.description : undefined].map((place) =>
			typeof place === 'string' ? parts[Number(place)] : undefined,
		);
	});
	return [...new Set(said.filter((one) => typeof one === 'string'))].join('; ') || data.slice(0, 2_000);
}
