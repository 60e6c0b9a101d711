/**
 * The smallest host: prints the transactions of some days, all of them and each once, as one JSON object a line.
 *
 *   CASSO_API_KEY=… npx tsx examples/host/transactions.ts --from 2026-11-01 --to 2026-11-20
 */
import { parseArgs } from 'node:util';
import { checkTransactionQuery, readTransactions } from '@saoke/core';
import { cassoFromEnvironment, fail } from './parts';

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
	const query = checkTransactionQuery({ fromDate: values.from, toDate: values.to });
	for (const { transaction } of await readTransactions(cassoFromEnvironment(process.env), query)) {
		process.stdout.write(`${JSON.stringify(transaction)}\n`);
	}
}

main().catch(fail);
