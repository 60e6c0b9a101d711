/** The proof: one transfer in the sandbox, and the same transfer as a line of the file and as a debug message. */
import { existsSync, readFileSync } from 'node:fs';
import type { Sandbox } from '@saoke/sandbox';
import type { RunningNodeRed } from '../../hosts/nodeRed';

const LONGEST_WAIT_MS = 20_000;
const LOOK_EVERY_MS = 20;

export interface TransferTarget {
	webhookPath: string;
	file: string;
	securityKey: string;
}

/**
 * Registers the webhook as a person would on Casso's dashboard, test call included, and makes a transfer.
 *
 * @throws Error when it does not arrive in time, or differs from what the sandbox sent
 */
export async function transferToFile(
	nodeRed: RunningNodeRed,
	sandbox: Sandbox,
	{ webhookPath, file, securityKey }: TransferTarget,
): Promise<{ line: string; tookMs: number }> {
	const url = `${nodeRed.url}${webhookPath}`;
	await waitFor('the webhook did not answer the test call', async () => {
		try {
			await sandbox.casso.webhooks.createByDashboard({
				url,
				dialect: 'v2',
				secret: securityKey,
				strict: true,
				requireTestCall: true,
			});
			return true;
		} catch {
			// Node-RED may still be starting the flow.
			return undefined;
		}
	});
	const startedMs = Date.now();
	const memo = `DH${String(startedMs).slice(-6)} thanh toan don hang`;
	const sent = sandbox.casso.addTransaction({ amount: 2_500_000, memo });
	const account = sandbox.casso.data.getTransactionAccount(sent);
	const line = await waitFor('the transfer did not reach the file', () => lineWith(file, `${String(sent.id)},`));
	await waitFor(
		'the transfer did not reach the debug node',
		() => nodeRed.log().includes(String(sent.id)) || undefined,
	);
	for (const part of [account.accountNumber, String(sent.amount), memo]) {
		if (!line.includes(part)) throw new Error(`The line differs from what was sent, ${part} is missing: ${line}`);
	}
	return { line, tookMs: Date.now() - startedMs };
}

function lineWith(file: string, start: string): string | undefined {
	if (!existsSync(file)) return undefined;
	return readFileSync(file, 'utf8')
		.split('\n')
		.slice(0, -1)
		.find((line) => line.startsWith(start));
}

async function waitFor<T>(problem: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + LONGEST_WAIT_MS;
	while (Date.now() < deadline) {
		const found = await look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
	}
	throw new Error(
		`Within ${LONGEST_WAIT_MS / 1000} s ${problem}: look at the flow in Node-RED and at .saoke/node-red/node-red.log`,
	);
}
