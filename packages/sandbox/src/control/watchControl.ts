/** Control calls for whoever watches both halves: the event stream, and how to connect a client. */
import type { FastifyInstance } from 'fastify';
import { CASSO_PREFIX } from '../casso/api/path';
import type { CassoBank } from '../casso/bank';
import { SIMPLIZE_PREFIX } from '../simplize/api/prefix';
import type { SimplizePartner } from '../simplize/partner';
import { controlScope } from './controlScope';
import { LiveFeed } from './liveFeed';

export interface WatchOptions {
	/** What the sandbox listens on. */
	ownHost: string;
	/** Null where everything is in memory. */
	dataFile: string | null;
}

export function watchControl(
	scope: FastifyInstance,
	bank: CassoBank,
	partner: SimplizePartner,
	{ ownHost, dataFile }: WatchOptions,
): void {
	controlScope(scope, ownHost);
	const feed = new LiveFeed(bank, partner);
	scope.get('/about', () => ({
		cassoPath: CASSO_PREFIX,
		simplizePath: SIMPLIZE_PREFIX,
		remoteTargets: bank.webhooks.settings.allowRemoteTargets,
		dataFile,
		accounts: bank.book.accounts.length,
		transactions: bank.book.transactions.size,
	}));
	/** What a person copies into a credential; asked for when it is to be shown. */
	scope.get('/keys', (_request, reply) => {
		void reply.header('cache-control', 'no-store');
		return { cassoKey: bank.apiKey, simplizeKey: partner.apiKey, simplizeSecret: partner.apiSecret };
	});
	/** Server-sent events; see LiveEvent. */
	scope.get('/events', (_request, reply) => {
		reply.hijack();
		feed.serve(reply.raw);
	});
	scope.addHook('preClose', (done) => {
		feed.close();
		done();
	});
}
