/** `POST /v2/sync` (spec 4.7): answers at once; what is found appears and is pushed shortly after. */
import type { FastifyInstance } from 'fastify';
import type { CassoBank } from '../bank';
import { answers } from './assumedAnswers';
import { routePath } from '../../openapi/operation';
import { contract } from './contract';
import { success } from './envelope';

interface SyncCall {
	Body: { bank_acc_id: string };
}

export function syncRoutes(scope: FastifyInstance, bank: CassoBank): void {
	scope.post<SyncCall>(routePath(contract.sync), { schema: { body: contract.sync.body } }, (request) => {
		const account = bank.book.accountByNumber(request.body.bank_acc_id);
		if (account === undefined) throw answers.unknownAccount();
		if (!bank.sync(account.id)) throw answers.tooManyRequests();
		const item = { id: account.id, message: 'success' };
		const forms = { null: null, list: [item], object: item };
		return success(forms[bank.quirks.values.syncData]);
	});
}
