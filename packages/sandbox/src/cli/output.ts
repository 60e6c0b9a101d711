/** What the command prints once the sandbox runs. */
import { UsageError } from './options';
import { DataFileError } from '../engine/store';
import type { Sandbox, SandboxOptions } from '../server';

export function describe(sandbox: Sandbox, { data }: SandboxOptions): string {
	const { accounts, transactions } = sandbox.casso.data;
	return [
		`Open ${sandbox.url} in a browser.`,
		'',
		`Casso sandbox with ${String(accounts.length)} accounts and ${String(transactions.size)} transactions`,
		`  base URL   ${sandbox.cassoUrl}`,
		`  API key    ${sandbox.apiKey}`,
		`Simplize sandbox with ${String(sandbox.simplize.data.portfolios.length)} portfolios`,
		`  base URL   ${sandbox.simplizeUrl}`,
		`  API key    ${sandbox.simplize.apiKey}`,
		`  API secret ${sandbox.simplize.apiSecret}`,
		`API documents ${sandbox.url}/docs`,
		dataLine(data, sandbox.isNewData),
		'Ctrl-C ends it.',
		'',
	].join('\n');
}

function dataLine(file: string | undefined, isNew: boolean): string {
	if (file === undefined) return 'Data is in memory and lost when the sandbox stops; --data FILE keeps it.';
	return isNew
		? `Data is kept in ${file}.`
		: `Using the data in ${file}; --seed, --accounts and --transactions apply to new files only.`;
}

export function toMessage(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
	switch (code) {
		case 'EADDRINUSE':
			return `Port ${String(port)} is taken. End the program that uses it, or choose another with --port.`;
		case 'EACCES':
			return `Port ${String(port)} may not be used by this user. Choose one above 1023 with --port.`;
		case 'EADDRNOTAVAIL':
			return `${String(address)} is not an address of this machine. Choose another with --host.`;
		default:
			if (error instanceof DataFileError) return error.message;
			if (error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true)
				return `${error.message.replace(/\s+/g, ' ')} (see --help)`;
			return error.stack ?? error.message;
	}
}

/** Fewer are made before anybody wonders. */
const WORTH_TELLING = 10_000;

/** Writes to the error output, so that the output proper stays clean. */
export function dataProgress(): (made: number, wanted: number) => void {
	let told = -1;
	return (made, wanted) => {
		const percent = Math.floor((made / wanted) * 10) * 10;
		if (wanted < WORTH_TELLING || percent === told) return;
		told = percent;
		process.stderr.write(`Making transactions: ${String(percent)} % of ${wanted.toLocaleString('en-US')}\n`);
	};
}
