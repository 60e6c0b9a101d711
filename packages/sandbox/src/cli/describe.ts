/** What the command prints once the sandbox runs. */
import type { Sandbox, SandboxOptions } from '../server';

export function describe(sandbox: Sandbox, { data }: SandboxOptions): string {
	const { accounts, transactions } = sandbox.casso.book;
	return [
		`Open ${sandbox.url} in a browser.`,
		'',
		`Casso sandbox with ${String(accounts.length)} accounts and ${String(transactions.size)} transactions`,
		`  base URL   ${sandbox.cassoUrl}`,
		`  API key    ${sandbox.apiKey}`,
		`Simplize sandbox with ${String(sandbox.simplize.book.portfolios.length)} portfolios`,
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
	if (file === undefined) return 'Data is in memory and gone when the sandbox ends; --data FILE keeps it.';
	return isNew
		? `Data is kept in ${file}.`
		: `Going on with ${file}; --seed, --accounts and --transactions act on new files only.`;
}
