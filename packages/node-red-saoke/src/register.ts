/** Registers every node type; the package entry passes got, tests pass their own services. */
import { serveCasso } from './admin/casso';
import { serveSimplize } from './admin/simplize';
import type { NodeRed } from './host/nodeRed';
import type { Services } from './host/services';
import { registerCassoAccounts } from './nodes/casso-accounts/runtime';
import { registerCassoConfig } from './nodes/casso-config/runtime';
import { registerCassoMatch } from './nodes/casso-match/runtime';
import { registerCassoPoll } from './nodes/casso-poll/runtime';
import { registerCassoQr } from './nodes/casso-qr/runtime';
import { registerCassoTransactions } from './nodes/casso-transactions/runtime';
import { registerCassoWebhook } from './nodes/casso-webhook/runtime';
import { registerSimplize } from './nodes/simplize/runtime';
import { registerSimplizeConfig } from './nodes/simplize-config/runtime';

export function register(RED: NodeRed, services: Services): void {
	serveCasso(RED, services);
	serveSimplize(RED, services);
	registerCassoConfig(RED, services);
	registerCassoAccounts(RED, services);
	registerCassoTransactions(RED, services);
	registerCassoWebhook(RED, services);
	registerCassoPoll(RED, services);
	registerCassoMatch(RED, services);
	registerCassoQr(RED, services);
	registerSimplizeConfig(RED, services);
	registerSimplize(RED, services);
}
