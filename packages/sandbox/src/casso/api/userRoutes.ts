/** `GET /v2/userInfo` (spec 4.1). */
import type { FastifyInstance } from 'fastify';
import type { CassoUserInfo } from '@saoke/core';
import type { CassoBank } from '../bank';
import { toUserBankAccount } from '../dialects';
import { routePath } from '../../openapi/operation';
import { contract } from './contract';
import { success } from './envelope';

export function userRoutes(scope: FastifyInstance, bank: CassoBank): void {
	scope.get(routePath(contract.userInfo), () => {
		const userInfo: CassoUserInfo = {
			user: { id: 1553, email: 'chu.shop@example.com' },
			business: { id: 1540, name: 'Tiệm Hoa Sen Xanh' },
			bankAccs: bank.book.accounts.map((account) => toUserBankAccount(account, bank.quirks.values)),
		};
		return success(userInfo);
	});
}
