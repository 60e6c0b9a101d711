/** What the recipes with a Google sheet need: the sandbox, a stand-in for Google, a mail server, and the recipe in a real Node-RED. */
import { startSandbox, type Sandbox, type SandboxTransaction } from '@saoke/sandbox';
import type { FlowNode } from '../../../hosts/nodeRedApi';
import { startGoogleSheets, type GoogleSheets } from './googleSheets/googleSheets';
import type { Spreadsheet } from './googleSheets/spreadsheet';
import type { ServiceAccount } from './googleSheets/tokens';
import { startMailServer, type MailServer } from './mailServer';
import type { TestHost } from './nodeRedHost';
import {
	disconnectWebhooks,
	filledIn,
	firstPoll,
	getId,
	MAIL_NODE,
	readNodeRedRecipe,
	startRecipeHost,
} from './nodeRedRecipes';
import { newSpreadsheetId } from './recipes';

export interface Running {
	host: TestHost;
	nodes: FlowNode[];
	/** Presses the button that else presses itself every minute. */
	run: () => Promise<void>;
}

export class SheetShop {
	readonly account: ServiceAccount;
	/** New for each test, as is the spreadsheet. */
	sandbox!: Sandbox;
	spreadsheet!: Spreadsheet;

	private constructor(
		readonly google: GoogleSheets,
		readonly mail: MailServer,
	) {
		this.account = google.tokens.serviceAccount('till@example.iam.gserviceaccount.com');
	}

	static async open(): Promise<SheetShop> {
		return new SheetShop(await startGoogleSheets(), await startMailServer(MAIL_NODE));
	}

	async close(): Promise<void> {
		await this.mail.close();
		await this.google.close();
	}

	/** @param answerMs after which the sandbox counts a delivery as failed */
	async renew(answerMs: number): Promise<void> {
		this.sandbox = await startSandbox({ transactions: 20, deliveries: { deadlineMs: answerMs } });
		this.google.api.reset();
		this.google.latencyMs = 0;
		this.mail.mails.length = 0;
		this.spreadsheet = this.google.api.addSpreadsheet(newSpreadsheetId());
	}

	async withRecipe(
		file: string,
		work: (running: Running) => Promise<void>,
		edit?: (node: FlowNode) => FlowNode,
	): Promise<void> {
		const host = await startRecipeHost({ env: this.google.env });
		try {
			const address = `https://docs.google.com/spreadsheets/d/${this.spreadsheet.id}/edit#gid=0`;
			const nodes = filledIn(
				readNodeRedRecipe(file),
				{ sandbox: this.sandbox, mailPort: this.mail.port, spreadsheet: address, account: this.account },
				edit,
			);
			await host.api.deploy(nodes);
			await firstPoll(this.sandbox);
			await work({ host, nodes, run: async () => await host.api.inject(getId(nodes, 'every minute')) });
		} finally {
			disconnectWebhooks(this.sandbox);
			await host.dispose();
		}
	}

	/** As the recipes make it, e.g. `0071000888888/42`. */
	getKey(transaction: SandboxTransaction): string {
		const own = this.sandbox.casso.data.accounts.find(({ id }) => id === transaction.accountId);
		return `${own?.accountNumber ?? ''}/${transaction.id}`;
	}

	records(title: string): Record<string, unknown>[] {
		const [header = [], ...rows] = this.spreadsheet.rows(title);
		return rows.map((row) => Object.fromEntries(header.map((name, index) => [String(name), row[index] ?? ''])));
	}

	keys(): unknown[] {
		return this.records('Transactions').map((row) => row.transactionKey);
	}

	/** How often Google was asked so. */
	calls(name: string): number {
		return this.google.api.requests.filter(({ call }) => call === name).length;
	}
}
